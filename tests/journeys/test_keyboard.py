"""A whole circle by keyboard alone, from the start page to the goodbye: the focus is always seen, and never lost by a press."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import People
from tests.journeys.keyboard import Typist

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
MOMENT = "If you need a moment"


def later(person: Typist, seconds: float) -> None:
    """For this page alone it is later; the next view sets its clock right again."""
    person.page.evaluate("(more) => { const then = Date.now; Date.now = () => then() + more; }", 1000 * seconds)


def test_a_whole_circle_by_keyboard_alone(people: People) -> None:
    ana, bo, dee = (people.typing(name) for name in ("Ana", "Bo", "Dee"))
    link = ana.opens_a_circle(people.base, "Quick circle")
    ana.hears_said("Now: Doors")

    at_the_door(ana, bo, dee, link)
    check_in(ana, bo)
    care(ana, bo)
    sharing(ana, bo, dee)
    places(ana, bo, dee)
    help_and_goodbye(ana, bo, dee)
    assert not any("to stay" in one for person in people.all for one in person.received)
    assert {one.name: one.faults for one in (ana, bo, dee)} == {"Ana": [], "Bo": [], "Dee": []}


def at_the_door(ana: Typist, bo: Typist, dee: Typist, link: str) -> None:
    """Bo comes with a card and is asked something; Dee comes to listen."""
    bo.page.goto(link)
    bo.reads("How it is here")
    bo.opens("What we agree on")
    bo.reads("Leave room for others.")
    bo.opens("How are you here today?")
    bo.chooses("I need time today")
    bo.chooses("Just listen")
    bo.writes("A word for how you are", "tired, but here")
    bo.ticks("Show it to everybody")
    bo.writes("An intention, for yourself alone", "to stay")
    bo.calls_themselves("Bo")
    bo.switches_on("Microphone")
    bo.press("Knock")
    bo.reads("You have knocked")
    ana.hears_said("Bo knocks")
    ana.opens("Ask Bo something")
    ana.writes("Ask Bo something", "Who told you of us?")
    ana.press("Send the question")
    bo.writes("Your answer", "My sister")
    bo.press("Answer")
    ana.hears_said("They answer: My sister")
    ana.press("Let in Bo")
    ana.hears_said("Bo has joined")
    bo.hears_said("You are in the circle")
    dee.knocks(link, listen=True)
    ana.press("Let in Dee")
    for one in (ana, bo, dee):
        one.sits_with(3)
    ana.opens("Check-ins")
    ana.reads("I need time today · as usual · wishes to be listened to · tired, but here")


def check_in(ana: Typist, bo: Typist) -> None:
    """A round under a question: offered, come back to, accepted, passed, asked for."""
    ana.press("Go on to: Check-in")
    bo.hears_said("Now: Check-in")
    ana.opens("A question for everybody")
    ana.writes("A question for everybody", "What helped you this week?")
    ana.press("Show it to all")
    bo.hears_said("The question: What helped you this week?")
    ana.press("Offer the stick to Bo")
    expect(bo.page.locator("#assertive")).to_have_text("The stick is offered to you")
    bo.press("Come back to me")
    ana.press("Accept the stick")
    bo.hears_said("Ana holds the stick")
    bo.press("Ask for the stick")
    ana.reads("asks for the stick, number 1")
    bo.press("I no longer ask")
    ana.press("Pass the stick")
    bo.press("Accept the stick")
    bo.hears_said("You hold the stick")
    ana.hears_said("Bo holds the stick")
    ana.reads("Bo still has the stick.")
    expect(ana.page.get_by_role("button", name="Go on to: Sharing round")).to_have_attribute("aria-disabled", "true")
    bo.press("Lay the stick down")
    ana.hears_said("Nobody holds the stick")


def care(ana: Typist, bo: Typist) -> None:
    """A pause, a word apart, a moment outside."""
    ana.opens("Quiet and small groups")
    ana.press("Pause for everybody")
    bo.hears_said("A pause for everybody")
    ana.press("Go on")
    bo.hears_said("The quiet is over")
    bo.opens(MOMENT)
    bo.press("Ask Ana to come apart")
    ana.hears_said("Bo would like a word with you apart")
    ana.press("Come apart")
    bo.hears_said("You are apart with Ana")
    bo.press("Back into the circle")
    ana.hears_said("You are back in the circle")
    bo.press("I step out, and I'd like someone")
    bo.hears_said("You have stepped out for a moment")
    ana.reads("Bo has stepped out and would like someone")
    bo.press("I am back")
    expect(ana.page.locator("#app")).not_to_contain_text("would like someone")


def sharing(ana: Typist, bo: Typist, dee: Typist) -> None:
    """Bo's turn: a word of warning, words instead of the voice, and more time."""
    ana.press("Go on to: Sharing round")
    bo.hears_said("Now: Sharing round")
    expect(bo.page.get_by_text("What helped you this week?", exact=True)).to_have_count(0)
    expect(bo.page.locator(".share")).to_have_text(re.compile(r"^About [\d.]+ minutes for you$"))
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.opens("Something hard comes now")
    bo.press("Something hard comes now")
    ana.hears_said("Something hard may come: Bo gives everybody a moment")
    ana.hears_said("The quiet is over")
    bo.opens("Write instead")
    bo.writes("Your words, for all to read", "Slowly.")
    bo.press("Show it to the circle")
    bo.hears_said("Everybody reads your words now")
    dee.hears_said("Bo writes: Slowly.")
    bo.press("Take it away")
    expect(dee.page.locator(".written")).to_have_count(0)
    more_time(ana, bo)
    bo.press("Pass the stick")
    ana.press("Accept the stick")
    ana.press("Lay the stick down")


def more_time(ana: Typist, bo: Typist) -> None:
    bo.press("Show the minutes")
    left = bo.page.get_by_text(re.compile(r"^About [\d.]+ minutes left$"))
    minutes = float(left.inner_text().split()[1])
    later(bo, 60 * minutes - 40)
    bo.hears_said("About a minute is left.")
    later(bo, 120)
    bo.hears_said("Your time is over.")
    bo.press("Ask for more time")
    ana.hears_said("Bo asks for more time")
    ana.press("Give five minutes")
    expect(bo.page.get_by_text("You have asked for more time.")).to_have_count(0)
    expect(left).to_be_visible()
    assert float(left.inner_text().split()[1]) > minutes + 4


def places(ana: Typist, bo: Typist, dee: Typist) -> None:
    """Dee takes a seat; Ana puts the order right, shields the circle, and asks Bo to facilitate too."""
    dee.press("I'd like a seat in the circle")
    dee.hears_said("You have a seat in the circle now")
    ana.opens("Hold the circle")
    ana.opens("Order of the seats")
    ana.press("Move Dee up")
    expect(bo.circle.get_by_role("listitem").nth(1)).to_contain_text("Dee")
    ana.press("Shield the circle")
    bo.hears_said("The circle is shielded.")
    ana.press("Go on as before")
    bo.hears_said("The circle goes on as before")
    ana.opens("Who facilitates")
    ana.picks("Ask a member to facilitate too", "Bo")
    bo.hears_said("Would you like to facilitate too?")
    bo.press("Accept")
    bo.reads("Hold the circle")


def help_and_goodbye(ana: Typist, bo: Typist, dee: Typist) -> None:
    bo.opens("Help")
    bo.reads("If you need someone now")
    bo.folds("Help")
    dee.opens("A word to the facilitators")
    dee.writes("What they should know", "All is well.")
    dee.press("Send it")
    ana.hears_said("Dee has a private word for you")
    ana.press("Put away the word from Dee")
    expect(ana.page.locator(".notes")).to_have_count(0)
    dee.press("Leave the circle")
    dee.reads("You have left the circle")
    ana.press("Go on to: Closing round")
    bo.hears_said("Now: Closing round")
    ana.press("Close the circle")
    ana.press("Yes, close it for everybody")
    bo.reads("The circle is closed")
    bo.reads("Your intention was: to stay")
    ana.press("Back to the start")
    ana.sees("Open a circle")
