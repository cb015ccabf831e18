"""A whole circle on a screen 320 pixels wide: nothing scrolls sideways, every control can be reached, axe-core finds nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.conftest import UNHURRIED, People
from tests.journeys.looking import beyond_reach, violations, wider
from tests.serving import Serving

pytestmark = [pytest.mark.journey, pytest.mark.timeout(1200)]
WIDTH, HEIGHT = 320, 640
LEAST = 44
"""pixels that a control is high"""
MOMENT = "If you need a moment"


@pytest.fixture
def serving() -> Iterator[Serving]:
    with Serving(UNHURRIED.evolve(consent=8.0)) as running:
        yield running


class Narrow:
    """Four people with small telephones, and what is wrong on them, by state."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.wrong: dict[str, list[str]] = {}
        self.ana, self.bo, self.cy, self.dee = (
            people(name, **small(scheme))
            for name, scheme in (("Ana", "light"), ("Bo", "dark"), ("Cy", "light"), ("Dee", "dark"))
        )

    def look(self, state: str, *persons: Person, within: str = "body") -> None:
        """`within`: what lies over everything else."""
        for one in persons:
            found = [*wider(one.page, WIDTH), *beyond_reach(one.page, LEAST, within), *violations(one.page)]
            if found:
                self.wrong[f"{state}, {one.name}"] = found


def small(scheme: str) -> dict[str, Any]:
    viewport = {"width": WIDTH, "height": HEIGHT}
    return {"viewport": viewport, "has_touch": True, "color_scheme": scheme, "reduced_motion": "reduce"}


def test_a_whole_circle_on_a_narrow_screen(people: People) -> None:
    here = Narrow(people)

    link = opening(here)
    at_the_door(here, link)
    listening(here, link)
    check_in(here)
    sharing(here)
    care(here)
    apart(here)
    without_a_voice(here)
    holding(here)
    shielded(here)
    goodbye(here)
    assert here.wrong == {}


def opening(here: Narrow) -> str:
    """Ana settles what kind of circle it is and how it is held."""
    ana = here.ana
    ana.page.goto(here.people.base)
    here.look("the start page", ana)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    here.look("links and the first doorway", ana)
    ana.chooses("A list of our own")
    ana.press("Add this part")
    ana.opens("How the circle is held")
    ana.picks("Who may only listen", "After the circle is asked")
    ana.picks("Who comes late", "For some minutes only")
    here.look("a list of our own, and the terms", ana)
    ana.chooses("Quick circle")
    ana.calls_themselves("Ana")
    ana.press("Enter the circle")
    ana.hears_said("Now: Doors")
    here.look("alone", ana)
    return link


def at_the_door(here: Narrow, link: str) -> None:
    """Bo comes with a card, and is asked something; Cy just comes."""
    ana, bo, cy = here.ana, here.bo, here.cy
    bo.page.goto(link)
    bo.calls_themselves("Bo")
    bo.opens("What we agree on")
    bo.opens("How are you here today?")
    bo.chooses("I need time today")
    bo.ticks("Show it to everybody")
    bo.switches_on("Microphone")
    bo.switches_on("Camera")
    here.look("the doorway", bo)
    bo.press("Knock")
    bo.reads("You have knocked")
    ana.hears_said("Bo knocks")
    ana.opens("Ask Bo something")
    here.look("somebody knocks", ana)
    ana.writes("Ask Bo something", "Who told you of us?")
    ana.press("Send the question")
    bo.reads("The facilitators ask: Who told you of us?")
    here.look("asked at the door", bo)
    bo.writes("Your answer", "My sister")
    bo.press("Answer")
    ana.hears_said("They answer: My sister")
    here.look("answered at the door", ana, bo)
    ana.press("Let in Bo")
    ana.hears_said("Bo has joined")
    cy.knocks(link)
    ana.press("Let in Cy")
    cy.sits_with(3)


def listening(here: Narrow, link: str) -> None:
    """The circle is asked about Dee."""
    here.dee.knocks(link, listen=True)
    here.ana.press("Let in Dee")
    here.bo.hears_said("Dee would like to listen")
    here.look("may somebody listen", here.bo)
    here.bo.press("Welcome")
    here.look("the circle is being asked", here.dee)
    here.dee.sits_with(4)
    here.look("listening", here.dee)


def check_in(here: Narrow) -> None:
    ana, bo, cy = here.ana, here.bo, here.cy
    for heading in ("Check-ins", "All parts", "A question for everybody", "Time plan"):
        ana.opens(heading)
    here.look("what who leads has at the doors", ana)
    ana.press("Go on to: Check-in")
    bo.hears_said("Now: Check-in")
    ana.writes("A question for everybody", "What helped you through this week?")
    ana.press("Show it to all")
    cy.hears_said("The question: What helped you through this week?")
    ana.press("Offer the stick to Bo")
    expect(bo.page.locator("#assertive")).to_have_text("The stick is offered to you")
    here.look("offered", ana, bo)
    bo.press("Come back to me")
    cy.press("Accept the stick")
    bo.hears_said("Cy holds the stick")
    bo.press("Ask for the stick")
    ana.reads("asks for the stick, number 1")
    here.look("held by another", ana, bo)
    cy.press("Pass the stick")
    ana.press("Accept the stick")
    ana.press("Lay the stick down")
    cy.opens("My check-in")
    here.look("a card of one's own", cy)


def sharing(here: Narrow) -> None:
    """Bo's turn, with words for all to read, a word of warning and more time."""
    ana, bo, dee = here.ana, here.bo, here.dee
    ana.press("Go on to: Sharing round")
    bo.hears_said("Now: Sharing round")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    dee.hears_said("Bo holds the stick")
    here.look("held by me", bo)
    bo.page.evaluate("() => { const then = Date.now; Date.now = () => then() + 3_600_000; }")
    bo.press("Show the minutes")
    bo.reads("Your time is over.")
    here.look("the time is over", bo)
    bo.press("Ask for more time")
    ana.hears_said("Bo asks for more time")
    here.look("somebody asks for more time", ana)
    ana.press("Give five minutes")
    bo.opens("Write instead")
    bo.writes("Your words, for all to read", "It felt like a door. " * 30)
    bo.press("Show it to the circle")
    dee.hears_said("Bo writes: It felt like a door.")
    here.look("words for all to read", bo, dee)
    bo.press("Take it away")
    bo.opens("Something hard comes now")
    here.look("before something hard", bo)
    bo.press("Pass the stick")
    ana.hears_said("The stick is offered to Cy")
    ana.press("Take the stick back")
    ana.hears_said("Nobody holds the stick")


def care(here: Narrow) -> None:
    ana, bo = here.ana, here.bo
    ana.opens("Quiet and small groups")
    ana.press("Pause for everybody")
    bo.hears_said("A pause for everybody")
    here.look("a pause", ana, bo)
    ana.press("Go on")
    bo.hears_said("The quiet is over")
    bo.opens(MOMENT)
    here.look("if you need a moment", bo)
    bo.press("I step out, and I'd like someone")
    ana.reads("Bo has stepped out and would like someone")
    here.look("stepped out", ana, bo)
    bo.press("I am back")
    bo.opens("Help")
    bo.reads("If you need someone now")
    here.look("help", bo, within=".always")
    bo.folds("Help")


def apart(here: Narrow) -> None:
    ana, bo, cy = here.ana, here.bo, here.cy
    bo.opens(MOMENT)
    bo.press("Ask Cy to come apart")
    cy.hears_said("Bo would like a word with you apart")
    here.look("asked to come apart", bo, cy)
    cy.press("Come apart")
    bo.hears_said("You are apart with Cy")
    here.look("apart", bo)
    bo.press("Back into the circle")
    bo.hears_said("You are back in the circle")
    ana.opens("Quiet and small groups")
    ana.press("Threes, 5 minutes")
    bo.hears_said("You are apart with")
    here.look("in small groups", ana, bo)
    ana.press("Bring everybody back")
    bo.hears_said("You are back in the circle")


def without_a_voice(here: Narrow) -> None:
    """Signs, lines and notes, on the open floor."""
    ana, bo, dee = here.ana, here.bo, here.dee
    ana.opens("Hold the circle")
    ana.opens("Another agenda")
    here.look("another agenda", ana)
    ana.chooses("Free circle")
    ana.press("Begin with this one")
    ana.picks("Who may speak", "Open")
    bo.hears_said("Open: everybody may speak")
    bo.press("I am with you")
    bo.opens("Written to all")
    bo.writes("A line to all", "Thank you for tonight.")
    bo.press("Send it to all")
    dee.hears_said("Bo writes to all: Thank you for tonight.")
    dee.opens("A word to the facilitators")
    dee.writes("What they should know", "I feel dizzy.")
    dee.press("Send it")
    ana.hears_said("Dee has a private word for you")
    here.look("signs, lines and notes", ana, bo, dee)
    ana.press("Put away the word from Dee")
    dee.press("I'd like a seat in the circle")
    dee.hears_said("You have a seat in the circle now")
    ana.picks("Who may speak", "By hands")
    bo.press("Ask for the stick")
    here.look("by hands", ana, bo)
    bo.press("I no longer ask")


def holding(here: Narrow) -> None:
    """All that is folded away for who leads; and facilitation is offered."""
    ana, bo, cy = here.ana, here.bo, here.cy
    for heading in ("Order of the seats", "Duties", "Who facilitates"):
        ana.opens(heading)
    ana.page.locator(".tools summary").get_by_text("How the circle is held", exact=True).click()
    ana.ticks("The script: reads it")
    expect(bo.circle).to_contain_text("keeps the script")
    ana.picks("Ask a member to facilitate too", "Cy")
    cy.hears_said("Would you like to facilitate too?")
    here.look("all that one holds a circle with", ana)
    here.look("with the duty of the script", bo)
    here.look("asked to facilitate", cy)
    cy.page.get_by_role("group", name="Would you like to facilitate too?").get_by_role("button", name="Not now").click()
    expect(cy.page.get_by_role("group", name="Would you like to facilitate too?")).to_have_count(0)


def shielded(here: Narrow) -> None:
    ana, bo, dee = here.ana, here.bo, here.dee
    ana.press("Shield the circle")
    bo.hears_said("The circle is shielded.")
    ana.press("Make a fresh link")
    ana.opens("Invite people")
    ana.press("Remove Dee")
    here.look("shielded", ana, bo)
    ana.press("Yes, remove Dee")
    dee.reads("You are no longer in the circle")
    here.look("removed", dee)
    ana.press("Go on as before")
    bo.hears_said("The circle goes on as before")


def goodbye(here: Narrow) -> None:
    """Ana has to go; Bo leads on, and closes."""
    ana, bo, cy = here.ana, here.bo, here.cy
    ana.press("Leave the circle")
    ana.reads("You have left the circle")
    cy.sees("I can facilitate")
    here.look("nobody facilitates", cy)
    bo.press("I can facilitate")
    cy.reads("Bo would facilitate. Is that all right with you?")
    here.look("somebody would facilitate", bo, cy)
    cy.press("Yes")
    bo.opens("Hold the circle")
    bo.press("Close the circle")
    here.look("really close it", bo)
    bo.press("Yes, close it for everybody")
    cy.reads("The circle is closed")
    here.look("left, and closed", ana, cy)
