"""Who commits, and why (7.4). The reasons are a table; the order says how long each page leaves it to those before it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tests.bots.keys.certificate import FACILITATES, STANDS_IN
from tests.bots.keys.circle import Ground
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.making import FRESH, Maker, Newcomer, powers
from tests.bots.keys.roster import Entry, Roster
from tests.bots.keys.sight import Sight

STEP = 1.5
AWAY, OLD, LEFT_ALONE = 15.0, 600.0, 5.0
Reason = tuple[str, bytes]
"""what, and about whom"""


@dataclass(frozen=True)
class Moment:
    """All that the question hangs on, as one page has it."""

    now: float
    ground: Ground
    maker: Maker
    epoch: Epoch | None
    standing: Roster | None
    """the latest one that the server has shown, whether one is in it or not"""
    installed: float
    sight: Sight
    away_since: Mapping[bytes, float]
    alone_since: float | None
    """since when nobody of the standing roster is here"""
    coming: Mapping[bytes, Newcomer]
    """introductions that hold"""
    pressed: Mapping[bytes, Newcomer]
    """whom a person on this page let in"""
    link: tuple[int, bytes] | None
    """the present one, if known here"""
    name: str | None
    """one's own"""
    lost: frozenset[bytes] = frozenset()
    """whose introductions still stand, though their keys are on the roster: the wrap was lost"""
    broken: bool = False
    """the server's newest commit does not hold"""

    @property
    def entries(self) -> Iterable[Entry]:
        return self.epoch.roster.entries if self.epoch else ()


def place(roster: Roster, here: Iterable[bytes], mid: bytes) -> int | None:
    """0: first. Among those whose seats are here; None: not among them."""
    present = frozenset(here)
    order = sorted((_rank(entry), entry.index, entry.keys.mid) for entry in roster.entries if entry.seat in present)
    return next((count for count, (_, _, one) in enumerate(order) if one == mid), None)


def _rank(entry: Entry) -> int:
    powers_ = entry.certificate.powers if entry.certificate else 8
    return (powers_ & -powers_).bit_length()


def here(sight: Sight) -> frozenset[bytes]:
    return frozenset(seat for seat, one in sight.seats.items() if one.here)


def _let_in(at: Moment) -> Iterable[bytes]:
    return at.pressed.keys() & at.sight.seats.keys()


def _introduced(at: Moment) -> Iterable[bytes]:
    return at.coming.keys()


def _lost(at: Moment) -> Iterable[bytes]:
    return at.lost


def _gone(at: Moment) -> Iterable[bytes]:
    return (entry.seat for entry in at.entries if entry.seat not in at.sight.seats)


def away(at: Moment) -> frozenset[bytes]:
    """Those who have been so for long enough to be left out; who is back, or introduces themselves, is not."""
    return frozenset(seat for seat, since in at.away_since.items() if at.now - since >= AWAY)


def _shrinks(at: Moment) -> Iterable[bytes]:
    return (entry.seat for entry in at.entries if entry.seat in away(at))


def _role(at: Moment) -> Iterable[bytes]:
    seats = at.sight.seats
    return (entry.seat for entry in at.entries if entry.seat in seats and seats[entry.seat].role != entry.role)


def _certificate(at: Moment) -> Iterable[bytes]:
    """Only who holds the seed can do something about it."""
    if at.ground.seed is None:
        return ()
    return (entry.seat for entry in at.entries if entry.seat in at.sight.seats and _differs(at, entry))


def _differs(at: Moment, entry: Entry) -> bool:
    held = entry.certificate
    wanted = powers(at.maker, entry.seat, at.sight.seats[entry.seat], held)
    spent = held is not None and held.until <= at.now + FRESH
    return wanted != (held.powers if held else 0) or spent


def _link(at: Moment) -> Iterable[bytes]:
    outdated = at.epoch is not None and at.link is not None and at.epoch.block.counter < at.link[0]
    return (b"",) if outdated else ()


def _unnamed(at: Moment) -> Iterable[bytes]:
    own = at.maker.keys.mid
    return () if at.epoch is None or at.name is None or own in dict(at.epoch.block.names) else (at.maker.seat,)


def _broken(at: Moment) -> Iterable[bytes]:
    """Only who leads is followed over a commit that does not hold."""
    own = at.epoch and at.epoch.roster.of(at.maker.keys.mid)
    leads = own and own.certificate is not None and own.certificate.powers & (FACILITATES | STANDS_IN)
    return (b"",) if at.broken and leads else ()


def _old(at: Moment) -> Iterable[bytes]:
    return (b"",) if at.now - at.installed >= OLD else ()


OWN = frozenset({"let in", "unnamed"})
"""reasons that only one page has: it waits for nobody"""
REASONS: tuple[tuple[str, Callable[[Moment], Iterable[bytes]]], ...] = (
    ("let in", _let_in),
    ("introduced", _introduced),
    ("lost", _lost),
    ("gone", _gone),
    ("away", _shrinks),
    ("role", _role),
    ("certificate", _certificate),
    ("link", _link),
    ("unnamed", _unnamed),
    ("broken", _broken),
    ("old", _old),
)


def reasons(at: Moment) -> frozenset[Reason]:
    """To commit now, in whoever's hands that is. Without an epoch there is but one: to begin."""
    if at.epoch is None:
        return frozenset({("begin", b"")}) if _begins(at) else frozenset()
    return frozenset((what, whom) for what, find in REASONS for whom in find(at))


def _begins(at: Moment) -> bool:
    if at.ground.seed is None:
        return False
    if at.sight.epoch == 0:
        return True
    return at.standing is not None and at.alone_since is not None and at.now - at.alone_since >= LEFT_ALONE


def due(at: Moment, since: Mapping[Reason, float]) -> frozenset[Reason]:
    """Those for which this page's time has come."""
    if at.epoch is None:
        return frozenset(since)
    mine = place(at.epoch.roster, here(at.sight), at.maker.keys.mid)
    if mine is None:
        return frozenset()
    return frozenset(
        reason for reason, began in since.items() if at.now - began >= (0 if reason[0] in OWN else mine * STEP)
    )
