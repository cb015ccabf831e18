"""What each seat may see of a circle, filled into the shapes of shown.py: who sees a field is decided here and nowhere else."""

from collections.abc import Mapping
from typing import NamedTuple

from rooms.agenda import ends_at, length
from rooms.circle import Circle
from rooms.floor import may_be_heard, may_be_shown
from rooms.moves import next_up
from rooms.nouns import (
    Knock,
    KnockState,
    Pause,
    Seat,
    Step,
    Stick,
)
from rooms.opaque import MOST_BOXES
from rooms.plan import time_plan
from rooms.shown import (
    AsideView,
    CircleView,
    ComingView,
    DoorView,
    InvitationView,
    KeeperView,
    KnockView,
    PauseView,
    SeatView,
    ShareView,
    StepView,
    StickView,
    View,
    VolunteerView,
)


def door_view(circle: Circle, now: float, knock: Knock | None = None) -> DoorView:
    return DoorView(
        version=circle.version,
        now=now,
        at="waiting" if knock else "door",
        locked=circle.shut,
        full=circle.full("member"),
        closes=circle.closes,
        minutes=length(circle),
        terms=circle.terms,
        root=circle.door.root,
        keepers=_keepers(circle),
        state=knock.state if knock else None,
        question=knock.question if knock else None,
        answer=knock.answer if knock else None,
    )


def _keepers(circle: Circle) -> tuple[KeeperView, ...]:
    keeping = [seat for seat in circle.seats if circle.keeps(seat.id, "door")]
    shown = [KeeperView(seat=seat.id, key=seat.door_key) for seat in keeping if seat.door_key is not None]
    return tuple(shown[:MOST_BOXES])


def view_for(circle: Circle, id_: str | None, now: float) -> View:
    """What this seat or knock may see; None: somebody who has not knocked."""
    return views_for(circle, now).get(id_ or "") or door_view(circle, now)


class Own(NamedTuple):
    """What makes one seat's view differ from another's."""

    leads: bool
    cards: bool
    door: bool
    time: bool
    guardian: bool
    script: bool
    holds: bool
    next: bool
    asked_to_lead: bool
    itself: str | None
    """the seat, where it sees something that no other does: its share of the plan, its closed card"""
    invitation: InvitationView | None


def _own(circle: Circle, seat: Seat, plan: Mapping[str, float]) -> Own:
    keeps = {duty: circle.keeps(seat.id, duty) for duty in ("door", "time", "guardian", "script")}
    leads = circle.leads(seat.id)
    cards = leads and _reads_cards(circle, seat)
    private = (seat.id in plan and not keeps["time"]) or (seat.card is not None and not (cards or seat.card.open))
    return Own(
        leads=leads,
        cards=cards,
        **keeps,
        holds=circle.holder == seat.id,
        next=circle.next_facilitator == seat.id,
        asked_to_lead=circle.lead_to == seat.id,
        itself=seat.id if private else None,
        invitation=_invitation_view(circle, seat),
    )


def _reads_cards(circle: Circle, seat: Seat) -> bool:
    """Closed cards were written for facilitators, and whom they named; not for who stands in by the members' word, nor whom those name."""
    return seat.role == "facilitator" or circle.confirmed is None


def views_for(circle: Circle, now: float) -> dict[str, View]:
    """Everybody's view, by seat or knock id. Seats that may see the same share one object: encode each object once."""
    plan = time_plan(circle, now)
    shared: dict[Own, CircleView] = {}
    views: dict[str, View] = {}
    for seat in circle.seats:
        own = _own(circle, seat, plan)
        views[seat.id] = shared[own] = shared.get(own) or _circle_view(circle, now, own, _plan_view(circle, plan, own))
    return views | _door_views(circle, now)


def _door_views(circle: Circle, now: float) -> dict[str, DoorView]:
    """For each knock; who has been told the same shares one object."""
    shared: dict[tuple[KnockState, str | None, str | None], DoorView] = {}
    for knock in circle.knocks:
        key = (knock.state, knock.question, knock.answer)
        shared[key] = shared.get(key) or door_view(circle, now, knock)
    return {knock.id: shared[knock.state, knock.question, knock.answer] for knock in circle.knocks}


def _plan_view(circle: Circle, plan: Mapping[str, float], own: Own) -> tuple[ShareView, ...]:
    """All of it for who keeps the time; for others their own share."""
    return tuple(
        ShareView(seat=seat.id, seconds=round(plan[seat.id]), adjust=seat.adjust)
        for seat in circle.seats
        if seat.id in plan and (own.time or seat.id == own.itself)
    )


def _unheard(circle: Circle) -> tuple[str, ...]:
    """Who is here and has not held the stick in this meeting. Afterwards nobody is waited for."""
    here = (seat for seat in circle.seats if seat.may_hold and seat.here and not seat.been_heard)
    return () if circle.afterwards else tuple(seat.id for seat in here)


def _circle_view(circle: Circle, now: float, own: Own, plan: tuple[ShareView, ...]) -> CircleView:
    places = {id_: place for place, id_ in enumerate(circle.hands(), start=1)}
    return CircleView(
        version=circle.version,
        now=now,
        phase=circle.phase,
        floor=circle.floor,
        turn=circle.turn,
        locked=circle.locked,
        shielded=circle.shielded,
        terms=circle.terms,
        root=circle.door.root,
        link=circle.door.link,
        epoch=circle.epoch,
        successor=circle.successor,
        acting=circle.acting,
        lead_to=circle.lead_to,
        lead_box=circle.lead_box if own.asked_to_lead else None,
        next_facilitator=circle.next_facilitator if own.leads or own.next else None,
        handed=circle.handed if own.next else None,
        volunteer=_volunteer_view(circle),
        agenda=tuple(_step_view(step) for step in circle.agenda),
        step=circle.step,
        step_since=circle.step_since,
        ends=ends_at(circle),
        script=circle.part.script if circle.part and own.script else None,
        prompt=circle.prompt,
        backwards=circle.backwards,
        unheard_first=circle.unheard_first,
        plan=plan,
        stick=_stick_view(circle.stick, timed=own.time or own.holds),
        next=next_up(circle),
        heard=tuple(sorted(may_be_heard(circle))),
        shown=tuple(sorted(may_be_shown(circle))),
        unheard=_unheard(circle) if own.leads else (),
        pause=_pause_view(circle.pause),
        asides=tuple(AsideView(seats=one.seats, until=one.until) for one in circle.asides if one.begun),
        invitation=own.invitation,
        leads=own.leads,
        adrift=circle.adrift,
        seats=tuple(_seat_view(circle, seat, places.get(seat.id), own) for seat in circle.seats),
        knocks=tuple(_knock_view(knock) for knock in circle.knocks) if own.door else (),
        coming=tuple(_coming_view(circle, knock) for knock in circle.knocks if knock.state != "waiting"),
    )


def _stick_view(stick: Stick, *, timed: bool) -> StickView:
    return StickView(
        state=stick.state,
        seat=stick.seat,
        since=stick.since,
        allotted=stick.allotted if timed else None,
        asks=stick.asks and timed,
        over=stick.over if timed else 0,
        not_before=stick.not_before,
    )


def _step_view(step: Step) -> StepView:
    return StepView(
        part=step.part,
        floor=step.floor,
        minutes=step.minutes,
        turn=step.turn,
        breath=step.breath,
        reactions=step.reactions,
        writing=step.writing,
        title=step.title,
    )


def _seat_view(circle: Circle, seat: Seat, hand: int | None, own: Own) -> SeatView:
    return SeatView(
        id=seat.id,
        role=seat.role,
        keys=seat.keys,
        name=seat.name if own.door else None,
        boxes=seat.boxes if own.door else None,
        present=seat.present,
        hand=hand,
        microphone=seat.microphone,
        camera=seat.camera,
        heard=seat.id in circle.round.heard,
        later=seat.id in circle.round.later,
        duties=seat.duties,
        card=seat.card if seat.card and (own.cards or seat.card.open or seat.id == own.itself) else None,
        out=seat.out is not None,
        wish=seat.out if own.guardian else None,
        hushed=seat.hushed,
        asks_seat=seat.asks_seat,
    )


def _pause_view(pause: Pause | None) -> PauseView | None:
    return PauseView(kind=pause.kind, since=pause.since, until=pause.until) if pause else None


def _invitation_view(circle: Circle, of: Seat) -> InvitationView | None:
    aside = circle.aside(of.id)
    if aside is None or not aside.asked:
        return None
    return InvitationView(seats=aside.seats, asked=aside.asked, until=aside.since + circle.timings.invitation)


def _knock_view(knock: Knock) -> KnockView:
    return KnockView(
        seat=knock.id,
        name=knock.name,
        boxes=knock.boxes,
        note=knock.note,
        role=knock.role,
        since=knock.since,
        first_time=knock.first_time,
        returns=knock.returns,
        question=knock.question,
        answer=knock.answer,
        state=knock.state,
    )


def _coming_view(circle: Circle, knock: Knock) -> ComingView:
    return ComingView(
        seat=knock.id,
        name=knock.named,
        role=knock.role,
        first_time=knock.first_time,
        state=knock.state,
        until=None if knock.asked is None else knock.asked + circle.timings.consent,
    )


def _volunteer_view(circle: Circle) -> VolunteerView | None:
    one = circle.volunteer
    if one is None:
        return None
    others = circle.others(one.seat)
    return VolunteerView(
        seat=one.seat, until=one.since + circle.timings.confirm, yes=len(others & {*one.yes}), others=len(others)
    )
