"""Coming back in real browsers: a reload, a seat that has expired, a link that became another one meanwhile."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Person, comes
from tests.journeys.conftest import People
from tests.serving import FAST, Serving

pytestmark = pytest.mark.journey

KNOWN_LINK = "() => Object.values(sessionStorage).map((kept) => JSON.parse(kept).present)[0]"


def opens(person: Person, summary: str) -> None:
    person.page.locator("summary").get_by_text(summary, exact=True).click()


def shut_to_newcomers(ana: Person) -> None:
    """From now on it is late, for whoever was not in."""
    opens(ana, "Hold the circle")
    opens(ana, "How the circle is held")
    ana.page.get_by_label("Who comes late").select_option(label="For some minutes only")
    ana.page.get_by_label("How long the door stays open").select_option(label="5 minutes")
    ana.press("Hold it like this")
    expect(ana.page.get_by_role("button", name="Hold it like this")).to_be_disabled()


def later(person: Person, seconds: float) -> None:
    person.page.evaluate("(more) => { const then = Date.now; Date.now = () => then() + more; }", 1000 * seconds)


def test_a_reload_keeps_ones_intention_in_this_tab_and_ones_closed_card_is_there_again(people: People) -> None:
    ana, bo, cy = people("Ana"), people("Bo"), people("Cy")
    link = ana.opens_a_circle(people.base)
    cy.knocks(link)
    ana.press("Let in Cy")
    bo.page.goto(link)
    bo.calls_themselves("Bo")
    opens(bo, "How are you here today?")
    bo.page.get_by_role("radio", name="I need time today").check()
    bo.page.get_by_label("A word for how you are").fill("shy")
    bo.page.get_by_label("An intention, for yourself alone").fill("to stay")
    bo.page.reload()
    opens(bo, "How are you here today?")
    expect(bo.page.get_by_label("An intention, for yourself alone")).to_have_value("to stay")
    bo.page.get_by_role("radio", name="I need time today").check()
    bo.page.get_by_label("A word for how you are").fill("shy")
    bo.calls_themselves("Bo")
    bo.press("Knock")
    ana.press("Let in Bo")
    bo.sits_with(3)
    ana.page.get_by_text("Check-ins", exact=True).wait_for()
    bo.page.reload()
    opens(bo, "My check-in")
    bo.reads("The facilitators see your check-in.")
    expect(bo.page.get_by_label("A word for how you are")).to_have_value("shy")
    expect(bo.page.get_by_role("radio", name="I need time today")).to_be_checked()
    expect(bo.page.get_by_label("An intention, for yourself alone")).to_have_value("to stay")
    assert cy.page.get_by_text("Check-ins", exact=True).count() == 0
    bo.press("Leave the circle")
    bo.reads("Your intention was: to stay")
    bo.press("Come back to the door")
    opens(bo, "How are you here today?")
    expect(bo.page.get_by_label("An intention, for yourself alone")).to_have_value("")


def test_whose_seat_has_expired_stands_at_the_door_and_knocks_though_it_is_late(browser: Browser) -> None:
    with Serving(FAST.evolve(seat_grace=1.0)) as serving:
        people = People(browser, serving.base)
        ana, (bo,), link = people.gather("Bo")
        shut_to_newcomers(ana)
        ana.press("Offer the stick to Ana")
        ana.press("Accept the stick")
        bo.page.goto("about:blank")
        ana.sits_with(1)
        bo.page.goto(link.split("#")[0])
        bo.reads("You were here before.")
        bo.calls_themselves("Bo")
        bo.press("Knock")
        ana.reads("They were here before.")
        ana.press("Let in Bo")
        bo.sits_with(2)
        assert all(not person.errors for person in people.all)
        for person in people.all:
            person.closes()


def test_who_has_left_comes_back_to_the_door_and_knocks_though_it_is_late(people: People) -> None:
    ana, (bo,), _ = people.gather("Bo")
    shut_to_newcomers(ana)
    bo.press("Leave the circle")
    bo.press("Come back to the door")
    bo.reads("You were here before.")
    bo.press("Knock")
    ana.reads("They were here before.")


def test_who_comes_too_late_is_told_so_before_they_knock(people: People) -> None:
    ana, (cy,), link = people.gather("Cy")
    shut_to_newcomers(ana)
    ana.press("Offer the stick to Cy")
    cy.press("Accept the stick")
    bo = people("Bo")
    bo.page.goto(link)
    bo.sees("Knock")
    later(bo, 400)
    bo.reads("The circle has begun and takes in nobody new today.")


def test_a_fresh_link_is_shown_at_the_doorway_after_a_reload_and_brings_back_those_who_were_in(
    browser: Browser,
) -> None:
    with Serving(FAST.evolve(seat_grace=1.0)) as serving:
        people = People(browser, serving.base)
        ana, (bo, cy, dee), link = people.gather("Bo", "Cy", "Dee")
        opens(ana, "Hold the circle")
        ana.press("Remove Cy")
        ana.press("Yes, remove Cy")
        cy.reads("You are no longer in the circle")
        opens(ana, "Invite people")
        shown = ana.page.get_by_role("textbox", name="Link for members")
        expect(shown).not_to_have_value(link)
        fresh = shown.input_value()
        cy.page.goto(link)
        cy.reads("There is no circle at this link")
        # Members learn the fresh link with the next keys.
        assert comes(lambda: bo.page.evaluate(KNOWN_LINK) == fresh.split("#")[1])
        for one in (ana, bo):
            one.page.goto("about:blank")
        dee.sits_with(1)
        ana.page.go_back()
        expect(ana.page.get_by_role("textbox", name="Link for members")).to_have_value(fresh)
        ana.calls_themselves("Ana")
        ana.press("Enter the circle")
        bo.page.goto(link.split("#")[0])
        bo.reads("You were here before.")
        bo.calls_themselves("Bo")
        bo.press("Knock")
        ana.press("Let in Bo")
        bo.sits_with(3)
        assert set(ana.seats()) == set(bo.seats()) == {"Ana", "Bo", "Dee"}
        assert all(not person.errors for person in people.all)
        for person in people.all:
            person.closes()
