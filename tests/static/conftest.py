"""A real Chromium with fake devices on a page of ours, from which a test takes single modules."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import Person, chromium
from tests.serving import Serving

# Every track that the browser ever gave is remembered, and what was asked for.
WATCH = """
window.given = [];
window.asked = [];
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  window.asked.push(Object.keys(wanted).filter((kind) => wanted[kind]).sort().join(" "));
  const stream = await real(wanted);
  window.given.push(...stream.getTracks());
  return stream;
};
window.lit = () => window.given.filter((track) => track.readyState === "live").map((track) => track.kind).sort();
const home = document.querySelector("script[src]").src.replace(/\\/[^/]*$/, "");
window.take = (path) => import(`${home}/${path}`);
undefined;
"""


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Browser, str]]:
    with Serving() as server, chromium() as browser:
        yield browser, server.base


@pytest.fixture
def page(place: tuple[Browser, str]) -> Iterator[Page]:
    browser, base = place
    person = Person(browser, "Ada")
    person.page.goto(base)
    person.page.evaluate(WATCH)
    yield person.page
    person.closes()
    assert person.errors == []
