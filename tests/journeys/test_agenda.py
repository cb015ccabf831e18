"""Holding a circle with what the room brings: time, order, duties and parts of one's own, in real browsers. See test_keyboard.py too."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person, comes
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey


def tool(person: Person, *headings: str) -> None:
    for heading in ("Hold the circle", *headings):
        person.page.get_by_text(heading, exact=True).click()


def test_the_order_is_changed_by_buttons_and_the_focus_goes_along(people: People) -> None:
    ana, (bo, cy), _ = people.gather("Bo", "Cy")
    tool(ana, "Order of the seats")
    ana.page.get_by_role("button", name="Move Cy up").focus()
    ana.page.keyboard.press("Enter")
    for one in (ana, bo):
        expect(one.circle.get_by_role("listitem").nth(1)).to_contain_text("Cy")
    expect(ana.page.get_by_role("button", name="Move Cy up")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(bo.circle.get_by_role("listitem").nth(0)).to_contain_text("Cy")
    ana.page.get_by_label("The other way round").click()
    expect(ana.page.locator(".offers .main")).to_have_text("Offer the stick to Bo")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.reads("It goes to Ana next.")
    cy.reads("Bo holds the stick")


def test_a_member_with_a_duty_can_do_just_that_and_carries_its_mark(people: People) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base, "Quick circle")
    bo, cy = people("Bo"), people("Cy")
    for one in (bo, cy):
        one.knocks(link)
        ana.press(f"Let in {one.name}")
    tool(ana, "Duties")
    ana.page.get_by_label("Who", exact=True).select_option(label="Bo")
    ana.page.get_by_label("The script: reads it").check()
    ana.page.get_by_label("Who", exact=True).select_option(label="Cy")
    ana.page.get_by_label("The time: sees the plan").check()
    expect(bo.circle).to_contain_text("keeps the time")
    expect(cy.circle).to_contain_text("keeps the script")
    bo.press("Go on to: Check-in")
    bo.press("Go on to: Sharing round")
    expect(bo.page.get_by_text("Time plan")).to_have_count(0)
    expect(cy.page.get_by_role("button", name="Go on to: Closing round")).to_have_count(0)
    cy.page.get_by_text("Time plan").click()
    row = cy.page.get_by_role("row", name=re.compile("Bo"))
    minutes = row.get_by_role("cell").first
    before = float(minutes.inner_text())
    cy.press("A minute more for Bo")
    assert comes(lambda: float(minutes.inner_text()) > before)


def test_parts_of_our_own_are_called_as_we_call_them_and_can_be_gone_back_to(people: People) -> None:
    ana, bo = people("Ana"), people("Bo")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    ana.page.get_by_role("radio", name="A list of our own").check()
    ana.page.get_by_label("Which part").select_option(label="Check-in")
    ana.press("Add this part")
    ana.page.get_by_label("Which part").select_option(label="A part of our own")
    ana.page.get_by_label("What it is called").fill("Songs")
    ana.press("Add this part")
    ana.press("A minute more for: Songs")
    ana.calls_themselves("Ana")
    ana.press("Enter the circle")
    bo.knocks(link)
    ana.press("Let in Bo")
    ana.press("Go on to: Songs")
    bo.hears_said("Now: Songs")
    ana.page.get_by_text("All parts").click()
    ana.reads("11 minutes")
    ana.press("Go to: Check-in")
    bo.hears_said("Now: Check-in")
    assert not any("Songs" in one for person in people.all for one in person.received)


def test_who_keeps_the_time_gives_more_to_the_asking_and_its_holder_hears_that_it_was_given(people: People) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base, "Quick circle")
    bo, cy = people("Bo"), people("Cy")
    for one in (bo, cy):
        one.knocks(link)
        ana.press(f"Let in {one.name}")
    tool(ana, "Duties")
    ana.picks("Who", "Cy")
    ana.ticks("The time: sees the plan")
    ana.press("Go on to: Check-in")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.press("Ask for more time")
    cy.hears_said("Bo asks for more time")
    cy.press("Give a minute")
    bo.hears_said("You have more time now.")
    bo.sees("Ask for more time")
