"""The small nouns of a circle, frozen: a seat, a knock, the stick, a step of the agenda. No rule is decided here.

Times are unix seconds as float, always given from outside. Sealed texts and ids are opaque strings.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

import msgspec

from rooms.opaque import OwnNote, RoomLine, RoomNote

Role = Literal["facilitator", "member", "observer"]
Floor = Literal["round", "hands", "open", "silence", "facilitator"]
Phase = Literal["lobby", "open", "closed"]
StickState = Literal["resting", "offered", "held"]
Still = Literal["pause", "silence", "heads_up"]
OutWish = Literal["fine", "someone"]
"""what somebody who steps out says: I am all right, or, I would like someone"""
Reason = Literal["turned_away", "not_today", "removed", "left", "closed", "elsewhere", "expired"]
KnockState = Literal["waiting", "asked", "coming"]

Duty = Literal["door", "time", "guardian", "script"]
Part = Literal[
    "doors", "welcome", "quiet", "agreements", "check_in", "plan", "sharing", "break", "second", "answers", "closing",
    "words", "after", "own",
]  # fmt: skip
"""what a step is for; each has its script in the browser's catalogue, "own" brings its own words"""

Turn = Annotated[int, msgspec.Meta(ge=0, le=2**31)]

STICK_FLOORS: frozenset[Floor] = frozenset({"round", "hands"})


class Outside(StrEnum):
    """Who may send a command without having a seat."""

    STRANGER = "stranger"
    """somebody at the door with the members' link"""
    KEYHOLDER = "keyholder"
    """somebody at the door who has proved to hold the facilitators' key"""
    SERVER = "server"
    """the shell itself: connections and the clock"""


Actor = str | Outside


class Noun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A frozen value; `evolve` makes a changed copy."""

    def evolve(self, **changes: Any) -> Self:
        return msgspec.structs.replace(self, **changes)


class Timings(Noun, frozen=True, kw_only=True):
    """Every grace and limit, seconds. One table, and a value in the circle, so that a test can live faster."""

    holder_grace: float = 25.0
    """a holder who is away keeps the stick this long"""
    offer_grace: float = 10.0
    """an offer to somebody who is away waits this long"""
    seat_grace: float = 120.0
    """a seat is kept this long for somebody who is away"""
    stand_in: float = 10.0
    """no facilitator for this long: the named successor acts"""
    adrift: float = 30.0
    """nobody to lead for this long: members may offer the resting stick"""
    confirm: float = 60.0
    """the others have this long to confirm a volunteer"""
    consent: float = 30.0
    """the circle is asked this long whether somebody may come to listen"""
    knock: float = 600.0
    """a knock waits this long"""
    knock_gone: float = 60.0
    """a knock whose sender is gone is kept this long"""
    empty: float = 1800.0
    """a circle with nobody connected is kept this long"""
    longest: float = 21600.0
    """no circle lasts longer"""
    heads_up: float = 10.0
    """quiet before something hard"""
    out_grace: float = 900.0
    """a seat is kept this long for somebody who stepped out before the connection dropped"""
    invitation: float = 60.0
    """an invitation into an aside waits this long"""
    ask_again: float = 60.0
    """who has declined an invitation is left in peace by the same person for this long"""
    aside_grace: float = 25.0
    """who is away keeps the place in an aside this long"""
    switch: float = 1.0
    """a new epoch's keys are used at the latest after this long"""
    switch_without: float = 0.5
    """and after this long, where it leaves somebody out"""


def due(since: float | None, grace: float, now: float) -> bool:
    """Whether a grace is over; never for what is not under way (None)."""
    return since is not None and now >= since + grace


class Door(Noun, frozen=True, kw_only=True):
    """What the server keeps to check links: RK's public half, SHA-256(join), the link counter."""

    root: str
    join: str
    link: int = 1


class Step(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of the agenda: a row, so that a new kind of meeting is data."""

    part: Part
    floor: Floor
    minutes: Annotated[float, msgspec.Meta(ge=0, le=360)]
    turn: Annotated[int, msgspec.Meta(ge=5, le=3600)] | None = None
    """seconds for each turn; None: no limit"""
    breath: Annotated[int, msgspec.Meta(ge=0, le=60)] = 0
    """seconds of quiet before an offered stick may be accepted"""
    reactions: bool = False
    writing: bool = False
    title: RoomLine | None = None
    script: RoomNote | None = None
    """what to say, where the group has words of its own for it"""


class Card(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A check-in. OutWish and minutes are in the clear, since the time plan needs them; words are sealed."""

    wish: Literal["share", "need", "listen", "unsure"] = "unsure"
    minutes: Literal["short", "usual", "longer"] = "usual"
    answers: Literal["listen", "reflections", "ideas"] | None = None
    words: OwnNote | None = None
    open: bool = False
    """whether all may see it, not only who facilitates"""


class Seat(Noun, frozen=True, kw_only=True):
    """A person's place in the circle, and their only identity. What they are called, only those inside know."""

    id: str
    role: Role
    keys: str | None = None
    """the introduction that waits for a commit"""
    name: str | None = None
    boxes: dict[str, str] | None = None
    """the name, and for each keeper a box, where nobody can vouch for those keys"""
    door_key: str | None = None
    """by which this seat's page reads what is said at the door"""
    away_since: float | None = None
    hand: float | None = None
    microphone: bool = False
    camera: bool = False
    duties: tuple[Duty, ...] = ()
    card: Card | None = None
    adjust: int = 0
    """minutes that facilitators have added to this seat's wish, or taken from it"""
    out: OutWish | None = None
    """has stepped out, and with which wish; the seat is kept"""
    apart: bool = False
    """is in an aside with somebody; settle keeps it so"""
    hushed: bool = False
    """was called back from an aside, perhaps in the middle of a word: not heard before the next press of their own"""
    been_heard: bool = False
    """has held the stick in this meeting, in whichever round"""
    first_time: bool = False
    """this is their first visit, as they said at the door"""
    came_to_listen: bool = False
    """came in as an observer, with the circle's consent where its terms ask for it"""
    asks_seat: bool = False
    """an observer who has asked for a seat, until the stick's next boundary"""

    @property
    def present(self) -> bool:
        return self.away_since is None

    @property
    def here(self) -> bool:
        """Present, and not stepped out."""
        return self.present and self.out is None

    @property
    def reachable(self) -> bool:
        """Whether the stick may come here now."""
        return self.may_hold and self.here and not self.apart

    @property
    def may_hold(self) -> bool:
        """Whether the stick may come here: observers only listen."""
        return self.role != "observer"


class Knock(Noun, frozen=True, kw_only=True):
    """Somebody who asks to come in. Its id becomes the seat's id."""

    id: str
    role: Literal["member", "observer"]
    name: str
    boxes: dict[str, str]
    """for each keeper's seat, what opens these words"""
    since: float
    note: str | None = None
    named: str | None = None
    """the name for those inside, once somebody has let them in"""
    first_time: bool = False
    returns: bool = False
    """had a seat here before"""
    question: str | None = None
    answer: str | None = None
    state: KnockState = "waiting"
    """answered or not: the circle is being asked about them, or they come in at the next boundary"""
    asked: float | None = None
    objected: bool = False
    """by whom is not kept"""
    replies: int = 0
    """a yes and a no are counted alike, so that the version tells nothing of either"""
    away_since: float | None = None


class Volunteer(Noun, frozen=True, kw_only=True):
    """A member who would stand in where nobody leads, and what the others say to it."""

    seat: str
    since: float
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Stick(Noun, frozen=True, kw_only=True):
    """Where the talking stick is. `seat` is None only while it rests."""

    state: StickState = "resting"
    seat: str | None = None
    since: float = 0.0
    allotted: float | None = None
    """seconds for this turn; None: no limit"""
    asks: bool = False
    """the holder asks for more time"""
    over: int = 0
    """minutes begun beyond what was allotted; nothing is ever cut, but the time plan is made anew"""
    not_before: float | None = None


class Pause(Noun, frozen=True, kw_only=True):
    """Nobody is heard in the circle, and the clocks of the meeting stand still; the stick stays where it is."""

    kind: Still
    since: float
    until: float | None = None
    """when it ends by itself; None: when somebody ends it"""
    turn: int = 0
    """whose heads-up it is: it ends with that turn"""


class Aside(Noun, frozen=True, kw_only=True):
    """Some seats apart, with sound and picture to one another only. With one seat alone it is only an invitation yet."""

    seats: tuple[str, ...]
    by: str | None = None
    """who has asked the others; None: pairs of the whole circle"""
    asked: tuple[str, ...] = ()
    """who is invited and has not answered"""
    since: float
    until: float | None = None
    """when all come back by themselves: pairs of the whole circle"""

    @property
    def begun(self) -> bool:
        return len(self.seats) > 1


Declined = tuple[str, str, float]
"""who has asked, who would not come apart with them, and when"""


class Round(Noun, frozen=True, kw_only=True):
    """Each seat heard once. `heard` counts passing too; `later` asked to be come back to, in order of asking. No seat is in both."""

    heard: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    def with_heard(self, seat: str) -> "Round":
        others = self.without(seat)
        return others.evolve(heard=(*others.heard, seat))

    def with_later(self, seat: str) -> "Round":
        others = self.without(seat)
        return others.evolve(later=(*others.later, seat))

    def without(self, seat: str) -> "Round":
        heard = tuple(one for one in self.heard if one != seat)
        return Round(heard=heard, later=tuple(one for one in self.later if one != seat))


class Farewell(Noun, frozen=True, kw_only=True):
    """A seat or knock that ended with the latest change, and why."""

    seat: str
    reason: Reason
