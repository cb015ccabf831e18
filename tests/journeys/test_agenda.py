"""Holding a circle with what the room brings: agenda, question, check-ins, time, order and duties, in real browsers."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person, comes
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey

FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels?.[0]?.innerText ?? document.querySelector(`label[for="${at.id}"]`)?.innerText;
  return (at.getAttribute("aria-label") ?? label ?? at.innerText ?? "").trim();
}"""
MOST_TABS = 120


def goes_to(person: Person, name: str) -> None:
    """By the Tab key alone. Where the focus is already, it stays."""
    for _ in range(MOST_TABS):
        if person.page.evaluate(FOCUSED).startswith(name):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{person.name} cannot reach {name!r} by keyboard")


def keys(person: Person, name: str, key: str = "Enter") -> None:
    """Waits until it is there, goes there and presses a key."""
    expect(
        person.page.locator("#app, main").get_by_text(name).or_(person.page.get_by_label(name)).first
    ).to_be_attached()
    goes_to(person, name)
    person.page.keyboard.press(key)


def types(person: Person, label: str, text: str) -> None:
    person.page.keyboard.press("Tab")
    goes_to(person, label)
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(text)


def later(person: Person, seconds: float) -> None:
    """For this page alone it is later; the next view sets its clock right again."""
    person.page.evaluate("(more) => { const then = Date.now; Date.now = () => then() + more; }", 1000 * seconds)


def opens_by_keys(ana: Person, base: str) -> str:
    ana.page.goto(base)
    keys(ana, "Open a circle")
    members = ana.page.get_by_role("textbox", name="Link for members")
    expect(members).to_be_visible()
    types(ana, "Your name in the circle", "Ana")
    goes_to(ana, "Free circle")
    for _ in range(3):
        ana.page.keyboard.press("ArrowDown")
    expect(ana.page.get_by_role("radio", name="Quick circle")).to_be_checked()
    link = members.input_value()
    keys(ana, "Enter the circle")
    expect(ana.circle).to_be_visible()
    return link


def knocks_with_a_card(bo: Person, link: str) -> None:
    bo.page.goto(link)
    types(bo, "Your name in the circle", "Bo")
    keys(bo, "How are you here today?")
    goes_to(bo, "Not sure yet")
    bo.page.keyboard.press("ArrowUp")
    bo.page.keyboard.press("ArrowUp")
    expect(bo.page.get_by_role("radio", name="I need time today")).to_be_checked()
    goes_to(bo, "Left open")
    bo.page.keyboard.press("ArrowDown")
    types(bo, "A word for how you are", "tired, but here")
    keys(bo, "Show it to everybody", "Space")
    types(bo, "An intention, for yourself alone", "to stay")
    keys(bo, "Knock")


def test_a_whole_quick_circle_by_keyboard_alone(people: People) -> None:
    ana, bo = people("Ana"), people("Bo")
    link = opens_by_keys(ana, people.base)
    ana.hears_said("Now: Doors")
    knocks_with_a_card(bo, link)
    keys(ana, "Let in Bo")
    bo.sits_with(2)
    expect(ana.circle).to_contain_text("wishes to be listened to")
    keys(ana, "Check-ins")
    ana.reads("I need time today · as usual · wishes to be listened to · tired, but here")
    check_in_with_a_question(ana, bo)
    share_with_more_time(ana, bo)
    keys(ana, "Go on to: Closing round")
    bo.hears_said("Now: Closing round")
    keys(ana, "Hold the circle")
    keys(ana, "Close the circle")
    keys(ana, "Yes, close it for everybody")
    bo.reads("The circle is closed")
    bo.reads("Your intention was: to stay")
    assert not any("to stay" in one for person in people.all for one in person.received)


def check_in_with_a_question(ana: Person, bo: Person) -> None:
    keys(ana, "Go on to: Check-in")
    bo.hears_said("Now: Check-in")
    keys(ana, "A question for everybody")
    types(ana, "A question for everybody", "What helped you this week?")
    keys(ana, "Show it to all")
    bo.hears_said("The question: What helped you this week?")
    keys(ana, "Offer the stick to Bo")
    keys(bo, "Accept the stick")
    ana.reads("Bo still has the stick.")
    onward = ana.page.get_by_role("button", name="Go on to: Sharing round")
    expect(onward).to_have_attribute("aria-disabled", "true")
    keys(bo, "Pass the stick")
    keys(ana, "Accept the stick")
    keys(ana, "Pass the stick")


def share_with_more_time(ana: Person, bo: Person) -> None:
    keys(ana, "Go on to: Sharing round")
    bo.hears_said("Now: Sharing round")
    expect(bo.page.get_by_text("What helped you this week?", exact=True)).to_have_count(0)
    expect(bo.page.locator(".share")).to_have_text(re.compile(r"^About [\d.]+ minutes for you$"))
    keys(ana, "Offer the stick to Bo")
    keys(bo, "Accept the stick")
    keys(bo, "Show the minutes")
    left = bo.page.get_by_text(re.compile(r"^About [\d.]+ minutes left$"))
    minutes = float(left.inner_text().split()[1])
    later(bo, 60 * minutes - 40)
    bo.hears_said("About a minute is left.")
    later(bo, 120)
    bo.hears_said("Your time is over.")
    keys(bo, "Ask for more time")
    ana.hears_said("Bo asks for more time")
    keys(ana, "Give five minutes")
    expect(bo.page.get_by_text("You have asked for more time.")).to_have_count(0)
    expect(left).to_be_visible()
    assert float(left.inner_text().split()[1]) > minutes + 4
    keys(bo, "Pass the stick")
    keys(ana, "Accept the stick")
    keys(ana, "Lay the stick down")


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
