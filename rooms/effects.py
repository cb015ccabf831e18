"""What the shell must do after a command, as values. Derived by comparing the circle before with after, so no rule can forget one."""

from typing import Literal

from rooms.nouns import Noun, Reason

Kind = Literal["audio", "video"]
Audience = Literal["all", "nobody"] | frozenset[str]


class Gate(Noun, frozen=True, kw_only=True):
    """From now on a seat's sound or picture goes to this audience. To be in force before anyone is told."""

    seat: str
    kind: Kind
    audience: Audience


class WakeAt(Noun, frozen=True, kw_only=True):
    """Send the circle a Wake at this time. Replaces the wake asked for before; None: no wake is needed."""

    at: float | None


class SwitchKeys(Noun, frozen=True, kw_only=True):
    """There is a new epoch `n`: tell its seats to use it when all of those have it who are here, or after so many seconds."""

    n: int
    seats: frozenset[str]
    here: frozenset[str]
    within: float


class Evict(Noun, frozen=True, kw_only=True):
    """This seat or knock has ended: tell it why, end its media, void its token."""

    seat: str
    reason: Reason


class Forget(Noun, frozen=True, kw_only=True):
    """The circle is over: delete it everywhere."""


Effect = Gate | WakeAt | SwitchKeys | Evict | Forget
