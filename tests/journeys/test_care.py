"""Looking after one another in real browsers: a quiet for all, a moment outside, a word apart, small groups."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey

MOMENT = "If you need a moment"


def opens(person: Person, summary: str) -> None:
    person.page.locator("summary").get_by_text(summary, exact=True).click()


def test_a_pause_keeps_the_stick_where_it_is_and_all_read_that_nobody_is_heard(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    opens(ana, "Quiet and small groups")
    ana.press("Pause for everybody")
    bo.reads("A pause for everybody")
    bo.hears_said("A pause for everybody")
    expect(bo.page.get_by_role("button", name="Pass the stick")).to_have_count(0)
    ana.press("Go on")
    bo.hears_said("The quiet is over")
    bo.sees("Pass the stick")


def test_the_holder_warns_of_something_hard_and_goes_on(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    opens(bo, "Something hard comes now")
    bo.press("Something hard comes now")
    ana.reads("Something hard may come: Bo gives everybody a moment")
    bo.sees("Pass the stick")
    ana.hears_said("The quiet is over")


def test_what_asks_for_ones_own_answer_is_in_sight_wherever_one_has_scrolled_to(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    bo.page.set_viewport_size({"width": 1366, "height": 650})
    opens(bo, MOMENT)
    bo.press("I step out, and I'd like someone")
    expect(bo.page.get_by_role("button", name="I am back")).to_be_in_viewport(ratio=1)
    ana.press("Ask Bo to come apart")
    expect(bo.page.get_by_role("button", name="Come apart")).to_be_in_viewport(ratio=1)
    bo.press("Not now")
    bo.press("I am back")
    ana.press("Offer the stick to Bo")
    bo.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(bo.page.get_by_role("button", name="Accept the stick")).to_be_in_viewport(ratio=1)


def test_who_steps_out_is_seen_to_be_out_and_who_would_like_someone_is_seen_by_the_facilitators_only(
    people: People,
) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    opens(bo, MOMENT)
    bo.press("I step out, and I'd like someone")
    bo.reads("You have stepped out for a moment")
    ana.reads("Bo has stepped out and would like someone")
    ana.hears_said("Bo has stepped out and would like someone")
    cy.reads("stepped out")
    for told in (cy.page.locator("#app"), cy.page.locator("#polite")):
        expect(told).not_to_contain_text("would like someone")
    bo.press("I am back")
    expect(ana.page.locator("#app")).not_to_contain_text("would like someone")


def test_a_facilitator_asks_whoever_would_like_someone_apart_by_one_press(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    opens(bo, MOMENT)
    bo.press("I step out, and I'd like someone")
    ana.press("Ask Bo to come apart")
    bo.hears_said("Ana would like a word with you apart")
    bo.press("Come apart")
    ana.hears_said("You are apart with Bo")
    for one, there in ((ana, ["Ana", "Bo"]), (bo, ["Ana", "Bo"]), (cy, ["Cy"])):
        expect(one.circle.locator(".seat:not(.away) .name")).to_contain_text(there)


def test_where_nobody_is_left_to_lead_any_member_ends_a_pause_and_brings_back_a_round(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    opens(ana, "Hold the circle")
    ana.picks("Who may speak", "Silence")
    opens(ana, "Quiet and small groups")
    ana.press("Pause for everybody")
    bo.hears_said("A pause for everybody")
    expect(bo.page.get_by_role("button", name="Go on")).to_have_count(0)
    ana.press("Leave the circle")
    bo.hears_said("Nobody facilitates right now")
    bo.press("Go on")
    cy.hears_said("The quiet is over")
    bo.press("Back to a round")
    cy.hears_said("A round: the stick goes from seat to seat")
    bo.press("Offer the stick to Cy")
    cy.sees("Accept the stick")


def test_two_come_apart_by_asking_and_accepting_and_the_circle_goes_on(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    opens(ana, MOMENT)
    ana.press("Ask Bo to come apart")
    bo.reads("Ana would like a word with you apart")
    bo.press("Come apart")
    ana.reads("You are apart with Bo")
    bo.hears_said("You are apart with Ana")
    expect(cy.circle.get_by_text("apart", exact=True)).to_have_count(2)
    bo.press("Back into the circle")
    ana.hears_said("You are back in the circle")


def test_the_circle_goes_into_pairs_and_the_bell_brings_all_back(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    opens(ana, "Quiet and small groups")
    ana.press("Threes, 5 minutes")
    for person in (ana, bo, cy):
        person.reads("You are apart with")
        person.reads("Your microphone is off")
    ana.press("Bring everybody back")
    for person in (ana, bo, cy):
        expect(person.page.get_by_text("You are apart with")).to_have_count(0)
