"""Circles for tests, reached by real commands only.

`a_circle(members=3)` seats Fay, who facilitates, and Ada, Bo and Cy. Ids are plain lower-case names, so that a test reads as a story:

    meeting = a_circle(members=3)
    meeting.gives("ada")                        # offered, and accepted
    meeting.do("ada", "pass")
    assert meeting.stick == ("offered", "bo")
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from rooms.circle import Circle, open_circle
from rooms.effects import Effect, WakeAt
from rooms.floor import may_be_heard
from rooms.moves import next_up
from rooms.nouns import Actor, Door, Outside, Role, Timings
from rooms.reducer import apply
from rooms.refusals import Refused
from rooms.rulebook import Command
from rooms.rules import RULES
from rooms.shown import View
from rooms.terms import TERMS
from rooms.views import view_for

COMMANDS: dict[str, type[Command]] = {str(rule.command.__struct_config__.tag): rule.command for rule in RULES}
FACILITATORS = ("fay", "finn", "fred", "flo")
MEMBERS = ("ada", "bo", "cy", "di", "ed", "gus", "hal", "ida", "jo", "kay", "lu", "max", "ned", "ora", "pat", "quin")
OBSERVERS = ("olive", "oscar", "otto", "opal", "odin", "omar", "owen", "oda", "orla")
START = 1_790_000_000.0
E = TypeVar("E", bound=Effect)
DOOR = Door(root="r" * 43, join="j" * 43)


def sealed(word: str) -> str:
    """Something of the form of a sealed text. Nothing in the rules looks inside."""
    return f"sealed-{word}-".ljust(48, "x")


class Meeting:
    """A circle, the time, and what the shell was told to do last."""

    def __init__(self, state: Circle, now: float = START) -> None:
        self.state, self.now = state, now
        self.wake_at: float | None = None
        self.effects: tuple[Effect, ...] = ()

    def do(self, by: Actor, command: str, **fields: Any) -> "Meeting":
        """Apply a command now. A command with a turn, or a link, sees the present one unless told otherwise."""
        kind = COMMANDS[command]
        for name, present in (("turn", self.state.turn), ("link", self.state.door.link + (command == "set_link"))):
            if name in kind.__struct_fields__:
                fields.setdefault(name, present)
        return self.apply(kind(**fields), by)

    def apply(self, command: Command, by: Actor) -> "Meeting":
        self.state, self.effects = apply(self.state, command, by, self.now)
        self.wake_at = next((effect.at for effect in self.effects if isinstance(effect, WakeAt)), None)
        return self

    def refuses(self, by: Actor, command: str, **fields: Any) -> str | None:
        """The code with which a command is refused; None if it is not. Either way this meeting stays as it was."""
        try:
            Meeting(self.state, self.now).do(by, command, **fields)
        except Refused as refused:
            return refused.code.value
        return None

    def wait(self, seconds: float) -> "Meeting":
        """Let time pass as the clock does: every wake that is asked for comes at its time."""
        until = self.now + seconds
        while self.wake_at is not None and self.wake_at <= until:
            self.now = max(self.now, self.wake_at)
            self.do(Outside.SERVER, "wake")
            assert self.wake_at is None or self.wake_at > self.now, "a wake that changes nothing would come for ever"
        self.now = until
        return self

    def knock(self, id_: str, role: Role = "member", **more: Any) -> "Meeting":
        return self.do(Outside.STRANGER, "knock", seat=id_, name=sealed(id_), role=role, **more)

    def terms(self, by: str = "fay", **changes: Any) -> "Meeting":
        """Settle some of the terms, and leave the others."""
        return self.do(by, "set_terms", terms=self.state.terms.evolve(**changes))

    def enter(self, id_: str) -> "Meeting":
        return self.do(Outside.KEYHOLDER, "enter", seat=id_, name=sealed(id_))

    def drop(self, *ids: str) -> "Meeting":
        for id_ in ids:
            self.do(Outside.SERVER, "drop", seat=id_)
        return self

    def arrive(self, id_: str) -> "Meeting":
        return self.do(Outside.SERVER, "arrive", seat=id_)

    def offers(self, to: str, by: str = "fay") -> "Meeting":
        return self.do(by, "offer", to=to)

    def gives(self, to: str, by: str = "fay") -> "Meeting":
        return self.offers(to, by).do(to, "accept")

    def goes_on_to(self, *ids: str) -> "Meeting":
        """The holder passes to the first one, who accepts and passes to the second, and so on."""
        for id_ in ids:
            self.do(self.state.holder or "", "pass", to=id_).do(id_, "accept")
        return self

    @property
    def stick(self) -> tuple[str, str | None]:
        return self.state.stick.state, self.state.stick.seat

    @property
    def heard(self) -> set[str]:
        return set(may_be_heard(self.state))

    @property
    def next(self) -> str | None:
        return next_up(self.state)

    @property
    def ids(self) -> list[str]:
        return [seat.id for seat in self.state.seats]

    def view(self, id_: str | None) -> View:
        return view_for(self.state, id_, self.now)

    def told(self, kind: type[E]) -> list[E]:
        """The latest effects of one kind, in their order."""
        return [effect for effect in self.effects if isinstance(effect, kind)]


def _people(facilitators: int, members: int, observers: int) -> Iterator[tuple[str, Role]]:
    for id_ in FACILITATORS[:facilitators]:
        yield id_, "facilitator"
    for id_ in MEMBERS[:members]:
        yield id_, "member"
    for id_ in OBSERVERS[:observers]:
        yield id_, "observer"


def a_circle(
    members: int = 3, observers: int = 0, facilitators: int = 1, timings: Timings | None = None, **terms: Any
) -> Meeting:
    """A circle in its lobby, everybody present, in the order facilitators, members, observers. `terms`: where they differ."""
    meeting = Meeting(open_circle(DOOR, START, timings).evolve(terms=TERMS.evolve(**terms)))
    for id_, role in _people(facilitators, members, observers):
        if role == "facilitator":
            meeting.enter(id_)
        else:
            meeting.knock(id_, role).do("fay", "admit", seat=id_)
    return meeting
