"""The shapes of what seats see: an allow-list, field by field. A new field here is a decision about who sees it."""

from typing import Literal

import msgspec

from rooms.nouns import (
    Card,
    Duty,
    Floor,
    KnockState,
    OutWish,
    Part,
    Phase,
    Role,
    StickState,
    Still,
)
from rooms.terms import Terms


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Something that travels to browsers."""


class StickView(Shown, frozen=True, kw_only=True):
    """`allotted`, `asks` and `over` only for its holder and for who keeps the time: nobody else watches a clock."""

    state: StickState
    seat: str | None
    since: float
    allotted: float | None
    asks: bool
    over: int
    not_before: float | None


class StepView(Shown, frozen=True, kw_only=True):
    """A step of the agenda."""

    part: Part
    floor: Floor
    minutes: float
    turn: int | None
    breath: int
    reactions: bool
    writing: bool
    title: str | None


class SeatView(Shown, frozen=True, kw_only=True):
    """A seat, as the others see it.

    `keys`: the introduction of who waits for a commit, for all; `name` and `boxes`, where nobody can vouch for it, for who keeps
    the door. `card` for its writer and who leads, and for all if its writer has opened it. `out` for all, with which wish for who
    guards the circle. `hushed`: called back from an aside, and not heard before the next press of their own; the browser switches
    the microphone off.
    """

    id: str
    role: Role
    keys: str | None
    name: str | None
    boxes: dict[str, str] | None
    present: bool
    hand: int | None
    microphone: bool
    camera: bool
    heard: bool
    later: bool
    duties: tuple[Duty, ...]
    card: Card | None
    out: bool
    wish: OutWish | None
    hushed: bool
    asks_seat: bool


class PauseView(Shown, frozen=True, kw_only=True):
    """Nobody is heard in the circle; its clocks stand still at `since`. `until`: when it ends by itself."""

    kind: Still
    since: float
    until: float | None


class AsideView(Shown, frozen=True, kw_only=True):
    """Seats that are apart, with sound and picture to one another only: all see who, nobody else hears what."""

    seats: tuple[str, ...]
    until: float | None


class InvitationView(Shown, frozen=True, kw_only=True):
    """For those whom it is about: `seats` ask, `asked` have not answered, and `until` then it is withdrawn."""

    seats: tuple[str, ...]
    asked: tuple[str, ...]
    until: float


class ShareView(Shown, frozen=True, kw_only=True):
    """Seconds proposed for somebody in the time plan, and the minutes by which facilitators have changed the wish."""

    seat: str
    seconds: int
    adjust: int


class KnockView(Shown, frozen=True, kw_only=True):
    seat: str
    name: str
    boxes: dict[str, str]
    note: str | None
    role: Literal["member", "observer"]
    since: float
    first_time: bool
    returns: bool
    question: str | None
    answer: str | None
    state: KnockState


class ComingView(Shown, frozen=True, kw_only=True):
    """Somebody of whom the circle is asked, or who sits down at the stick's next boundary. What was answered nobody sees."""

    seat: str
    name: str | None
    role: Literal["member", "observer"]
    first_time: bool
    state: KnockState
    until: float | None


class KeeperView(Shown, frozen=True, kw_only=True):
    """Somebody who keeps the door and is here, with the key for which words at the door are sealed."""

    seat: str
    key: str


class VolunteerView(Shown, frozen=True, kw_only=True):
    """Who would stand in, how many have confirmed it so far, and of how many."""

    seat: str
    until: float
    yes: int
    others: int


class CircleView(Shown, frozen=True, kw_only=True):
    """What a seat sees. `root`: by whose key certificates are signed; `epoch`: the number of the latest commit.

    `heard` is heard in the circle, `shown` is seen; whoever is in one of the `asides` is heard and seen there, by its seats alone. `leads`,
    `duties` of one's own seat and `adrift` say what is in its hands, and what it sees follows from that: `knocks` for the door, the whole
    `plan` for the time (of others' plans nobody else sees anything but their own share). `next_facilitator` for who leads, and for that
    seat itself; what it is `handed`, and the `lead_box` of who is offered to lead, for that seat alone. `script`, the group's own words for
    this step, for who keeps the script. `unheard` in the whole meeting, in the order of seats, for who leads.
    """

    version: int
    now: float
    phase: Phase
    floor: Floor
    turn: int
    locked: bool
    shielded: bool
    terms: Terms
    root: str
    link: int
    epoch: int
    successor: str | None
    acting: str | None
    lead_to: str | None
    lead_box: str | None
    next_facilitator: str | None
    handed: str | None
    volunteer: VolunteerView | None
    agenda: tuple[StepView, ...]
    step: int | None
    step_since: float
    ends: float | None
    script: str | None
    prompt: str | None
    backwards: bool
    unheard_first: bool
    plan: tuple[ShareView, ...]
    stick: StickView
    next: str | None
    heard: tuple[str, ...]
    shown: tuple[str, ...]
    unheard: tuple[str, ...]
    pause: PauseView | None
    asides: tuple[AsideView, ...]
    invitation: InvitationView | None
    leads: bool
    adrift: bool
    seats: tuple[SeatView, ...]
    knocks: tuple[KnockView, ...]
    coming: tuple[ComingView, ...]
    at: Literal["circle"] = "circle"


class DoorView(Shown, frozen=True, kw_only=True):
    """What somebody at the door sees: of who is inside the door keys of who keeps it, and nothing else; and all that they are promised.

    `root`: by whose key those are certified. `minutes`: how long it takes by its agenda. `state`, `question`, `answer`: of their own
    knock.
    """

    version: int
    now: float
    at: Literal["door", "waiting"]
    locked: bool
    full: bool
    closes: float | None
    minutes: float | None
    terms: Terms
    root: str
    keepers: tuple[KeeperView, ...]
    state: KnockState | None
    question: str | None
    answer: str | None


View = CircleView | DoorView
