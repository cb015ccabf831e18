"""What a facilitator chooses in holding a circle, in real browsers: rounds, silences, small groups, one's own script, the doors."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey


def opens(person: Person, summary: str) -> None:
    person.page.locator("summary").get_by_text(summary, exact=True).click()


def test_what_to_say_in_ones_own_words_is_read_by_who_keeps_the_script_and_by_nobody_else(people: People) -> None:
    ana, bo = people("Ana"), people("Bo")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    ana.page.get_by_role("radio", name="A list of our own").check()
    ana.page.get_by_label("Which part").select_option(label="Check-in")
    ana.press("Add this part")
    ana.page.get_by_label("Which part").select_option(label="A part of our own")
    ana.page.get_by_label("What it is called").fill("Songs")
    ana.page.get_by_label("Time for each turn").select_option(label="15 seconds")
    ana.page.get_by_role("group", name="One more part").get_by_label("Quiet between turns").select_option(
        label="10 seconds"
    )
    ana.page.get_by_label("Writing to all is welcome").check()
    ana.page.get_by_label("What to say, in your own words").fill("We hum together.\nNobody has to.")
    ana.press("Add this part")
    ana.calls_themselves("Ana")
    ana.press("Enter the circle")
    bo.knocks(link)
    ana.press("Let in Bo")
    ana.press("Go on to: Songs")
    ana.reads("We hum together.")
    bo.hears_said("Now: Songs")
    expect(bo.page.get_by_text("We hum together.")).to_have_count(0)
    bo.page.get_by_text("Written to all").wait_for()
    expect(bo.page.get_by_role("button", name="A heart")).to_have_count(0)
    assert not any("hum together" in frame for one in people.all for frame in [*one.received, *one.sent])
    assert not any(re.search(r'"script":"', frame) for frame in bo.received)


def test_a_closing_round_of_one_word_is_asked_for_by_one_press(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    opens(ana, "A question for everybody")
    ana.press("One word each")
    bo.hears_said("The question: One word each")
    expect(bo.page.locator(".prompt")).to_have_text("One word each")


def test_shuffled_seats_are_the_same_for_all(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    ana.page.evaluate("Math.random = () => 0.99")
    opens(ana, "Hold the circle")
    opens(ana, "Order of the seats")
    ana.press("Shuffle")
    for one in (ana, bo, cy):
        expect(one.circle.get_by_role("listitem").nth(0)).to_contain_text("Cy")
    assert list(ana.seats()) == list(bo.seats()) == list(cy.seats()) == ["Cy", "Bo", "Ana"]


def test_three_come_apart_and_the_circle_goes_on(people: People) -> None:
    ana, (bo, cy, dee), _ = people.gather("Bo", "Cy", "Dee")
    opens(bo, "If you need a moment")
    bo.page.get_by_label("And with them").select_option(label="Cy")
    bo.press("Ask Dee and Cy to come apart")
    cy.press("Come apart")
    dee.press("Come apart")
    for one, others in ((bo, "Cy and Dee"), (cy, "Bo and Dee"), (dee, "Bo and Cy")):
        one.reads(f"You are apart with {others}")
    assert ana.circle.get_by_text("apart", exact=True).count() == 3
    ana.sees("Offer the stick to Ana")


def test_a_silence_and_small_groups_last_as_long_as_one_likes(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    opens(ana, "Quiet and small groups")
    ana.press("10 seconds")
    bo.reads("A moment of silence")
    bo.hears_said("A moment of silence")
    expect(bo.page.locator("#polite")).to_contain_text("The quiet is over", timeout=15_000)
    ana.page.get_by_label("How long").select_option(label="15 minutes")
    ana.press("Pairs, 15 minutes")
    bo.reads("The bell calls you back in about 15 minutes.")
    ana.press("Bring everybody back")
    expect(bo.page.get_by_text("You are apart with")).to_have_count(0)


def test_behind_the_shield_people_are_asked_out_one_by_one_and_kept_out_by_a_fresh_link(people: People) -> None:
    ana, (bo, cy), link = people.gather("Bo", "Cy")
    ana.press("Shield the circle")
    ana.press("Remove Bo")
    ana.press("Yes, remove Bo")
    bo.reads("You are no longer in the circle")
    ana.press("Remove Cy")
    ana.press("Yes, remove Cy")
    cy.reads("You are no longer in the circle")
    ana.sits_with(1)
    ana.press("Go on as before")
    late = people("Late")
    late.page.goto(link)
    late.reads("There is no circle at this link")


def test_a_question_with_the_knock_is_answered_over_the_doorstep(people: People) -> None:
    ana, (cy,), link = people.gather("Cy")
    bo = people("Bo")
    bo.page.goto(link)
    bo.calls_themselves("Bo")
    bo.page.get_by_label("A few words to the facilitators").fill("May I keep the camera off?")
    bo.press("Knock")
    ana.reads("May I keep the camera off?")
    opens(ana, "Answer Bo")
    ana.page.get_by_role("textbox", name="Answer Bo").fill("Of course.")
    ana.press("Send the answer")
    ana.reads("You have answered: Of course.")
    bo.reads("The facilitators answer: Of course.")
    bo.page.get_by_role("textbox", name="Your answer").fill("Thank you")
    bo.press("Answer")
    ana.hears_said("They answer: Thank you")
    expect(cy.page.get_by_text("Of course.")).to_have_count(0)


def test_all_that_is_settled_is_told_before_the_knock(people: People) -> None:
    ana, bo = people("Ana"), people("Bo")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    ana.page.get_by_role("radio", name="90 minutes").check()
    opens(ana, "How the circle is held")
    ana.page.get_by_label("Seats in the circle").select_option(label="3")
    ana.page.get_by_label("Quiet between turns").select_option(label="60 seconds")
    ana.page.get_by_label("Quiet signs are welcome").uncheck()
    ana.page.get_by_label("Cameras").select_option(label="Only whoever has the stick is shown, if they wish.")
    ana.page.get_by_label("What stays here").select_option(label="With exceptions")
    ana.press("Enter the circle")
    ana.sits_with(1)
    bo.page.goto(link)
    for sentence in (
        "It takes about 90 minutes.",
        "Up to 3 people sit in the circle.",
        "Between two turns there are 60 seconds of quiet.",
        "No hearts or other signs are sent here.",
        "Only whoever has the stick is shown, if they wish.",
        "where somebody is in serious danger",
    ):
        bo.reads(sentence)


def test_three_seats_are_three_and_who_listens_sits_beside_them(people: People) -> None:
    ana, (bo, cy), link = people.gather("Bo", "Cy")
    opens(ana, "Hold the circle")
    opens(ana, "How the circle is held")
    ana.page.get_by_label("Seats in the circle").select_option(label="3")
    ana.press("Hold it like this")
    dee, eve = people("Dee"), people("Eve")
    dee.page.goto(link)
    dee.reads("Every seat is taken right now.")
    eve.knocks(link, listen=True)
    ana.press("Let in Eve")
    eve.sits_with(4)
    bo.hears_said("Eve is here to listen")
    for one in (ana, bo, cy, eve):
        one.reads("One person is listening")
