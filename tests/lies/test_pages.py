"""The worst lies against the real page in a real Chromium: it gives no keys away, shows nothing that is not who it is said to be, and says
what does not fit."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.bots.keys.octets import b64
from tests.bots.member import Member
from tests.journeys.browser import PATIENCE, Person, chromium, comes
from tests.lies.aside import Aside
from tests.lies.edge import Lie, Lying, Told
from tests.lies.ghost import Ghost
from tests.lies.lies import About, all_of, put, swap, withhold

pytestmark = pytest.mark.journey

ENOUGH = 100
"""packets: with so many something would be seen or heard"""
APART = "Not everyone sees the same circle right now"
SILENT = "For a while there has been no sign"
# Every sound that the page plays.
PLAYING = """
window.playing = [];
window.Audio = class extends Audio { constructor(...given) { super(...given); playing.push(this); } };
"""
RENDERED = """() => playing.filter((one) => one.srcObject).length
  + [...document.querySelectorAll("video")].filter((one) => one.srcObject).length"""


class Page:
    """Bo in front of a browser; Fay, who facilitates, and whoever else is a bot."""

    def __init__(self, browser: Browser, served: Lying) -> None:
        self.edge, self.aside = served.edge, Aside(served)
        self.fay = self.aside.enters("Fay")
        self.bo = Person(browser, "Bo")
        self.bo.context.add_init_script(PLAYING)
        self.seat: str | None = None

    def seats(self, name: str) -> str | None:
        if name == "Bo":
            return self.seat
        return next((one.seat for one in self.aside.people if one.name == name), None)

    def comes(self) -> None:
        self.bo.knocks(self.aside.links.members)
        self.seat = self.aside.lets_in()
        self.bo.sits_with(len(self.fay.view["seats"]))

    def about(self, name: str, field: str = "") -> About:
        return About("Bo", name, field)

    def plays_nothing_of(self, speaker: Member) -> None:
        """However much comes."""
        assert comes(lambda: self.bo.counts(speaker.seat)["packets"] > ENOUGH)
        count = self.bo.counts(speaker.seat)
        assert (count["frames"], count["energy"]) == (0, 0)
        assert self.bo.page.evaluate(RENDERED) == 0

    def begins_anew(self) -> None:
        """The page's subscription."""
        self.edge.say(Told(self.seat, "media", {"type": "lost", "side": "subscribe"}))

    def close(self) -> None:
        self.bo.closes()
        self.aside.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with Lying(timings=None) as served:
        made = Page(browser, served)
        yield made
        made.close()
        assert made.bo.errors == []


def test_with_another_root_than_the_links_the_page_tells_the_server_nothing_of_who_knocks(page: Page) -> None:
    own = b64(bytes(range(32)))
    page.edge.lie = lambda told: [told._replace(data=put(told.data, "root", own, page.seats))]
    page.bo.knocks(page.aside.links.members)
    page.bo.reads("it knocks for you as soon as somebody is")
    page.edge.lie = lambda told: [told]
    page.aside.run(page.fay.raises_hand())
    assert [told.name for told in page.edge.heard if told.to is None] == ["enter"]


def test_a_ghost_that_the_server_admits_is_shown_as_nobody_and_gets_no_keys(page: Page) -> None:
    page.comes()
    ghost = Ghost(page.aside.links.members, "Ghost")
    page.aside.run(ghost.sits_down(page.fay))
    expect(page.bo.circle.get_by_role("listitem")).to_have_count(3)
    page.bo.reads("Somebody is coming in")
    page.aside.run(page.fay.line.command("set_floor", floor="open"))
    wrapped = {seat for told in page.edge.heard if told.name == "commit" for seat in told.data["wraps"]}
    assert ghost.seat not in wrapped
    page.aside.run(ghost.close())


def test_a_wrap_of_somebody_elses_is_not_taken_and_the_page_gets_its_own(page: Page) -> None:
    page.comes()
    page.edge.lie = swap(page.about("commit", "wrap"), page.seats, page.edge.told)
    page.aside.comes(Member(page.aside.links.members, "Cy", listens=False))
    page.bo.sits_with(3)
    assert any(told.name == "fetch" and told.to == page.seat for told in page.edge.heard)


def test_kept_in_an_older_circle_the_page_says_that_not_everyone_sees_the_same(page: Page) -> None:
    page.comes()
    told, seats = page.edge.told, page.seats
    page.edge.lie = all_of(
        withhold(page.about("commit"), seats, told),
        withhold(page.about("fetch", "commits.last"), seats, told),
        _epoch(page),
    )
    page.aside.comes(Member(page.aside.links.members, "Cy", listens=False))
    expect(page.bo.page.get_by_text(APART)).to_be_visible(timeout=PATIENCE + 20_000)
    page.edge.lie = lambda told: [told]
    page.aside.run(page.fay.raises_hand())
    expect(page.bo.page.get_by_text(APART)).to_have_count(0)
    page.bo.sits_with(3)


def _epoch(page: Page) -> Lie:
    """The one that the page has, for ever."""
    n = page.fay.keyed.n
    return lambda one: [one._replace(data=put(one.data, "epoch", n, page.seats))] if one.to == page.seat else [one]


def test_without_the_facilitators_sign_the_page_says_so_within_a_minute(page: Page) -> None:
    page.bo.page.clock.install()
    page.comes()
    page.edge.lie = withhold(page.about("beat"), page.seats, page.edge.told)
    page.bo.page.clock.run_for(50_000)
    expect(page.bo.page.get_by_text(SILENT)).to_have_count(0)
    page.bo.page.clock.run_for(15_000)
    page.bo.reads(SILENT)


def test_nothing_of_one_seat_is_shown_under_anothers_name(page: Page) -> None:
    ada = page.aside.speaks("Ada")
    fay = page.fay.seat
    page.edge.lie = lambda one: (
        [
            one._replace(
                data={**one.data, "tracks": {mid: {**of, "seat": fay} for mid, of in one.data["tracks"].items()}}
            )
        ]
        if one.name == "offer"
        else [one]
    )
    page.comes()
    page.plays_nothing_of(ada)
    page.edge.lie = lambda told: [told]
    page.begins_anew()
    assert comes(lambda: page.bo.counts(ada.seat)["frames"] > 0 and page.bo.counts(ada.seat)["energy"] > 0)


def test_plain_sound_and_pictures_are_not_played(page: Page) -> None:
    page.comes()
    ada = _plain(page)
    page.plays_nothing_of(ada)


def test_nor_where_the_server_has_receivers_made_before_their_tracks(page: Page) -> None:
    """The fault of browsers by which plain frames pass a transform that comes late: an m-line is offered without a direction first."""
    page.comes()
    page.edge.lie = lambda one: (
        [_without_direction(one), one] if one.name == "offer" and one.to == page.seat and one.data["tracks"] else [one]
    )
    ada = _plain(page)
    page.plays_nothing_of(ada)


def _without_direction(one: Told) -> Told:
    return one._replace(data={**one.data, "tracks": {}, "sdp": one.data["sdp"].replace("a=sendonly", "a=inactive")})


def _plain(page: Page) -> Member:
    """Somebody inside who speaks without encryption."""
    ada = Member(page.aside.links.members, "Ada", listens=False)
    ada.keyed.sealing.seal = lambda _kind, frame: frame  # type: ignore[method-assign]
    page.aside.comes(ada)
    page.aside.run(ada.sit())
    page.aside.run(page.fay.offer(ada))
    page.aside.run(ada.accept())
    return ada
