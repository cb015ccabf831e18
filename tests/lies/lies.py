"""How a server lies about one field of one kind of message to one seat: a function each, by a name. `field` is a path as
`terms.agreements`, in which `@Ada` stands for Ada's seat, or for what belongs to it in a list, and
`first` and `last` for a list's ends; an empty one for the message itself."""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.bots.keys.octets import b64, unb64
from tests.lies.edge import Lie, Told

Seats = Callable[[str], str | None]
"""a seat by its name; None as long as nobody of that name has one"""


class About(NamedTuple):
    """`to`: whose messages are changed."""

    to: str
    name: str
    field: str


def altered(value: Any) -> Any:
    """Something else of the same form."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str) and value in ROLES:
        return ROLES[value]
    data = bytearray(unb64(value))
    data[len(data) // 2] ^= 1
    return b64(bytes(data))


ENDS = {"first": 0, "last": -1}
ROLES = {"member": "observer", "facilitator": "member"}


def look(data: Any, path: str, seats: Seats) -> Any:
    """None where there is nothing."""
    for step in path.split(".") if path else ():
        key = _key(data, step, seats)
        data = None if key is None else data[key]
    return data


def put(data: Any, path: str, value: Any, seats: Seats) -> Any:
    """A copy with this in its place; where there is no such place, unchanged. A whole member of a list that is to be None is left out."""
    changed = copy.deepcopy(data)
    *way, last = path.split(".")
    inner = changed
    for step in way:
        key = _key(inner, step, seats)
        if key is None:
            return changed
        inner = inner[key]
    key = _key(inner, last, seats)
    if key is not None:
        if value is None and isinstance(inner, list):
            del inner[key]
        else:
            inner[key] = value
    return changed


def _key(inner: Any, step: str, seats: Seats) -> Any:
    name = seats(step[1:]) if step.startswith("@") else step
    if isinstance(inner, dict):
        return name if name in inner else None
    if isinstance(inner, list) and step in ENDS:
        return ENDS[step] if inner else None
    if isinstance(inner, list):
        return next(
            (at for at, one in enumerate(inner) if name is not None and name in (one.get("id"), one.get("seat"))), None
        )
    return None


def alter(about: About, seats: Seats, told: list[Told]) -> Lie:
    def change(one: Told) -> list[Told]:
        value = look(one.data, about.field, seats)
        return [one if value is None else one._replace(data=put(one.data, about.field, altered(value), seats))]

    return _only(about, seats, change)


def swap(about: About, seats: Seats, told: list[Told], other: str = "") -> Lie:
    """With the same field as it was told last to somebody else; where `other` is given, with that field of the same message, or the value
    after its `=`."""

    def change(one: Told) -> list[Told]:
        if other.startswith("="):
            value = seats(other[2:]) if other.startswith("=@") else other[1:]
            return [one._replace(data=put(one.data, about.field, value, seats))]
        if other:
            mine, theirs = look(one.data, about.field, seats), look(one.data, other, seats)
            if mine is None or theirs is None:
                return [one]
            return [one._replace(data=put(put(one.data, about.field, theirs, seats), other, mine, seats))]
        others = [was for was in told if was.to not in (one.to, None)]
        theirs = next((found for was in reversed(others) if (found := _same(was, one, about, seats)) is not None), None)
        return [one if theirs is None else one._replace(data=put(one.data, about.field, theirs, seats))]

    return _only(about, seats, change)


def replay(about: About, seats: Seats, told: list[Told]) -> Lie:
    """The field, or the whole message, as this seat was told it first."""

    def change(one: Told) -> list[Told]:
        before = (_same(was, one, about, seats) for was in told if was.to == one.to)
        old = next((value for value in before if value is not None), None)
        if old is None:
            return [one]
        return [one._replace(data=put(one.data, about.field, old, seats) if about.field else old)]

    return _only(about, seats, change)


def _same(was: Told, one: Told, about: About, seats: Seats) -> Any:
    """The field in a message of the same kind; None where there is none. A commit that is fetched is of the kind of one that comes."""
    if was.name == one.name:
        return look(was.data, about.field, seats)
    fetched = one.name == "fetch" and was.name == "commit"
    return look(was.data, about.field.removeprefix("commits.last."), seats) if fetched else None


def withhold(about: About, seats: Seats, told: list[Told]) -> Lie:
    def change(one: Told) -> list[Told]:
        return [one._replace(data=put(one.data, about.field, None, seats))] if about.field else []

    return _only(about, seats, change)


def reorder(about: About, seats: Seats, told: list[Told]) -> Lie:
    """Each second one before the first."""
    held: list[Told] = []

    def change(one: Told) -> list[Told]:
        if held:
            return [one, held.pop()]
        held.append(one)
        return []

    return _only(about, seats, change)


HOW: dict[str, Callable[[About, Seats, list[Told]], Lie]] = {
    "alter": alter,
    "swap": swap,
    "replay": replay,
    "withhold": withhold,
    "reorder": reorder,
}


def _only(about: About, seats: Seats, change: Lie) -> Lie:
    def lie(one: Told) -> list[Told]:
        return change(one) if one.name == about.name and one.to == seats(about.to) else [one]

    return lie


def all_of(*lies: Lie) -> Lie:
    """One after the other."""

    def lie(one: Told) -> list[Told]:
        said = [one]
        for each in lies:
            said = [after for before in said for after in each(before)]
        return said

    return lie
