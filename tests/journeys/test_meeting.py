"""A whole circle in real browsers: opened, knocked at, let in, seen and heard, the stick passed, closed."""

import pytest

from tests.journeys.browser import comes, grows
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey


def test_all_see_one_another_and_only_the_holder_is_heard(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    seats = ana.seats()
    assert [list(one.seats()) for one in (bo, cy)] == [list(seats)] * 2
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    for one in (ana, cy):
        one.hears_said("Bo holds the stick")
        assert grows(lambda one=one: one.counts(seats["Bo"])["energy"])
    assert grows(lambda: ana.counts(seats["Bo"])["frames"])
    assert grows(lambda: ana.counts(seats["Cy"])["frames"])
    assert ana.counts(seats["Cy"])["energy"] == 0
    assert bo.counts(seats["Cy"])["energy"] == 0


def test_the_stick_goes_round_and_may_be_passed_over_or_come_back(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    ana.press("Offer the stick to Bo")
    bo.press("Come back to me")
    cy.press("Not now")
    ana.press("Accept the stick")
    bo.hears_said("Ana holds the stick")
    ana.press("Pass the stick")
    bo.press("Accept the stick")
    cy.hears_said("Bo holds the stick")
    bo.press("Lay the stick down")
    cy.hears_said("Nobody holds the stick")


def test_a_reload_in_the_middle_of_a_turn_keeps_seat_and_stick(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    seat = bo.seats()["Bo"]
    bo.page.reload()
    bo.sits_with(2)
    assert bo.seats()["Bo"] == seat
    bo.sees("Pass the stick")
    ana.hears_said("Bo holds the stick")


def test_who_is_turned_away_reads_it_kindly(people: People) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base)
    bo = people("Bo")
    bo.knocks(link)
    ana.press("Turn away Bo")
    bo.reads("Not today")


def test_who_only_listens_is_seated_in_sight_and_asked_for_no_device(people: People) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base)
    dee = people("Dee", permissions=[])
    dee.page.add_init_script("navigator.mediaDevices.getUserMedia = () => { throw new Error('asked for a device'); };")
    dee.knocks(link, listen=True)
    ana.press("Let in Dee")
    dee.sits_with(2)
    ana.reads("listening")
    assert dee.page.get_by_role("button", name="Microphone", exact=True).count() == 0


def test_removing_and_closing_are_told_to_whom_they_concern(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    ana.page.get_by_text("Hold the circle").click()
    ana.press("Remove Bo")
    ana.press("Yes, remove Bo")
    bo.reads("You are no longer in the circle")
    cy.sits_with(2)
    ana.press("Close the circle")
    ana.press("Yes, close it for everybody")
    for one in (ana, cy):
        one.reads("The circle is closed")


def test_the_holders_picture_grows_sharp_and_small_again(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    bo_seat = ana.seats()["Bo"]
    assert grows(lambda: ana.counts(bo_seat)["frames"])
    small = ana.counts(bo_seat)["width"]
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    assert comes(lambda: ana.counts(bo_seat)["width"] == 640)
    bo.press("Lay the stick down")
    assert comes(lambda: ana.counts(bo_seat)["width"] <= small < 640)


def test_hands_stand_in_order_and_the_stick_goes_to_who_asked_first(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    ana.page.get_by_text("Hold the circle").click()
    ana.page.get_by_label("Who may speak").select_option(label="By hands")
    cy.press("Ask for the stick")
    ana.reads("asks for the stick, number 1")
    bo.press("Ask for the stick")
    ana.reads("asks for the stick, number 2")
    bo.press("I no longer ask")
    ana.press("Offer the stick to Ana")
    ana.press("Accept the stick")
    ana.reads("It goes to Cy next.")
    ana.press("Pass the stick")
    cy.press("Accept the stick")
    bo.hears_said("Cy holds the stick")


def test_who_comes_by_the_second_link_leads_too(people: People) -> None:
    ana, _, _ = people.gather()
    ana.page.get_by_text("Invite people").click()
    second = ana.page.get_by_role("textbox", name="Link for facilitators").input_value()
    fay = people("Fay")
    fay.page.goto(second)
    fay.calls_themselves("Fay")
    fay.press("Enter the circle")
    fay.sits_with(2)
    fay.press("Offer the stick to Ana")
    ana.press("Accept the stick")
    fay.hears_said("Ana holds the stick")
