"""How somebody who has a seat and no keys shows themselves, and when (7.5)."""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from tests.bots.keys import door, introduction, words
from tests.bots.keys.certificate import DAY, FACILITATES
from tests.bots.keys.circle import Ground
from tests.bots.keys.derive import hkdf
from tests.bots.keys.identity import Pair
from tests.bots.keys.introduction import Introduction, Kind
from tests.bots.keys.making import Newcomer
from tests.bots.keys.octets import Bad, b64, unb64
from tests.bots.keys.shelf import Shelf
from tests.bots.keys.sight import Sight

COMES, UNANSWERED = 2.5, 6.0
"""seconds for which who was let in waits for the commit, and for which an answer to a proof is waited for"""


class Resume(NamedTuple):
    """What a tab keeps beyond a reload: R, m, and the name."""

    secret: bytes
    epoch: int
    name: str


def facilitator(ground: Ground, own: Pair, now: float) -> str:
    """keys of kind 1."""
    certificate = ground.certify(own.public, FACILITATES, int(now) + DAY)
    return b64(introduction.facilitator(own.public, certificate).raw)


def back(ground: Ground, seat: bytes, own: Pair, resume: Resume) -> str:
    """keys of kind 2."""
    return b64(introduction.back(ground, seat, own.public, resume.epoch, resume.secret).raw)


def boxes(
    ground: Ground, link: bytes, own: Pair, secret: bytes, keepers: Iterable[tuple[str, bytes]], now: float
) -> dict[str, str]:
    """For each door key that RK vouches for, by seat; the others are passed over."""
    made: dict[str, str] = {}
    for seat, key in keepers:
        try:
            keeper = door.read_door_key(ground, key, now)
        except Bad:
            continue
        if len(made) < door.BOXES:
            made[seat] = b64(door.box(ground, link, keeper, own.public, secret))
    return made


def stranger(
    ground: Ground,
    link: bytes,
    own: Pair,
    name: str,
    secret: bytes,
    keepers: Iterable[tuple[str, bytes]],
    now: float,
) -> dict[str, object]:
    """The fields of an introduction of kind 0."""
    sealed = words.doorstep(ground.rid, secret).seal(name, "name")
    return {
        "keys": b64(introduction.stranger(own.public).raw),
        "name": b64(sealed),
        "boxes": boxes(ground, link, own, secret, keepers, now),
    }


def kind(ground: Ground, resume: Resume | None, waited: float, tried: float | None) -> Kind | None:
    """How to introduce oneself now; `waited` since one sits here without keys, `tried` since one gave a proof. None: not yet."""
    if ground.seed is not None:
        return Kind.FACILITATOR
    if resume is not None and (tried is None or tried < UNANSWERED):
        return Kind.BACK
    patience = COMES if resume is None else 0.0
    return Kind.STRANGER if waited >= patience else None


def coming(ground: Ground, sight: Sight, own: bytes, shelf: Shelf, now: float) -> dict[bytes, Newcomer]:
    """Introductions that hold and need no press, by seat."""
    found: dict[bytes, Newcomer] = {}
    for seat, place in sight.seats.items():
        if seat != own and place.keys is not None:
            with suppress(Bad):
                who = introduction.read(unb64(place.keys))
                if _holds(ground, seat, who, shelf, now):
                    certificate = who.certificate if who.kind is Kind.FACILITATOR else None
                    found[seat] = Newcomer(who.keys, shelf.name(seat), certificate)
    return found


def _holds(ground: Ground, seat: bytes, who: Introduction, shelf: Shelf, now: float) -> bool:
    entry = shelf.latest and shelf.latest.roster.at(seat)
    if entry and entry.keys == who.keys:
        return True  # their wrap was lost
    if who.kind is Kind.BACK:
        return introduction.proves_back(ground, seat, who, shelf.resume(who.epoch, seat))
    return introduction.proves_facilitator(ground, who, now)


def present_link(ground: Ground, counter: int, own: tuple[int, bytes], shelf: Shelf) -> tuple[int, bytes] | None:
    """L of the present counter, if it can be known here."""
    if ground.seed is not None:
        return counter, hkdf(ground.seed, f"link{counter}")
    known = [own, *((one.block.counter, one.block.link) for one in shelf.epochs.values())]
    return next((one for one in known if one[0] == counter), None)
