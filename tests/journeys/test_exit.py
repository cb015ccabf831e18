"""The quick exit and the help panel: on every page, by button and by key, with the network gone too."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import People

pytestmark = pytest.mark.journey

# What the page has let go of in the moment in which it says goodbye.
WATCH = """
window.tracks = [];
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await ask(wish);
  window.tracks.push(...stream.getTracks());
  return stream;
};
navigator.sendBeacon = (address) => {
  console.info(JSON.stringify([address, window.tracks.map((one) => one.readyState), getComputedStyle(document.body).display,
    document.title.trim(), sessionStorage.length]));
  return true;
};
"""


@pytest.mark.parametrize("way", ["button", "keys"])
def test_an_exit_stops_the_devices_covers_the_page_and_leaves_no_way_back(people: People, way: str) -> None:
    ana, _, link = people.gather()
    bo = people("Bo")
    bo.context.add_init_script(WATCH)
    bo.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    bo.knocks(link, devices=True)
    ana.press("Let in Bo")
    bo.sits_with(2)
    said: list[str] = []
    bo.page.on("console", lambda message: said.append(message.text))
    entries = bo.page.evaluate("history.length")
    if way == "button":
        bo.page.get_by_role("link", name="Exit this page").click()
    else:
        bo.page.keyboard.press("Shift")
        expect(bo.page.locator("#exit-said")).to_have_text("Press Shift 2 more times to exit this page")
        bo.page.keyboard.press("Shift")
        bo.page.keyboard.press("Shift")
    expect(bo.page).to_have_title("Elsewhere")
    address, tracks, shown, title, kept = json.loads(said[0])
    assert (address, set(tracks), shown, title, kept) == ("/api/goodbye", {"ended"}, "none", "", 0)
    assert bo.page.evaluate("history.length") == entries
    ana.reads("away for a moment")


def test_shift_while_writing_a_name_is_no_exit(people: People) -> None:
    ana = people("Ana")
    ana.page.goto(people.base)
    for letter in ("A", "N", "A"):
        ana.page.keyboard.press(f"Shift+{letter}")
    ana.sees("Open a circle")


def test_help_stands_on_the_page_while_the_connection_is_lost(people: People) -> None:
    _, (bo,), _ = people.gather("Bo")
    bo.context.set_offline(True)
    bo.reads("The connection is lost for a moment")
    bo.page.get_by_text("Help", exact=True).click()
    bo.reads("If you need someone now")
    expect(bo.page.get_by_role("link", name="116 123").first).to_be_visible()
    bo.errors = [error for error in bo.errors if "ERR_" not in error and "WebSocket" not in error]
