"""What goes wrong: networks, devices, doors. The page says it in words, nothing is lost, and nobody is blamed."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, expect

from tests.bots.links import parse
from tests.bots.signaling import Line
from tests.builders import introduction
from tests.journeys.browser import Launch, grows
from tests.journeys.conftest import UNHURRIED, People
from tests.journeys.wire import Wire
from tests.serving import FAST, Serving, free_port, settings

pytestmark = pytest.mark.journey

LOST = "The connection is lost for a moment. Your seat is kept"


@pytest.fixture
def by_wire() -> int:
    """A second port by which the server is reached: the wire's, which a test may cut."""
    return free_port()


@pytest.fixture
def serving(by_wire: int) -> Iterator[Serving]:
    with Serving(UNHURRIED, settings(CIRCLE_ALLOWED_ORIGINS=f"http://localhost:{by_wire}")) as running:
        yield running


@pytest.fixture
def wire(serving: Serving, by_wire: int) -> Iterator[Wire]:
    with Wire(serving.settings.port, by_wire) as laid:
        yield laid


def along(wire: Wire, link: str) -> str:
    """The same link, reached by the wire."""
    _, path = link.split("/c/")
    return f"http://localhost:{wire.port}/c/{path}"


def test_a_cut_network_is_said_and_seat_and_stick_are_kept(people: People, wire: Wire) -> None:
    ana, _, link = people.gather()
    bo = people("Bo")
    bo.knocks(along(wire, link), devices=True)
    ana.press("Let in Bo")
    bo.sits_with(2)
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    seat = bo.seats()["Bo"]
    wire.cut()
    bo.reads(LOST)
    ana.reads("away for a moment")
    bo.page.wait_for_function("() => window.connections.every((one) => one.connectionState === 'closed')")
    wire.mend()
    bo.sees("Pass the stick")
    assert bo.seats()["Bo"] == seat
    expect(bo.page.get_by_text(LOST)).to_have_count(0)
    ana.page.wait_for_function("() => !document.querySelector('.seat.away')")
    bo.errors = [error for error in bo.errors if "ERR_" not in error and "WebSocket" not in error]


def test_a_device_that_goes_offline_says_so_at_once_and_comes_back_by_itself(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    seat = bo.seats()["Bo"]
    bo.context.set_offline(True)
    bo.reads(LOST)
    # The farewell may be lost on its way; then the server's own ping tells, within 18 s.
    expect(ana.page.get_by_text("away for a moment").first).to_be_visible(timeout=25_000)
    bo.context.set_offline(False)
    expect(bo.page.get_by_text(LOST)).to_have_count(0)
    assert bo.seats()["Bo"] == seat
    bo.errors = [error for error in bo.errors if "ERR_" not in error and "WebSocket" not in error]


def test_when_the_facilitator_drops_the_named_successor_carries_on(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    ana.page.get_by_text("Hold the circle").click()
    ana.page.get_by_label("Who stands in if you lose the connection").select_option(label="Bo")
    expect(ana.page.get_by_label("Who stands in if you lose the connection")).to_have_value(ana.seats()["Bo"])
    ana.page.goto("about:blank")
    bo.press("Offer the stick to Cy")
    cy.press("Accept the stick")
    bo.hears_said("Cy holds the stick")


def test_who_leaves_is_gone_for_all_and_reads_goodbye(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    bo.press("Leave the circle")
    bo.reads("You have left the circle")
    ana.sits_with(1)


def test_whoever_was_cut_off_until_the_seat_was_free_comes_in_anew_on_the_same_page(browser: Browser) -> None:
    port = free_port()
    given = settings(CIRCLE_ALLOWED_ORIGINS=f"http://localhost:{port}")
    with Serving(FAST.evolve(seat_grace=1.0), given) as serving, Wire(serving.settings.port, port) as wire:
        people = People(browser, serving.base)
        ana, _, link = people.gather()
        bo = people("Bo")
        bo.knocks(along(wire, link), devices=True)
        ana.press("Let in Bo")
        bo.sits_with(2)
        wire.cut()
        ana.sits_with(1)
        wire.mend()
        bo.reads("You were here before")
        bo.press("Knock")
        ana.press("Let in Bo")
        for one in (ana, bo):
            one.sits_with(2)
        ana.press("Offer the stick to Bo")
        bo.press("Accept the stick")
        assert grows(lambda: ana.counts(ana.seats()["Bo"])["energy"])
        for person in people.all:
            person.closes()


def test_a_second_window_with_all_that_the_first_one_kept_asks_too_and_takes_the_seat_over(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    second = bo.context.new_page()
    stored = bo.page.evaluate("JSON.stringify(sessionStorage)")
    second.add_init_script(
        f"Object.entries(JSON.parse({stored!r})).forEach(([key, value]) => sessionStorage.setItem(key, value))"
    )
    second.goto(bo.page.url)
    second.get_by_role("button", name="Move here").click()
    bo.reads("You are here in another window")
    expect(second.get_by_role("list", name="The circle").get_by_role("listitem")).to_have_count(2)
    ana.sits_with(2)


@pytest.mark.parametrize(
    ("answer", "devices", "sentence"),
    [(False, True, "The browser was not allowed to use it"), (True, False, "None was found")],
)
def test_devices_that_are_denied_or_missing_block_nobody(
    people: People, launch: Launch, answer: bool, devices: bool, sentence: str
) -> None:
    ana, _, link = people.gather()
    permissions = [] if devices else ["camera", "microphone"]
    bo = people("Bo", launch(answer=answer, devices=devices), permissions=permissions)
    bo.page.goto(link)
    bo.calls_themselves("Bo")
    bo.press("Microphone")
    bo.reads(sentence)
    bo.press("Knock")
    ana.press("Let in Bo")
    bo.sits_with(2)
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.reads("Your microphone is off")


def test_a_locked_door_is_said_at_the_door(people: People) -> None:
    ana, _, link = people.gather()
    ana.page.get_by_text("Hold the circle").click()
    ana.press("Lock the door")
    ana.sees("Unlock the door")
    bo = people("Bo")
    bo.page.goto(link)
    bo.reads("The door is locked for now")
    bo.press("Knock")
    bo.reads("The door is locked for now.")


async def fill(base: str, link: str, seats: int) -> list[Line]:
    """So many take seats by the facilitators' link, without media, and with keys that only have the right shape."""
    lines = [Line(base, parse(link)) for _ in range(seats)]
    for number, line in enumerate(lines):
        await line.connect()
        await line.take_seat("enter", keys=introduction(f"number-{number}", 1))
    return lines


def test_a_full_circle_is_said_at_the_door(people: People) -> None:
    ana, _, link = people.gather()
    ana.page.get_by_text("Invite people").click()
    second = ana.page.get_by_role("textbox", name="Link for facilitators").input_value()
    # A thread of their own: this one belongs to the browsers.
    with ThreadPoolExecutor(1) as apart:
        runner = asyncio.Runner()
        lines = apart.submit(runner.run, fill(people.base, second, 11)).result(20)
        expect(ana.circle.get_by_role("listitem")).to_have_count(12)
        bo = people("Bo")
        bo.page.goto(link)
        bo.reads("Every seat is taken right now")
        for line in lines:
            apart.submit(runner.run, line.close()).result(20)
        apart.submit(runner.close).result(20)


@pytest.mark.parametrize(
    "path",
    [
        "/c/AAAAAAAAAAAAAAAAAAAAAA#1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA",
        "/c/abc#1.a.b",
        "/c/AAAAAAAAAAAAAAAAAAAAAA",
    ],
)
def test_a_link_to_no_circle_says_so(people: People, path: str) -> None:
    bo = people("Bo")
    bo.page.goto(people.base + path)
    bo.reads("There is no circle at this link")


def test_nothing_that_a_browser_receives_holds_an_address_but_the_servers(people: People, serving: Serving) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    seats = ana.seats()
    assert grows(lambda: cy.counts(seats["Bo"])["frames"])
    assert grows(lambda: bo.counts(seats["Cy"])["frames"])
    assert grows(lambda: ana.counts(seats["Cy"])["frames"])
    own = f" {serving.settings.public_ip} {serving.settings.media_port} "
    for person in people.all:
        candidates = [part.split("\\r\\n")[0] for text in person.received for part in text.split("a=candidate")[1:]]
        assert candidates
        assert [one for one in candidates if own not in one] == []
