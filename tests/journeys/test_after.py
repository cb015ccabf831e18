"""The end of a circle in real browsers: closing words, a time together, the goodbye with what is one's own, the next one who leads."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey

INTENTION, NOTES = "to stay with it", "The door was open.\nAsk my sister."
STORED = "JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage), document.cookie])"


def opens(person: Person, summary: str) -> None:
    person.page.locator("summary").get_by_text(summary, exact=True).click()


def opens_for_next_time(ana: Person, base: str, kind: str = "60 minutes") -> str:
    """A circle in which another one facilitates each time, that meets again, and whose help lines are Germany's."""
    ana.page.goto(base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    ana.page.get_by_role("radio", name=kind).check()
    opens(ana, "How the circle is held")
    ana.page.get_by_label("The next time").fill("Tuesday at seven")
    ana.page.get_by_label("Whose help lines come first").select_option(label="Germany")
    ana.page.get_by_label("Somebody else facilitates each time").check()
    ana.calls_themselves("Ana")
    ana.press("Enter the circle")
    ana.sits_with(1)
    return link


def comes_with_an_intention(ana: Person, one: Person, link: str, sits: int) -> None:
    one.page.goto(link)
    one.calls_themselves(one.name)
    opens(one, "How are you here today?")
    one.page.get_by_label("A word for how you are").fill("tired, but here")
    one.page.get_by_label("An intention, for yourself alone").fill(INTENTION)
    one.press("Knock")
    ana.press(f"Let in {one.name}")
    one.sits_with(sits)


def goes_to(person: Person, part: str) -> None:
    if not person.page.get_by_role("button", name=f"Go to: {part}").is_visible():
        opens(person, "All parts")
    person.press(f"Go to: {part}")


def closes(ana: Person) -> None:
    ana.press("Close the circle")
    ana.press("Yes, close it for everybody")


def test_from_the_closing_words_into_a_time_together_to_a_goodbye_with_what_is_ones_own(
    people: People, tmp_path: Path
) -> None:
    ana, bo, cy = people("Ana"), people("Bo"), people("Cy")
    link = opens_for_next_time(ana, people.base)
    comes_with_an_intention(ana, bo, link, 2)
    cy.knocks(link)
    ana.press("Let in Cy")
    opens(bo, "Notes for myself")
    bo.page.get_by_label("Notes for myself").fill(NOTES)
    goes_to(ana, "Closing words")
    for one in (ana, bo, cy):
        one.reads("The next time: Tuesday at seven")
    bo.sees("A heart")
    ana.press("Go on to: Afterwards")
    bo.hears_said("Now: Afterwards")
    bo.reads("Everybody may speak now.")
    cy.reads("Whoever likes stays a while. Nothing of the circle is kept.")
    expect(bo.page.get_by_text("My check-in")).to_have_count(0)
    expect(ana.page.get_by_text("Check-ins", exact=True)).to_have_count(0)
    closes(ana)
    bo.reads("The circle is closed")
    bo.reads(f"Your intention was: {INTENTION}")
    bo.reads("The next time: Tuesday at seven")
    assert bo.page.locator(".lines").inner_text().startswith("Germany TelefonSeelsorge")
    with bo.page.expect_download() as saving:
        bo.press("Take my notes with me")
    saving.value.save_as(tmp_path / "taken")
    assert saving.value.suggested_filename == "notes.txt"
    assert (tmp_path / "taken").read_text() == (
        f"My intention: {INTENTION}\nMy check-in: Not sure yet · as usual · tired, but here\n"
        f"The next time: Tuesday at seven\n\nMy notes:\n{NOTES}\n"
    )
    assert bo.page.evaluate(STORED) == '[[],[],""]'
    for one in people.all:
        assert not any(INTENTION in frame or "The door was open" in frame for frame in [*one.received, *one.sent])


def test_who_has_nothing_to_take_is_offered_no_file_and_finds_the_nearest_lines_and_the_way_to_all(
    people: People,
) -> None:
    ana, (bo,), _ = people.gather("Bo")
    opens(ana, "Hold the circle")
    closes(ana)
    bo.reads("The circle is closed")
    expect(bo.page.locator(".lines li")).to_contain_text(["United States"])
    bo.press("More help lines")
    expect(bo.page.locator("details.help summary")).to_be_focused()
    expect(bo.page.get_by_role("link", name="116 123").first).to_be_visible()
    expect(bo.page.get_by_role("button", name="Take my notes with me")).to_have_count(0)


def test_a_circle_without_an_agenda_may_stay_together_too(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    opens(ana, "Hold the circle")
    ana.press("Stay together a while")
    bo.hears_said("Now: Afterwards")
    bo.sees("A heart")
    expect(ana.page.get_by_role("button", name="Stay together a while")).to_have_count(0)
    closes(ana)
    bo.reads("The circle is closed")


def names_next(ana: Person, name: str) -> None:
    if not ana.page.get_by_label("Who facilitates the next time").is_visible():
        opens(ana, "Hold the circle")
        opens(ana, "Who facilitates")
    ana.page.get_by_label("Who facilitates the next time").select_option(label=name)


def test_who_is_named_for_the_next_time_is_told_at_once_takes_the_link_at_the_end_and_opens_the_circle_again(
    people: People,
) -> None:
    ana, bo, cy = people("Ana"), people("Bo"), people("Cy")
    link = opens_for_next_time(ana, people.base, "Free circle")
    facilitators = ana.page.evaluate("location.href")
    for one in (bo, cy):
        one.knocks(link)
        ana.press(f"Let in {one.name}")
    names_next(ana, "Bo")
    bo.hears_said("You are asked to facilitate the next time")
    bo.reads("At the end you may take the link for facilitators with you.")
    expect(cy.page.get_by_text("You are asked to facilitate the next time")).to_have_count(0)
    assert [any('"handed":"' in frame for frame in one.received) for one in (ana, bo, cy)] == [False, True, False]
    closes(ana)
    for one in (ana, cy):
        one.reads("The circle is closed")
        expect(one.page.get_by_text("You were asked to facilitate the next time")).to_have_count(0)
    bo.reads("You were asked to facilitate the next time")
    expect(bo.page.get_by_role("textbox", name="Link for facilitators")).to_have_count(0)
    bo.press("Take the link")
    taken = bo.page.get_by_role("textbox", name="Link for facilitators")
    expect(taken).to_have_value(re.compile(f"^{re.escape(facilitators.split('#')[0])}#"))
    bo.press("Copy the link for facilitators")
    address = taken.input_value()
    bo.page.goto(address)
    bo.reads("There is no circle at this link")
    bo.press("Open the circle again")
    expect(bo.page.get_by_role("textbox", name="Link for members")).to_have_value(link)
    bo.press("Enter the circle")
    bo.sits_with(1)
    cy.knocks(link)
    bo.press("Let in Cy")
    cy.sits_with(2)


def test_rather_not_in_the_circle_and_rather_not_at_the_end(people: People) -> None:
    ana, bo = people("Ana"), people("Bo")
    link = opens_for_next_time(ana, people.base, "Free circle")
    bo.knocks(link)
    ana.press("Let in Bo")
    names_next(ana, "Bo")
    bo.press("Rather not")
    ana.hears_said("Nobody is asked to facilitate the next time yet")
    expect(bo.page.get_by_role("button", name="Rather not")).to_have_count(0)
    names_next(ana, "Bo")
    bo.sees("Rather not")
    closes(ana)
    bo.press("Rather not")
    bo.reads("That is all right.")
    expect(bo.page.get_by_role("button", name="Take the link")).to_have_count(0)


def test_eight_minutes_before_the_end_facilitators_are_told_who_was_not_heard_and_nobody_else_is(
    people: People,
) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base, "60 minutes")
    bo, cy = people("Bo"), people("Cy")
    for one in (bo, cy):
        one.knocks(link)
        ana.press(f"Let in {one.name}")
    goes_to(ana, "Check-in")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.press("Lay the stick down")
    goes_to(ana, "Answers")
    expect(ana.page.get_by_text("Not yet heard today")).to_have_count(0)
    for one in (ana, bo, cy):
        one.page.evaluate("() => { const then = Date.now; Date.now = () => then() + 53 * 60_000; }")
    ana.hears_said("Not yet heard today: Cy")
    ana.reads("Not yet heard today: Cy")
    for one in (bo, cy):
        expect(one.page.get_by_text("Not yet heard today")).to_have_count(0)
        assert not any('"unheard":["' in frame for frame in one.received)
