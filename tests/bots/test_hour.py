"""An hour of eight people, from the first one who comes to the last word, by the agenda of 60 minutes; and nothing of it is left.

Server, sockets, store and relay are real; time stands still while people act and passes when the script says so. What each sees is
compared in words, who is heard by the packets that came.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest

from server.store.memory import MemoryStore
from tests.bots.eight import FACILITATORS, LISTENER, MEMBERS, SPEAKERS, Eight, eight, missed
from tests.bots.participant import Participant
from tests.bots.signaling import Refused
from tests.hourglass import Hourglass
from tests.redis_server import RedisServer
from tests.serving import settings

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
MINUTE = 60.0
WORDS = "I would rather write today. It was a long week, and a good one."


async def doors(circle: Eight) -> None:
    """Ten minutes in which people come one after the other and check in."""
    await circle.comes("Maren")
    await circle["Maren"].chooses("sixty")
    for name in [*SPEAKERS[1:], LISTENER]:
        await circle.time.passes(MINUTE)
        await circle.comes(name)
    await circle["Ruth"].checks_in("need", "tired, but here", minutes="longer")
    await circle["Tomás"].checks_in("share")
    await circle["Noor"].checks_in("share", "quiet today", open_=True)
    await circle["Lena"].checks_in("listen", minutes="short")
    for name in FACILITATORS:
        cards = {"Ruth": "need: tired, but here", "Tomás": "share", "Noor": "share: quiet today", "Lena": "listen"}
        await circle[name].until_sees(cards=cards)
    for name in [*MEMBERS, LISTENER]:
        opened = {} if name == "Noor" else {"Noor": "share: quiet today"}
        await circle[name].line.until(lambda _view, name=name, opened=opened: of_others(circle, name) == opened)
    await circle.all_see(part="doors", listening=[LISTENER], stick="in the centre")
    await circle.all_hear(*FACILITATORS)


def of_others(circle: Eight, name: str) -> dict[str, str]:
    """The cards that somebody sees, without one's own."""
    return {of: card for of, card in circle[name].sees().cards.items() if of != name}


async def welcome(circle: Eight) -> None:
    await circle["Maren"].goes_on()
    await circle.all_see(part="welcome")
    await circle.all_hear(*FACILITATORS)
    await circle.until_left(57.5)
    await circle["Ilya"].goes_on()
    await circle.all_see(part="quiet")
    await circle.all_hear()
    await circle.until_left(57)


async def agreements(circle: Eight) -> None:
    """Whoever raises a hand reads the next line."""
    await circle["Maren"].goes_on()
    await circle.all_see(part="agreements", next=None)
    for name in ("Tomás", "Noor"):
        await circle[name].raises_hand()
        await circle.time.passes(2)
    await circle.all_see(hands=["Tomás", "Noor"], next="Tomás")
    await circle["Maren"].offer(circle["Tomás"])
    await circle.turn("Tomás", 60)
    await circle["Tomás"].pass_on()
    await circle.turn("Noor", 60)
    await circle["Noor"].pass_on()
    await circle.all_see(stick="in the centre", hands=[], so_far=["Tomás", "Noor"])
    await circle.until_left(54)


async def check_in(circle: Eight) -> None:
    """A round: Ruth is come back to, Lena passes."""
    await circle["Maren"].goes_on()
    await circle.all_see(part="check_in", so_far=[])
    await circle["Maren"].offer(circle["Maren"])
    for name, following in (("Maren", "Ilya"), ("Ilya", "Ruth")):
        await circle.turn(name, 60)
        await circle.all_see(next=following)
        await circle[name].pass_on()
    await circle["Ruth"].comes_later()
    await circle.all_see(later=["Ruth"], so_far=FACILITATORS)
    for name in ("Tomás", "Noor", "Sami"):
        await circle.turn(name, 60)
        await circle[name].pass_on()
    await circle["Lena"].decline()
    await circle.turn("Ruth", 60)
    await circle.all_see(next=None, later=["Ruth"], so_far=[name for name in SPEAKERS if name != "Ruth"])
    await circle["Ruth"].pass_on()
    await circle.all_see(stick="in the centre", so_far=SPEAKERS, later=[])
    await circle.until_left(46)


async def plan(circle: Eight) -> None:
    """Who facilitates sees how the minutes are shared out; everybody else their own share, and who listens has none."""
    await circle["Ilya"].goes_on()
    await circle.all_see(part="plan")
    await circle.all_hear(*FACILITATORS)
    shares = circle["Maren"].sees().plan
    assert list(shares) == [name for name in SPEAKERS if name != "Lena"]
    assert sum(shares.values()) == pytest.approx(32 * MINUTE - 6 * 30, abs=3)
    assert max(shares, key=lambda name: shares[name]) == "Ruth"
    assert circle["Ilya"].sees().plan == shares
    for name in MEMBERS:
        assert circle[name].sees().plan == {of: seconds for of, seconds in shares.items() if of == name}
    assert circle[LISTENER].sees().plan == {}
    await circle.until_left(45)


async def sharing(circle: Eight) -> None:
    await circle["Maren"].goes_on()
    await circle["Maren"].asks_all("What helped you through this week?")
    await circle.all_see(part="sharing", prompt="What helped you through this week?", so_far=[])
    await circle["Maren"].offer(circle["Ruth"])
    await more_time(circle)
    await dropped_and_back(circle)
    await written(circle)
    await the_rest_of_the_round(circle)


async def more_time(circle: Eight) -> None:
    """Ruth has the longest turn, and some more. Nobody but she and who facilitates watches a clock."""
    with pytest.raises(Refused, match="not_now"):
        await circle["Ruth"].accept()  # the breath is not over
    await circle.turn("Ruth", 5 * MINUTE)
    with pytest.raises(Refused, match="not_now"):
        await circle["Tomás"].reacts("heart")  # no signs in this step
    allotted = circle["Ruth"].view["stick"]["allotted"]
    assert allotted > 5 * MINUTE
    for one in circle.connected:
        mine = one.name in [*FACILITATORS, "Ruth"]
        assert one.view["stick"]["allotted"] == (allotted if mine else None)
    await circle["Ruth"].asks_for_time()
    await circle["Ilya"].line.until(lambda view: view["stick"]["asks"])
    await circle["Ilya"].gives_time(60)
    await circle["Ruth"].line.until(
        lambda view: view["stick"]["allotted"] == allotted + 60 and not view["stick"]["asks"]
    )
    await circle.time.passes(allotted + 60 - 5 * MINUTE)
    await circle["Ruth"].pass_on()


async def dropped_and_back(circle: Eight) -> None:
    """Tomás loses the connection in the middle of his turn: stick and seat wait, and he speaks on."""
    await circle.turn("Tomás", 2 * MINUTE)
    await circle["Tomás"].close()
    await circle.all_see(away=["Tomás"], stick="with Tomás")
    await circle.all_hear()
    await circle.time.passes(20)
    await circle.all_see(stick="with Tomás", so_far=["Ruth"])
    await circle["Tomás"].comes_back()
    await circle.all_see(away=[], stick="with Tomás")
    await circle.all_hear("Tomás")
    await circle.time.passes(MINUTE)
    await circle["Tomás"].pass_on()


async def written(circle: Eight) -> None:
    """Noor writes; all read it, nobody hears her. Sami steps out meanwhile, and the stick goes by."""
    await circle.all_see(stick="offered to Noor")
    await circle.breath()
    await circle["Noor"].accept()
    await circle["Noor"].share(WORDS)
    for one in circle.connected:
        told = await one.line.until_whisper(lambda told: told["type"] == "share")
        assert one.read(told) == WORDS
        assert not any(told["text"] in str(view) for kind, view in one.line.received if kind == "view")
    await circle.all_hear("Noor", quiet="Noor")
    await circle["Sami"].steps_out("someone")
    for one in circle.connected:
        await one.until_sees(out={"Sami": "someone" if one.name in FACILITATORS else None}, next="Lena")
    await circle.time.passes(3 * MINUTE)
    await circle["Noor"].pass_on()
    await circle.all_see(stick="offered to Lena")
    with pytest.raises(Refused, match="not_yours"):
        await circle["Noor"].line.whisper(
            "share", turn=circle["Noor"].view["turn"], text=circle["Noor"].seal("x", "share")
        )


async def the_rest_of_the_round(circle: Eight) -> None:
    """Lena is come back to, Sami too; eight minutes before the end those who facilitate are told who is missing."""
    await circle["Lena"].comes_later()
    await circle.turn("Maren", 3 * MINUTE)
    await circle["Sami"].steps_in()
    await circle.all_see(out={}, later=["Lena"])
    await circle["Maren"].pass_on()
    await circle.turn("Ilya", 3 * MINUTE)
    await circle["Ilya"].pass_on()
    await circle.turn("Sami", MINUTE)
    await circle.until_left(8.1)
    assert await missed(circle["Maren"], circle.time.now()) == []
    await circle.until_left(8)
    for name in FACILITATORS:
        assert await missed(circle[name], circle.time.now()) == ["Lena"]
    await circle.all_see(so_far=[name for name in SPEAKERS if name not in {"Sami", "Lena"}])
    await circle["Sami"].pass_on()
    await circle.turn("Lena", 30)
    await circle["Lena"].pass_on()
    await circle.all_see(stick="in the centre", so_far=SPEAKERS)
    assert await missed(circle["Maren"], circle.time.now()) == []


async def answers(circle: Eight) -> None:
    """Quiet signs and written lines are welcome here."""
    await circle["Maren"].goes_on()
    await circle.all_see(part="answers", prompt=None)
    await circle["Tomás"].reacts("with_you")
    await circle["Ilya"].writes("writing", "Thank you, Noor.")
    for one in circle.connected:
        told = await one.line.until_whisper(lambda told: told["type"] == "reaction")
        assert (one.names()[told["by"]], told["reaction"]) == ("Tomás", "with_you")
        assert one.read(await one.line.until_whisper(lambda told: told["type"] == "writing")) == "Thank you, Noor."
    with pytest.raises(Refused, match="not_yours"):
        await circle[LISTENER].reacts("heart")
    await circle.until_left(6)


async def closing(circle: Eight) -> None:
    """A last round, and words to take home."""
    await circle["Ilya"].goes_on()
    await circle.all_see(part="closing", so_far=[])
    await circle["Ilya"].offer(circle["Maren"])
    for name in SPEAKERS:
        await circle.turn(name, 30)
        await circle[name].pass_on()
    await circle.all_see(stick="in the centre", so_far=SPEAKERS)
    await circle.until_left(2)
    await circle["Maren"].goes_on()
    await circle.all_see(part="words")
    await circle.all_hear(*FACILITATORS)
    await circle.until_left(0)


async def together(circle: Eight) -> None:
    """Afterwards, without an agenda, all hear all."""
    await circle["Maren"].goes_on()
    await circle.all_see(part="after")
    await circle.all_hear(*SPEAKERS)
    await circle.time.passes(5 * MINUTE)


class Kept(MemoryStore):
    """Says how much it keeps."""

    def kept(self) -> int:
        return len(self._kept)


@asynccontextmanager
async def kept_in(where: str) -> AsyncGenerator[tuple[Eight, Callable[[], int]]]:
    """A circle kept there, and how many entries are kept there: in Redis a circle has two, the other one for its commits."""
    if where == "redis":
        with RedisServer() as redis:
            async with eight(given=settings(REDIS_URL=redis.url)) as circle:
                yield circle, lambda: len(redis.keys())
    else:
        time = Hourglass()
        store = Kept(time.now)
        async with eight(time=time, store=store) as circle:
            yield circle, store.kept


@pytest.mark.parametrize("where", ["memory", "redis"])
async def test_eight_people_hold_an_hour_by_its_agenda_and_nothing_of_it_is_left(where: str) -> None:
    async with kept_in(where) as (circle, kept):
        await doors(circle)
        began = circle.time.now()
        for part in (welcome, agreements, check_in, plan, sharing, answers, closing):
            await part(circle)
        assert circle.time.now() - began == pytest.approx(60 * MINUTE)
        await together(circle)
        assert kept() == {"memory": 1, "redis": 2}[where]
        everybody = circle.connected
        await circle["Ilya"].closes()
        for one in everybody:
            assert await one.line.until_ended() == "closed"
        assert kept() == 0
        await nobody_knows_it_any_more(circle, everybody[0])


async def nobody_knows_it_any_more(circle: Eight, maren: Participant) -> None:
    """Neither by links nor by a token; not even that it was there: it can be opened again."""
    for newcomer in (Participant(circle.links.members, "Late"), Participant(circle.links.facilitators, "Late")):
        with pytest.raises(Refused, match="unknown"):
            await newcomer.line.connect()
    await maren.line.until_gone()
    with pytest.raises(Refused, match="unknown"):
        await maren.line.connect()
    await maren.line.open_circle()
