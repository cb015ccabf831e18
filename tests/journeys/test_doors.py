"""The doors in real browsers: what is told before, asking over the doorstep, those who listen, the shield, handing on."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Person, grows
from tests.journeys.conftest import UNHURRIED, People
from tests.serving import Serving

pytestmark = pytest.mark.journey


def opens(person: Person, summary: str) -> None:
    person.page.locator("summary").get_by_text(summary, exact=True).click()


def test_whoever_comes_reads_how_it_is_here_before_they_knock_and_while_they_wait(people: People) -> None:
    link = people("Ana").opens_a_circle(people.base)
    bo = people("Bo")
    bo.page.goto(link)
    told = ("Nobody turns to others about you without you.", "Your camera is up to you.", "Leave room for others.")
    opens(bo, "What we agree on")
    for sentence in told:
        bo.reads(sentence)
    bo.press("Knock")
    bo.reads("You have knocked")
    opens(bo, "What we agree on")
    for sentence in told:
        bo.reads(sentence)


def test_what_all_agree_on_is_read_in_the_circle_too_and_opens_by_itself_in_its_part(people: People) -> None:
    ana, bo, dee = people("Ana"), people("Bo"), people("Dee")
    link = ana.opens_a_circle(people.base, "60 minutes")
    for one in (bo, dee):
        one.knocks(link, listen=one is dee)
        ana.press(f"Let in {one.name}")
    told = ("Leave room for others.", "Nobody turns to others about you without you.", "Your camera is up to you.")
    dee.sits_with(3)
    for one in (ana, bo, dee):
        for sentence in told:
            expect(one.page.get_by_text(sentence).first).to_be_hidden()
    opens(ana, "All parts")
    ana.press("Go to: Agreements")
    for one in (ana, bo, dee):
        one.hears_said("Now: Agreements")
        for sentence in told:
            one.reads(sentence)
    ana.press("Go on to: Check-in")
    for one in (ana, bo, dee):
        one.hears_said("Now: Check-in")
        expect(one.page.get_by_text(told[0])).to_be_hidden()
    opens(bo, "What we agree on")
    bo.reads(told[0])


def test_a_question_over_the_doorstep_and_its_answer_are_read_by_both_and_by_nobody_else(people: People) -> None:
    ana, (cy,), link = people.gather("Cy")
    bo = people("Bo")
    bo.page.goto(link)
    bo.page.get_by_label("It is my first time").check()
    bo.calls_themselves("Bo")
    bo.press("Knock")
    ana.reads("It is their first time.")
    opens(ana, "Ask Bo something")
    ana.page.get_by_role("textbox", name="Ask Bo something").fill("Who told you of us?")
    ana.press("Send the question")
    bo.reads("The facilitators ask: Who told you of us?")
    bo.page.get_by_role("textbox", name="Your answer").fill("My sister")
    bo.press("Answer")
    bo.reads("You have answered: My sister")
    ana.reads("They answer: My sister")
    ana.hears_said("They answer: My sister")
    expect(cy.page.get_by_text("My sister")).to_have_count(0)
    ana.press("Let in Bo")
    bo.sits_with(3)


def keeps(person: Person, label: str, option: str) -> None:
    """Changes one of the circle's terms."""
    opens(person, "Hold the circle")
    opens(person, "How the circle is held")
    person.page.get_by_label(label).select_option(label=option)
    person.press("Hold it like this")
    expect(person.page.get_by_role("button", name="Hold it like this")).to_be_disabled()


def test_where_the_circle_is_asked_one_no_is_enough_and_nobody_learns_whose_it_was(browser: Browser) -> None:
    with Serving(UNHURRIED.evolve(consent=8.0)) as serving:
        people = People(browser, serving.base)
        ana, (bo, cy), link = people.gather("Bo", "Cy")
        keeps(ana, "Who may only listen", "After the circle is asked")
        dee = people("Dee")
        dee.knocks(link, listen=True)
        ana.press("Let in Dee")
        dee.reads("The circle is being asked")
        for person in (ana, bo, cy):
            person.reads("Dee would like to listen. Any objection?")
        cy.hears_said("Dee would like to listen")
        bo.press("I'd rather not today")
        cy.press("Welcome")
        bo.reads("Nobody in the circle is told what you said.")
        dee.reads("It does not fit today. That says nothing about you")
        for person in (ana, cy, dee):
            expect(person.page.get_by_role("group", name="Any objection?")).to_have_count(0)
            assert not any("objected" in frame for frame in person.received)
        assert all(not person.errors for person in people.all)
        for person in people.all:
            person.closes()


def test_who_listens_takes_a_seat_by_one_press_and_a_member_goes_back_to_listening(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    dee = people("Dee")
    dee.knocks(link, listen=True)
    ana.press("Let in Dee")
    dee.sits_with(3)
    dee.press("I'd like a seat in the circle")
    dee.hears_said("You have a seat in the circle now")
    ana.sees("Offer the stick to Dee")
    dee.switches_on("Microphone")
    opens(bo, "I'd rather only listen")
    bo.press("I'd rather only listen")
    bo.sees("I'd like a seat in the circle")
    expect(ana.page.get_by_role("button", name="Offer the stick to Bo")).to_have_count(0)
    expect(bo.page.get_by_role("button", name="Microphone")).to_have_count(0)


def test_one_press_shields_the_circle_and_a_fresh_link_shuts_the_old_one(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    ana.press("Shield the circle")
    bo.reads("The circle is shielded.")
    bo.hears_said("The circle is shielded.")
    opens(ana, "Hold the circle")
    ana.press("Make a fresh link")
    ana.press("Copy the link for members")
    ana.sees("Copied")
    opens(ana, "Invite people")
    shown = ana.page.get_by_role("textbox", name="Link for members")
    expect(shown).not_to_have_value(link)
    ana.press("Go on as before")
    late, cy = people("Late"), people("Cy")
    late.page.goto(link)
    late.reads("There is no circle at this link")
    cy.knocks(shown.input_value())
    ana.press("Let in Cy")
    cy.sits_with(3)
    assert set(cy.seats()) == {"Ana", "Bo", "Cy"}


def test_behind_the_shield_no_picture_stays_and_after_it_they_come_back(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    seen = ana.circle.get_by_role("listitem").filter(has_text="Bo").locator("video")
    expect(seen).to_have_count(1)
    ana.press("Shield the circle")
    bo.reads("The circle is shielded.")
    expect(seen).to_have_count(0)
    ana.press("Go on as before")
    expect(seen).to_have_count(1)
    assert grows(lambda: ana.counts(ana.seats()["Bo"])["frames"])


def test_who_knocks_is_in_sight_of_who_holds_the_circle(people: People) -> None:
    ana, bo = people("Ana", viewport={"width": 1440, "height": 900}), people("Bo")
    link = ana.opens_a_circle(people.base, "60 minutes")
    bo.knocks(link)
    expect(ana.page.get_by_role("button", name="Let in Bo")).to_be_in_viewport(ratio=1)


def test_facilitation_is_offered_and_accepted_and_then_the_first_one_steps_back(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    opens(ana, "Hold the circle")
    opens(ana, "Who facilitates")
    ana.page.get_by_label("Ask a member to facilitate too").select_option(label="Bo")
    bo.hears_said("Would you like to facilitate too?")
    bo.press("Accept")
    bo.reads("Hold the circle")
    ana.press("Step back from facilitating")
    expect(ana.page.get_by_text("Hold the circle")).to_have_count(0)
    bo.sees("Offer the stick to Ana")


def test_where_nobody_is_left_to_facilitate_somebody_volunteers_and_the_others_say_yes(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    ana.press("Leave the circle")
    bo.hears_said("Nobody facilitates right now")
    bo.press("I can facilitate")
    cy.reads("Bo would facilitate. Is that all right with you?")
    cy.hears_said("Bo would facilitate. Is that all right with you?")
    cy.press("Yes")
    bo.hears_said("The circle is in your hands now")
    cy.hears_said("Bo facilitates for now")
    expect(cy.circle.get_by_role("listitem").filter(has_text="Bo")).to_contain_text("stands in")
    opens(bo, "Hold the circle")
    bo.press("Remove Cy")
    bo.reads("ask whoever has the link for facilitators to make a fresh one")


def test_what_a_facilitator_settles_before_the_first_one_comes_is_what_they_read(people: People) -> None:
    ana, bo = people("Ana"), people("Bo")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    opens(ana, "How the circle is held")
    ana.page.get_by_label("Who may only listen").select_option(label="Nobody")
    ana.page.get_by_label("What we agree on").fill("We speak of grief.\nWe have time.")
    ana.page.get_by_label("Or in your own words").fill("What is said here is held by all of us.")
    ana.page.get_by_label("The next time").fill("Tuesday")
    ana.calls_themselves("Ana")
    ana.press("Enter the circle")
    ana.sits_with(1)
    bo.page.goto(link)
    opens(bo, "What we agree on")
    for sentence in (
        "What is said here is held by all of us.",
        "We have time.",
        "The next time: Tuesday",
        "Nobody only listens in this circle.",
    ):
        bo.reads(sentence)
    expect(bo.page.get_by_label("I only want to listen this time")).to_have_count(0)
    expect(bo.page.get_by_text("Leave room for others.")).to_have_count(0)
