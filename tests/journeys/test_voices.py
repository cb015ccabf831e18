"""What is said without a voice, in real browsers: written shares, quiet signs, lines and notes; and who sees none of them."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.conftest import People

pytestmark = pytest.mark.journey
SIGNS = ("A heart", "I am with you", "Thank you")


def beside(people: People, ana: Person, name: str) -> Person:
    """Somebody who facilitates too."""
    ana.page.get_by_text("Invite people").click()
    link = ana.page.get_by_role("textbox", name="Link for facilitators").input_value()
    other = people(name)
    other.page.goto(link)
    other.calls_themselves(name)
    other.press("Enter the circle")
    return other


def listening(people: People, ana: Person, link: str, name: str) -> Person:
    """Somebody who only listens."""
    other = people(name)
    other.knocks(link, listen=True)
    ana.press(f"Let in {name}")
    expect(other.circle).to_be_visible()
    return other


def writes(person: Person, panel: str, label: str, text: str, button: str) -> None:
    field = person.page.get_by_label(label, exact=True)
    if not field.is_visible():
        person.page.get_by_text(panel, exact=True).click()
    field.fill(text)
    person.press(button)


def writes_instead(person: Person, text: str) -> None:
    writes(person, "Write instead", "Your words, for all to read", text, "Show it to the circle")


def sets_floor(ana: Person, name: str) -> None:
    if not ana.page.get_by_label("Who may speak").is_visible():
        ana.page.get_by_text("Hold the circle").click()
    ana.page.get_by_label("Who may speak").select_option(label=name)


def was_told(person: Person, kind: str) -> bool:
    """Whether a whisper of this kind has come over this browser's line, sealed or not."""
    return any('"whisper"' in frame and f'"{kind}"' in frame for frame in person.received)


def reads_large(person: Person, text: str) -> None:
    expect(person.page.locator(".written blockquote")).to_have_text(text)


def test_who_holds_the_stick_writes_and_all_read_it_until_the_turn_ends(people: People) -> None:
    ana, (bo, cy), link = people.gather("Bo", "Cy")
    dee = listening(people, ana, link, "Dee")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.page.get_by_text("Write instead").click()
    field = bo.page.get_by_label("Your words, for all to read")
    field.fill("Last week I slept.\nIt felt like a door.")
    cy.hears_said("Bo holds the stick")
    assert cy.page.locator(".written").count() == 0
    bo.press("Show it to the circle")
    for one in (ana, bo, cy, dee):
        reads_large(one, "Last week I slept.\nIt felt like a door.")
    for one in (ana, cy, dee):
        one.hears_said("Bo writes: Last week I slept.")
    bo.hears_said("Everybody reads your words now")
    expect(bo.page.get_by_role("button", name="Show it to the circle")).to_be_focused()
    field.fill("A wide door.")
    bo.press("Show it to the circle")
    reads_large(dee, "A wide door.")
    bo.press("Pass the stick")
    cy.sees("Accept the stick")
    for one in (ana, bo, cy, dee):
        expect(one.page.locator(".written")).to_have_count(0)
    cy.press("Accept the stick")
    cy.page.get_by_text("Write instead").click()
    expect(cy.page.get_by_label("Your words, for all to read")).to_have_value("")


def test_whoever_comes_late_reads_what_is_written_and_the_writer_may_take_it_away(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    writes_instead(bo, "Here I am.")
    cy = people("Cy")
    cy.knocks(link)
    ana.press("Let in Cy")
    reads_large(cy, "Here I am.")
    bo.press("Take it away")
    for one in (ana, bo, cy):
        expect(one.page.locator(".written")).to_have_count(0)


def test_writing_needs_no_microphone(people: People) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base)
    bo = people("Bo", permissions=[])
    bo.page.add_init_script("navigator.mediaDevices.getUserMedia = async () => { throw new Error('none'); };")
    bo.knocks(link)
    ana.press("Let in Bo")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.reads("Your microphone is off.")
    writes_instead(bo, "My hands speak.")
    reads_large(ana, "My hands speak.")


def test_quiet_signs_where_they_are_welcome_and_none_in_a_round(people: People) -> None:
    ana, (bo, cy), link = people.gather("Bo", "Cy")
    dee = listening(people, ana, link, "Dee")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    for one in (ana, bo, cy, dee):
        one.hears_said("You hold the stick" if one is bo else "Bo holds the stick")
        for name in SIGNS:
            assert one.page.get_by_role("button", name=name).count() == 0
    bo.press("Lay the stick down")
    sets_floor(ana, "Open")
    for name in SIGNS:
        cy.sees(name)
    cy.press("I am with you")
    for one in (ana, bo, cy, dee):
        expect(one.circle.get_by_role("listitem").filter(has_text="Cy")).to_contain_text("I am with you")
    assert dee.page.get_by_role("button", name="I am with you").count() == 0
    for one in (ana, bo, cy, dee):
        expect(one.page.locator(".sign")).to_have_count(0, timeout=10_000)
    cy.press("A heart")
    expect(bo.page.locator(".sign")).to_have_count(1)
    sets_floor(ana, "Round")
    expect(bo.page.get_by_role("button", name="A heart")).to_have_count(0)
    expect(bo.page.locator(".sign")).to_have_count(0)


def test_lines_to_all_on_the_open_floor_and_nowhere_in_a_round(people: People) -> None:
    ana, (bo, cy), link = people.gather("Bo", "Cy")
    dee = listening(people, ana, link, "Dee")
    assert bo.page.get_by_text("Written to all").count() == 0
    sets_floor(ana, "Open")
    writes(bo, "Written to all", "A line to all", "Thank you for tonight.", "Send it to all")
    expect(bo.page.get_by_label("A line to all")).to_have_value("")
    for one in (ana, cy, dee):
        one.hears_said("Bo writes to all: Thank you for tonight.")
        one.page.get_by_text("Written to all").click()
        expect(one.page.locator(".said li")).to_have_text(["Bo Thank you for tonight."])
    assert dee.page.get_by_label("A line to all").count() == 0
    sets_floor(ana, "Round")
    expect(cy.page.get_by_text("Written to all")).to_have_count(0)


def test_what_facilitators_write_to_one_another_reaches_no_member(people: People) -> None:
    ana, (bo,), link = people.gather("Bo")
    assert ana.page.get_by_text("Among facilitators").count() == 0
    fay = beside(people, ana, "Fay")
    dee = listening(people, ana, link, "Dee")
    fay.sits_with(4)
    writes(fay, "Among facilitators", "A line to the other facilitators", "More time for Bo?", "Send it to them")
    ana.hears_said("Fay writes to those who facilitate")
    writes(ana, "Among facilitators", "A line to the other facilitators", "Gladly.", "Send it to them")
    for one in (ana, fay):
        expect(one.page.locator(".said li")).to_have_text(["Fay More time for Bo?", "Ana Gladly."])
    assert was_told(ana, "line")
    for one in (bo, dee):
        assert one.page.get_by_text("Among facilitators").count() == 0
        assert not was_told(one, "line")


def test_a_note_reaches_facilitators_only_and_stays_until_each_puts_it_away(people: People) -> None:
    ana, (bo, cy), link = people.gather("Bo", "Cy")
    fay = beside(people, ana, "Fay")
    dee = listening(people, ana, link, "Dee")
    assert ana.page.get_by_text("A word to the facilitators").count() == 0
    for one, text in ((dee, "I feel dizzy."), (bo, "Somebody wrote to me.")):
        writes(one, "A word to the facilitators", "What they should know", text, "Send it")
        one.reads("It has reached them.")
        expect(one.page.get_by_label("What they should know")).to_have_value("")
    for one in (ana, fay):
        one.hears_said("Bo has a private word for you")
        expect(one.page.locator(".notes li p:not(.eyebrow)")).to_have_text(["I feel dizzy.", "Somebody wrote to me."])
    ana.press("Put away the word from Dee")
    expect(ana.page.locator(".notes li")).to_have_count(1)
    expect(fay.page.locator(".notes li")).to_have_count(2)
    assert was_told(ana, "note")
    for one in (bo, cy, dee):
        assert one.page.locator(".notes").count() == 0
        assert not was_told(one, "note")


def test_all_of_it_goes_by_keyboard_and_the_focus_is_never_lost(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.page.get_by_text("Write instead").focus()
    for key in ("Enter", "Tab"):
        bo.page.keyboard.press(key)
    expect(bo.page.get_by_label("Your words, for all to read")).to_be_focused()
    bo.page.keyboard.type("Slowly.")
    for key in ("Tab", "Enter"):
        bo.page.keyboard.press(key)
    reads_large(ana, "Slowly.")
    expect(bo.page.get_by_label("Your words, for all to read")).to_have_value("Slowly.")
    bo.page.keyboard.press("Tab")
    expect(bo.page.get_by_role("button", name="Take it away")).to_be_focused()
    bo.page.keyboard.press("Enter")
    expect(ana.page.locator(".written")).to_have_count(0)
    expect(bo.page.get_by_role("heading", name="You hold the stick")).to_be_focused()
    bo.page.get_by_text("A word to the facilitators").focus()
    for key in ("Enter", "Tab"):
        bo.page.keyboard.press(key)
    bo.page.keyboard.type("All is well.")
    for key in ("Tab", "Enter"):
        bo.page.keyboard.press(key)
    ana.page.get_by_role("button", name="Put away the word from Bo").focus()
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator(".notes")).to_have_count(0)
    expect(ana.page.get_by_role("heading", name="Bo holds the stick")).to_be_focused()
