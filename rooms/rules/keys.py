"""The circle's keys: who shows which, and the commits by which they change. Ordered here, and never read."""

from rooms.circle import Circle
from rooms.commits import Commit
from rooms.nouns import Actor
from rooms.opaque import Boxes, DoorKey, DoorName, Introduction, unvouched
from rooms.refusals import Refusal
from rooms.rulebook import ANYONE_SEATED, KEEPS_DOOR, Command, Guard, Rule, who


class KeepDoor(Command, frozen=True, kw_only=True):
    """Show the key for which words at the door are sealed."""

    key: DoorKey


class Introduce(Command, frozen=True, kw_only=True):
    """Show one's keys to those inside, until a commit wraps for them; at the door, boxes for those who keep it now."""

    keys: Introduction | None = None
    name: DoorName | None = None
    boxes: Boxes | None = None

    def __post_init__(self) -> None:
        """Raises ValueError: name and boxes belong to keys for which nobody can vouch; without keys there are boxes only."""
        alone = self.keys is None
        asks = alone or unvouched(self.keys or "")
        if (self.boxes is None) == asks or (self.name is None) == (asks and not alone):
            raise ValueError


def _known(circle: Circle, command: Introduce, by: Actor) -> bool:
    return circle.seat(by) is not None if command.keys is not None else circle.knock(by) is not None


def _sit_here(circle: Circle, command: Commit, _by: Actor, _now: float) -> bool:
    return all(circle.seat(seat) is not None for seat in command.wraps)


def _nobody_left_out(circle: Circle, command: Commit, by: Actor, _now: float) -> bool:
    here = {seat.id for seat in circle.seats if seat.present}
    return circle.keeps(by, "door") or here & {*circle.keyed} <= {*command.wraps}


_THEIRS = who(
    "any seat, with its keys; or who knocked, without", lambda circle, command, by, _now: _known(circle, command, by)
)
_FOLLOWS = Guard(
    "it follows the latest commit", lambda circle, command, _by, _now: command.n == circle.epoch + 1, Refusal.STALE
)
_SIT_HERE = Guard("those for whom it is wrapped sit here", _sit_here, Refusal.NO_SUCH_SEAT)
_NOBODY_LEFT_OUT = Guard(
    "it leaves nobody out who is connected and had the keys before; or facilitators, or who keeps the door, sent it",
    _nobody_left_out,
    Refusal.NOT_YOURS,
)


def keep_door(circle: Circle, command: KeepDoor, by: str, _now: float) -> Circle:
    return circle.with_seat(by, door_key=command.key)


def introduce(circle: Circle, command: Introduce, by: str, _now: float) -> Circle:
    """Whoever has new keys has no door key of the old ones any more."""
    if command.keys is None:
        return circle.with_knock(by, boxes=command.boxes)
    return circle.with_seat(by, keys=command.keys, name=command.name, boxes=command.boxes, door_key=None)


def commit(circle: Circle, command: Commit, _by: Actor, _now: float) -> Circle:
    """Who has keys now needs no introduction any more."""
    for seat in command.wraps:
        circle = circle.with_seat(seat, keys=None, name=None, boxes=None)
    return circle.evolve(epoch=command.n, keyed=tuple(sorted(command.wraps)))


RULES = (
    Rule(KeepDoor, KEEPS_DOOR, (), keep_door),
    Rule(Introduce, _THEIRS, (), introduce),
    Rule(Commit, ANYONE_SEATED, (_FOLLOWS, _SIT_HERE, _NOBODY_LEFT_OUT), commit),
)
