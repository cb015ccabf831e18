"""Circles for tests, reached by real commands only.

`a_circle(members=3)` seats Fay, who facilitates, and Ada, Bo and Cy. Ids are plain lower-case names, so that a test reads as a story:

    meeting = a_circle(members=3)
    meeting.gives("ada")                        # offered, and accepted
    meeting.do("ada", "pass")
    assert meeting.stick == ("offered", "bo")
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from rooms.circle import Circle, open_circle
from rooms.effects import Effect, WakeAt
from rooms.floor import may_be_heard
from rooms.moves import next_up
from rooms.nouns import Actor, Door, Outside, Role, Timings
from rooms.opaque import DOOR_WORDS, NAME, NOTE, OWN_WORDS, ROOM_WORDS, letters
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


def sealed(word: str, size: int = NAME + DOOR_WORDS) -> str:
    """Something of the form of so many sealed bytes; unless said otherwise, of a name at the door. Nothing in the rules looks inside."""
    return f"sealed-{word}-".ljust(letters(size), "A")


def own(word: str, size: int = NOTE) -> str:
    """Words of one's own, as check-ins and whispers have them."""
    return sealed(word, size + OWN_WORDS)


def in_room(word: str, size: int = NAME) -> str:
    """Words that stand in the room; unless said otherwise, the name of who comes."""
    return sealed(word, size + ROOM_WORDS)


def wrap(word: str) -> str:
    return sealed(word, 80)


def boxes(*keepers: str) -> dict[str, str]:
    return {keeper: sealed(keeper, 144) for keeper in keepers}


def introduction(word: str, kind: int = 2) -> str:
    """Keys with a proof: 0 that there is none, 1 of the seed, 2 of having sat here."""
    return f"{sealed(word, 64)[:85]}A{'AEI'[kind]}{'A' * (0, 97, 48)[kind]}"


def a_commit(n: int, *seats: str) -> dict[str, Any]:
    """The fields of one, with a wrap for each of these seats."""
    names = {"roster": sealed(f"roster-{n}", 70 + 75 * len(seats)), "block": sealed(f"block-{n}", 256 + DOOR_WORDS)}
    signed = {"confirm": sealed(f"confirm-{n}", 32), "signature": sealed(f"signature-{n}", 64)}
    return {"n": n, **names, **signed, "wraps": {seat: wrap(f"{seat}-{n}") for seat in seats}}


DOOR = Door(root=sealed("root", 32), join=sealed("join", 32))
SEALED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "knock": lambda fields: {"name": sealed(fields["seat"]), "boxes": boxes("fay")},
    "enter": lambda fields: {"keys": introduction(fields["seat"], 1)},
    "admit": lambda fields: {"name": in_room(fields["seat"])},
    "offer_lead": lambda fields: {"box": wrap(fields["seat"]) if fields["seat"] else None},
    "set_link": lambda _: {"agreements": None, "limits_words": None, "next_date": None},
}
"""what the browser of who sends a command seals for it"""


def whole(command: str, circle: Circle, fields: dict[str, Any]) -> Command:
    """A command with what is known of the circle and what a browser would seal, where the fields do not say otherwise."""
    kind = COMMANDS[command]
    present = {"turn": circle.turn, "link": circle.door.link + (command == "set_link")}
    known = {name: value for name, value in present.items() if name in kind.__struct_fields__}
    brought = SEALED[command](fields) if command in SEALED else {}
    return kind(**{**known, **brought, **fields})


class Meeting:
    """A circle, the time, and what the shell was told to do last."""

    def __init__(self, state: Circle, now: float = START) -> None:
        self.state, self.now = state, now
        self.wake_at: float | None = None
        self.effects: tuple[Effect, ...] = ()

    def do(self, by: Actor, command: str, **fields: Any) -> "Meeting":
        """Apply a command now. It sees the present turn and link, and brings what a browser would seal, unless told otherwise."""
        return self.apply(whole(command, self.state, fields), by)

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
        return self.do(Outside.STRANGER, "knock", seat=id_, role=role, **more)

    def terms(self, by: str = "fay", **changes: Any) -> "Meeting":
        """Settle some of the terms, and leave the others."""
        return self.do(by, "set_terms", terms=self.state.terms.evolve(**changes))

    def enter(self, id_: str) -> "Meeting":
        """A facilitator sits down, and shows a door key."""
        return self.do(Outside.KEYHOLDER, "enter", seat=id_).keeps_door(id_)

    def keeps_door(self, id_: str) -> "Meeting":
        return self.do(id_, "keep_door", key=sealed(id_, 137))

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
