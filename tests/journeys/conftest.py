"""What journeys share: one Chromium for a module, one complete server for a test."""

from collections.abc import Generator, Iterator
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import Launch, Person, chromiums
from tests.journeys.keyboard import Typist
from tests.serving import FAST, Serving

Somebody = TypeVar("Somebody", bound=Person)
# What a journey waits for comes soon; what it must not miss on a slow machine stays as long as for people.
UNHURRIED = FAST.evolve(holder_grace=25.0, offer_grace=10.0, seat_grace=120.0, knock_gone=60.0, heads_up=5.0)


@pytest.fixture(scope="module")
def launch() -> Generator[Launch]:
    with chromiums() as started:
        yield started


@pytest.fixture(scope="module")
def browser(launch: Launch) -> Browser:
    return launch()


@pytest.fixture
def serving() -> Iterator[Serving]:
    with Serving(UNHURRIED) as running:
        yield running


class People:
    """Makes persons, and at the end looks whether any page has thrown or complained."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser, self.base = browser, base
        self.all: list[Person] = []

    def __call__(self, name: str, browser: Browser | None = None, **options: Any) -> Person:
        return self.joined(Person(browser or self._browser, name, **options))

    def typing(self, name: str, **options: Any) -> Typist:
        """Somebody who has only a keyboard."""
        return self.joined(Typist(self._browser, name, **options))

    def joined(self, person: Somebody) -> Somebody:
        self.all.append(person)
        return person

    def gather(self, *names: str, base: str | None = None) -> tuple[Person, list[Person], str]:
        """Ana has opened a circle and let everybody in, with camera and microphone on. With the members' link."""
        ana = self("Ana")
        link = ana.opens_a_circle(base or self.base)
        others = [self(name) for name in names]
        for other in others:
            other.knocks(link, devices=True)
            ana.press(f"Let in {other.name}")
        for one in (ana, *others):
            one.sits_with(len(names) + 1)
        return ana, others, link


@pytest.fixture
def people(browser: Browser, serving: Serving) -> Iterator[People]:
    made = People(browser, serving.base)
    yield made
    errors = {person.name: person.errors for person in made.all if person.errors}
    for person in made.all:
        person.closes()
    assert errors == {}
