"""The circle's keys in real browsers: who is let in has them, who goes has none of the next, and whatever does not fit is said."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Person, comes, grows
from tests.journeys.conftest import People
from tests.journeys.looking import beyond_reach, violations, wider

pytestmark = pytest.mark.journey

TRANSFORMS = """() => window.connections.filter((pc) => pc.connectionState !== "closed").flatMap((pc) =>
  pc.getTransceivers().flatMap((one) => [one.sender.track && one.sender.transform, one.receiver.track && one.receiver.transform])
).filter((one) => one !== null && one !== undefined).length"""
FORGET_THE_PROOF = """() => { for (const key of Object.keys(sessionStorage)) {
  sessionStorage[key] = JSON.stringify({ ...JSON.parse(sessionStorage[key]), resume: "" }); } }"""
WITHOUT_TRANSFORMS = "delete window.RTCRtpScriptTransform;"


def words_of(person: Person) -> str:
    """The five words, as they stand in the opening."""
    return person.page.locator(".five").first.inner_text()


def wrong(page: Page) -> list[str]:
    """What is wrong with it on a small screen."""
    page.set_viewport_size({"width": 320, "height": 640})
    return [*wider(page, 320), *beyond_reach(page, 44, "body"), *violations(page)]


def hears(one: Person, seat: str) -> bool:
    return grows(lambda: one.counts(seat)["energy"]) and grows(lambda: one.counts(seat)["frames"])


def takes_turn(ana: Person, one: Person) -> None:
    ana.press(f"Offer the stick to {one.name}")
    one.press("Accept the stick")


def test_sound_and_picture_are_decoded_by_keys_and_no_name_is_sent_in_the_clear(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    takes_turn(ana, bo)
    assert hears(ana, ana.seats()["Bo"])
    for one in (ana, bo):
        assert one.page.evaluate(TRANSFORMS) >= 2
        sent = " ".join(one.sent + one.received)
        assert {"Ana", "Bo"} & set(re.findall(r"\b\w+\b", sent)) == set()
        assert link.split("#1.")[1].split(".")[0] not in sent


def test_who_is_removed_gets_nothing_more_and_the_others_go_on(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    takes_turn(ana, cy)
    seat = ana.seats()["Cy"]
    assert hears(bo, seat)
    ana.opens("Hold the circle")
    ana.press("Remove Bo")
    ana.press("Yes, remove Bo")
    bo.reads("You are no longer in the circle")
    assert bo.page.evaluate("window.connections.every((pc) => pc.connectionState === 'closed')")
    for one in (ana, cy):
        one.hears_said("Bo has left")
        one.sits_with(2)
    assert hears(ana, seat)


def test_a_reload_keeps_the_seat_without_a_press_of_anybodys(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    takes_turn(ana, cy)
    seats = ana.seats()
    bo.page.reload()
    bo.sits_with(3)
    assert bo.seats() == seats
    assert hears(bo, seats["Cy"])
    expect(ana.page.get_by_role("button", name="Let in Bo")).to_have_count(0)


def test_a_facilitators_reload_keeps_seat_name_and_power(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    ana.page.reload()
    ana.sits_with(2)
    assert list(ana.seats()) == ["Ana", "Bo"] == list(bo.seats())
    cy = people("Cy")
    cy.knocks(link)
    ana.press("Let in Cy")
    cy.sits_with(3)


def test_whose_proof_is_gone_is_let_in_again_by_a_press(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    bo.page.evaluate(FORGET_THE_PROOF)
    bo.page.reload()
    ana.reads("Waiting to be let in again")
    bo.reads("somebody who keeps the door still has to let you in")
    assert [wrong(one.page) for one in (ana, bo)] == [[], []]
    ana.press("Let in Bo")
    bo.sits_with(2)
    expect(bo.page.get_by_text("somebody who keeps the door still has to let you in")).to_have_count(0)
    takes_turn(ana, bo)
    bo.switches_on("Microphone")
    assert grows(lambda: ana.counts(ana.seats()["Bo"])["energy"])


def test_a_second_facilitator_comes_by_the_link_alone_and_lets_people_in_when_the_first_has_gone(
    people: People,
) -> None:
    ana, (bo,), link = people.gather("Bo")
    ana.opens("Invite people")
    fay, cy = people("Fay"), people("Cy")
    fay.page.goto(ana.page.get_by_role("textbox", name="Link for facilitators").input_value())
    fay.calls_themselves("Fay")
    fay.press("Enter the circle")
    for one in (ana, bo, fay):
        one.sits_with(3)
        assert set(one.seats()) == {"Ana", "Bo", "Fay"}
    ana.press("Leave the circle")
    cy.knocks(link)
    fay.press("Let in Cy")
    for one in (bo, cy, fay):
        one.sits_with(3)
        assert set(one.seats()) == {"Bo", "Cy", "Fay"}


def test_a_member_who_keeps_the_door_reads_who_knocks_and_lets_them_in(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    ana.opens("Hold the circle")
    ana.opens("Duties")
    ana.picks("Who", "Bo")
    ana.ticks("The door: lets people in")
    bo.reads("keeps the door")
    cy = people("Cy")
    cy.page.goto(link)
    cy.writes("A few words to the facilitators, if you like", "I am new here")
    cy.calls_themselves("Cy")
    cy.press("Knock")
    bo.reads("I am new here")
    bo.press("Let in Cy")
    for one in (ana, bo, cy):
        one.sits_with(3)


def test_a_member_who_is_asked_to_facilitate_holds_the_link_from_then_on(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    ana.opens("Hold the circle")
    ana.opens("Who facilitates")
    ana.picks("Ask a member to facilitate too", "Bo")
    bo.press("Accept")
    bo.reads("Invite people")
    bo.page.reload()
    bo.sits_with(2)
    ana.press("Leave the circle")
    cy = people("Cy")
    cy.knocks(link)
    bo.press("Let in Cy")
    cy.sits_with(2)


def test_a_knock_before_anybody_is_there_waits_and_is_heard_by_the_first_who_comes(people: People) -> None:
    ana, bo = people("Ana"), people("Bo")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    bo.knocks(link)
    bo.reads("it knocks for you as soon as somebody is")
    assert wrong(bo.page) == []
    ana.calls_themselves("Ana")
    ana.press("Enter the circle")
    bo.reads("You have knocked")
    ana.press("Let in Bo")
    bo.sits_with(2)


def test_every_coming_and_going_is_said_and_stands_there_quietly(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    bo.hears_said("Cy has joined")
    cy.press("Leave the circle")
    for one in (ana, bo):
        one.hears_said("Cy has left")
        one.reads("Cy went out")
        one.opens("What is protected")
        one.reads("Who came and went")
        one.reads("The server passes them on and has no key to them.")
    assert wrong(ana.page) == []
    bo.page.reload()
    bo.sits_with(2)
    ana.hears_said("Bo has come back")
    expect(ana.page.locator(".passage").get_by_text("Bo has come back")).to_have_count(1)
    assert ana.page.get_by_text("Bo went out").count() == 0, "a reload is no going"


def test_the_five_words_are_the_same_for_all_and_others_in_another_circle(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    assert len(words_of(ana).split()) == 5
    assert words_of(bo) == words_of(ana)
    bo.page.reload()
    bo.sits_with(2)
    assert words_of(bo) == words_of(ana)
    eve = people("Eve")
    eve.opens_a_circle(people.base)
    assert words_of(eve) != words_of(ana)


def test_in_the_opening_of_a_meeting_the_facilitators_are_asked_to_read_the_words_aloud(people: People) -> None:
    ana = people("Ana")
    ana.opens_a_circle(people.base, "60 minutes")
    ana.press("Go on to: Welcome")
    ana.reads("These five words stand on every screen")
    assert len(words_of(ana).split()) == 5


def test_an_older_browser_is_told_kindly_which_ones_work_and_sends_nothing(people: People) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base)
    old = people("Old")
    old.context.add_init_script(WITHOUT_TRANSFORMS)
    old.page.goto(link)
    old.reads("Chrome or Edge from 141, Firefox from 130, Safari from 17")
    old.page.goto(people.base)
    old.press("Open a circle")
    old.reads("Chrome or Edge from 141, Firefox from 130, Safari from 17")
    assert old.sent == []


def test_a_second_window_asks_and_moves_the_one_seat_there(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    seats = ana.seats()
    second = bo.context.new_page()
    second.goto(link)
    expect(second.get_by_text("You are in this circle in another window")).to_be_visible()
    assert wrong(second) == []
    ana.sits_with(2)
    second.get_by_role("button", name="Move here").click()
    bo.reads("You are here in another window")
    first, bo.page = bo.page, second
    bo.sits_with(2)
    assert bo.seats() == seats
    takes_turn(ana, bo)
    bo.switches_on("Microphone")
    assert grows(lambda: ana.counts(seats["Bo"])["energy"])
    expect(ana.page.get_by_role("button", name="Let in Bo")).to_have_count(0)
    assert comes(lambda: first.evaluate("Object.keys(sessionStorage).length") == 0)


def test_what_stands_in_the_room_is_read_by_who_comes_later(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    ana.opens("A question for everybody")
    ana.writes("A question for everybody", "What helped?")
    ana.press("Show it to all")
    bo.opens("My check-in")
    bo.writes("A word for how you are", "shy")
    bo.ticks("Show it to everybody")
    bo.press("Check in")
    cy = people("Cy")
    cy.knocks(link)
    ana.press("Let in Cy")
    cy.sits_with(3)
    cy.reads("What helped?")
    cy.opens("Check-ins")
    cy.reads("shy")


def test_the_circles_own_agreements_are_read_before_the_knock_also_by_a_fresh_link(people: People) -> None:
    ana = people("Ana")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    ana.opens("How the circle is held")
    ana.writes("What we agree on", "We sing before we speak.")
    ana.calls_themselves("Ana")
    ana.press("Enter the circle")
    ana.opens("Hold the circle")
    bo = people("Bo")
    bo.page.goto(link)
    bo.opens("What we agree on")
    bo.reads("We sing before we speak.")
    ana.press("Make a fresh link")
    ana.opens("Invite people")
    shown = ana.page.get_by_role("textbox", name="Link for members")
    expect(shown).not_to_have_value(link)
    cy = people("Cy")
    cy.page.goto(shown.input_value())
    cy.opens("What we agree on")
    cy.reads("We sing before we speak.")
