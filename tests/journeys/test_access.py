"""Every page and state, in light and dark, as axe-core sees it: no violation; and nothing wider than a small telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.journeys.browser import Person
from tests.journeys.conftest import People
from tests.journeys.looking import violations

pytestmark = pytest.mark.journey

SMALL: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1440, "height": 900}


class Looking:
    """Looks at one page in both colour schemes and both sizes, and remembers what is wrong, and where."""

    def __init__(self) -> None:
        self.wrong: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def at(self, state: str, person: Person) -> None:
        self.seen.append(state)
        page = person.page
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for size in (SMALL, WIDE):
                page.set_viewport_size(size)
                found = violations(page)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append("wider than the window")
                if found:
                    self.wrong[f"{state}, {scheme}, {size['width']}"] = found


@pytest.fixture
def looking() -> Iterator[Looking]:
    looked = Looking()
    yield looked
    assert looked.seen
    assert looked.wrong == {}


def test_the_pages_before_the_circle(people: People, looking: Looking) -> None:
    ana = people("Ana")
    ana.page.goto(people.base)
    looking.at("start", ana)
    ana.press("Open a circle")
    ana.page.get_by_role("textbox", name="Link for members").wait_for()
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    looking.at("links and the facilitator's doorway", ana)
    bo = people("Bo")
    bo.page.goto(link)
    bo.calls_themselves("Bo")
    looking.at("doorway", bo)
    bo.switches_on("Microphone")
    bo.switches_on("Camera")
    bo.page.get_by_text("What we agree on").click()
    looking.at("doorway with devices and agreements", bo)
    bo.page.get_by_label("I only want to listen this time").check()
    looking.at("doorway, only listening", bo)
    bo.press("Knock")
    bo.reads("it knocks for you as soon as somebody is")
    looking.at("a knock that waits for somebody to be there", bo)
    ana.press("Enter the circle")
    bo.reads("You have knocked")
    looking.at("waiting", bo)
    cy = people("Cy")
    cy.page.goto(people.base + "/c/abc")
    cy.reads("There is no circle at this link")
    looking.at("no circle", cy)
    cy.page.goto(people.base + "/nothing")
    looking.at("nothing here", cy)
    # The browser itself notes a page that is not there.
    cy.errors = [error for error in cy.errors if "404" not in error]


def test_the_circle_from_first_to_last(people: People, looking: Looking) -> None:
    ana = people("Ana")
    link = ana.opens_a_circle(people.base)
    looking.at("alone", ana)
    bo, cy, dee = people("Bo"), people("Cy"), people("Dee")
    bo.knocks(link, devices=True)
    ana.sees("Let in Bo")
    looking.at("somebody knocks", ana)
    ana.press("Let in Bo")
    cy.knocks(link)
    ana.press("Let in Cy")
    dee.knocks(link, listen=True)
    ana.press("Let in Dee")
    dee.sits_with(4)
    looking.at("the stick rests, for who leads", ana)
    looking.at("the stick rests, for a member", cy)
    looking.at("listening", dee)
    cy.press("Ask for the stick")
    looking.at("asked", cy)
    ana.press("Offer the stick to Bo")
    bo.sees("Accept the stick")
    looking.at("offered to me", bo)
    bo.press("Accept the stick")
    bo.sees("Pass the stick")
    looking.at("held by me", bo)
    ana.hears_said("Bo holds the stick")
    looking.at("held by another", ana)
    ana.page.get_by_text("Hold the circle").click()
    ana.press("Remove Dee")
    looking.at("tools and a question", ana)
    ana.page.get_by_text("Invite people").click()
    looking.at("links in the circle", ana)
    ana.press("Yes, remove Dee")
    dee.reads("You are no longer in the circle")
    looking.at("removed", dee)
    ana.press("Close the circle")
    ana.press("Yes, close it for everybody")
    cy.reads("The circle is closed")
    looking.at("closed", cy)


def test_a_circle_with_an_agenda(people: People, looking: Looking) -> None:
    ana, bo = people("Ana"), people("Bo")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    ana.page.get_by_role("radio", name="A list of our own").check()
    ana.press("Add this part")
    ana.page.get_by_label("Which part").select_option(label="A part of our own")
    looking.at("a list of our own", ana)
    link = ana.opens_a_circle(people.base, "Quick circle")
    bo.page.goto(link)
    bo.page.get_by_text("How are you here today?").click()
    bo.page.get_by_role("radio", name="Ideas are welcome").check()
    bo.page.get_by_label("Show it to everybody").check()
    looking.at("a card at the doorway", bo)
    bo.calls_themselves("Bo")
    bo.press("Knock")
    ana.press("Let in Bo")
    bo.sits_with(2)
    for heading in ("Check-ins", "All parts", "A question for everybody", "Time plan"):
        ana.page.get_by_text(heading, exact=True).first.click()
    looking.at("doors, for who leads", ana)
    ana.page.get_by_role("textbox", name="A question for everybody").fill("What helped you through this week?")
    ana.press("Show it to all")
    ana.reads("What helped you through this week?")
    bo.page.get_by_text("My check-in", exact=True).click()
    looking.at("a question and one's own card, for a member", bo)
    ana.press("Go on to: Check-in")
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.sees("Pass the stick")
    bo.page.evaluate("() => { const then = Date.now; Date.now = () => then() + 90_000; }")
    bo.press("Show the minutes")
    bo.reads("Your time is over.")
    looking.at("the time is over", bo)
    bo.press("Ask for more time")
    ana.hears_said("Bo asks for more time")
    looking.at("somebody asks for more time", ana)
    tools = ("Hold the circle", "Order of the seats", "Duties", "Another agenda")
    for heading in tools:
        ana.page.get_by_text(heading, exact=True).click()
    looking.at("order, duties and another agenda", ana)


def test_what_is_said_without_a_voice(people: People, looking: Looking) -> None:
    ana, (bo,), link = people.gather("Bo")
    dee = people("Dee")
    dee.knocks(link, listen=True)
    ana.press("Let in Dee")
    dee.sits_with(3)
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    bo.page.get_by_text("Write instead").click()
    words = bo.page.get_by_label("Your words, for all to read")
    words.fill("漢" * 2000)
    bo.reads("That is more than fits at once.")
    looking.at("writing more than fits", bo)
    words.fill("It felt like a door. " * 40)
    bo.press("Show it to the circle")
    dee.reads("It felt like a door.")
    dee.page.get_by_text("A word to the facilitators").click()
    dee.page.get_by_label("What they should know").fill("I feel dizzy.")
    dee.press("Send it")
    dee.reads("It has reached them.")
    looking.at("writing for all", bo)
    looking.at("a written share, and a note that was sent", dee)
    ana.reads("I feel dizzy.")
    looking.at("a note to who facilitates", ana)
    bo.press("Lay the stick down")
    ana.page.get_by_text("Hold the circle").click()
    ana.page.get_by_label("Who may speak").select_option(label="Open")
    bo.page.get_by_text("Written to all").click()
    bo.page.get_by_label("A line to all").fill("Thank you for tonight.")
    bo.press("Send it to all")
    expect(bo.page.locator(".said li")).to_have_count(1)
    bo.press("A heart")
    expect(bo.page.locator(".sign")).to_have_count(1)
    looking.at("signs and lines", bo)


def test_the_doors_and_what_facilitators_settle(people: People, looking: Looking) -> None:
    ana, bo, dee = people("Ana"), people("Bo"), people("Dee")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    ana.page.get_by_text("How the circle is held").click()
    ana.page.get_by_label("Who comes late").select_option(label="For some minutes only")
    looking.at("the terms at the first doorway", ana)
    link = ana.opens_a_circle(people.base)
    bo.knocks(link)
    ana.sees("Let in Bo")
    ana.page.get_by_text("Ask Bo something").first.click()
    ana.page.get_by_role("textbox", name="Ask Bo something").fill("Who told you of us?")
    ana.press("Send the question")
    ana.reads("No answer yet.")
    bo.reads("The facilitators ask")
    looking.at("a question over the doorstep", bo)
    looking.at("a question over the doorstep, inside", ana)
    ana.press("Let in Bo")
    bo.sits_with(2)
    for heading in ("Hold the circle", "Who facilitates", "How the circle is held"):
        ana.page.locator("summary").get_by_text(heading, exact=True).click()
    ana.page.get_by_label("Who may only listen").select_option(label="After the circle is asked")
    ana.press("Hold it like this")
    ana.page.get_by_label("Ask a member to facilitate too").select_option(label="Bo")
    bo.sees("Accept")
    dee.knocks(link, listen=True)
    ana.press("Let in Dee")
    bo.sees("I'd rather not today")
    looking.at("may somebody listen, and asked to facilitate", bo)
    looking.at("who facilitates, and the terms", ana)
    ana.press("Shield the circle")
    bo.reads("The circle is shielded.")
    looking.at("shielded", bo)


def test_the_end_and_the_goodbye(people: People, looking: Looking) -> None:
    ana, bo = people("Ana"), people("Bo")
    ana.page.goto(people.base)
    ana.press("Open a circle")
    link = ana.page.get_by_role("textbox", name="Link for members").input_value()
    ana.page.get_by_role("radio", name="Quick circle").check()
    ana.page.locator("summary").get_by_text("How the circle is held", exact=True).click()
    ana.page.get_by_label("The next time").fill("Tuesday at seven")
    ana.page.get_by_label("Whose help lines come first").select_option(label="Germany")
    ana.page.get_by_label("Somebody else facilitates each time").check()
    ana.press("Enter the circle")
    bo.page.goto(link)
    bo.page.get_by_text("How are you here today?").click()
    bo.page.get_by_label("An intention, for yourself alone").fill("to stay with it, whatever comes")
    bo.calls_themselves("Bo")
    bo.press("Knock")
    ana.press("Let in Bo")
    bo.sits_with(2)
    ana.page.get_by_text("Hold the circle", exact=True).click()
    ana.page.locator("summary").get_by_text("Who facilitates", exact=True).click()
    ana.page.get_by_label("Who facilitates the next time").select_option(label="Bo")
    bo.sees("Rather not")
    bo.page.locator("summary").get_by_text("Notes for myself", exact=True).click()
    bo.page.get_by_role("textbox", name="Notes for myself").fill("The door was open.")
    looking.at("asked to facilitate the next time, with notes", bo)
    goes_to_its_end(ana, bo, looking)
    says_goodbye(ana, bo, looking)


def goes_to_its_end(ana: Person, bo: Person, looking: Looking) -> None:
    for part in ("Check-in", "Sharing round", "Closing round"):
        ana.press(f"Go on to: {part}")
        # The page's clock is set by each view: the last one is to be here before the clock is moved.
        ana.hears_said(f"Now: {part}")
    ana.page.evaluate("() => { const then = Date.now; Date.now = () => then() + 25 * 60_000; }")
    ana.reads("Not yet heard today")
    ana.press("Close the circle")
    looking.at("near the end, with the last question", ana)
    ana.press("No, go back")
    ana.press("Go on to: Afterwards")
    bo.reads("Nothing of the circle is kept.")
    looking.at("afterwards", bo)


def says_goodbye(ana: Person, bo: Person, looking: Looking) -> None:
    ana.press("Close the circle")
    ana.press("Yes, close it for everybody")
    bo.sees("Take the link")
    looking.at("a goodbye with all that is one's own", bo)
    bo.press("Take the link")
    bo.page.get_by_role("textbox", name="Link for facilitators").wait_for()
    looking.at("a goodbye with the link", bo)
    address = bo.page.get_by_role("textbox", name="Link for facilitators").input_value()
    bo.page.goto(address)
    bo.sees("Open the circle again")
    looking.at("no circle, for who may open it again", bo)
