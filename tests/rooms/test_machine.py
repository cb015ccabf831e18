"""A circle is walked at random: every command, from everybody, at every time, and after each step the laws hold.

`make test` walks the same ways each time, over some thousand steps; `make soak` walks some hundred thousand new ones.
"""

import itertools
import math
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rooms.circle import Circle, open_circle
from rooms.nouns import Actor, Outside, Timings
from rooms.refusals import Refused
from rooms.settle import next_wake, settle
from rooms.shown import CircleView, DoorView
from rooms.terms import TERMS, Terms
from rooms.views import view_for, views_for
from rooms.whispers import audience
from rooms.wire import parse_whisper
from tests.builders import COMMANDS, DOOR, START, sealed
from tests.conftest import PROFILE
from tests.rooms.acts import NONSENSE, an_allowed_act, any_actor, any_fields, made, people
from tests.rooms.kinds import BREATH, BY_PEOPLE, GROUPS, KNOCK, OF_THE_STICK, STORIES, Story
from tests.rooms.law import allowed_to_be_heard, allowed_to_read, allowed_ways, misplaced, ways
from tests.rooms.search import a_voice_comes_back, somebody_here
from tests.rooms.test_whispers import WHOLE as WHISPERS
from tests.rooms.walk import Tally, Walk

TIMINGS = (
    Timings(),
    Timings(
        holder_grace=3.0,
        offer_grace=1.5,
        seat_grace=8.0,
        stand_in=1.0,
        adrift=2.0,
        knock_gone=3.0,
        out_grace=20.0,
        invitation=5.0,
        aside_grace=2.0,
        heads_up=2.0,
        consent=2.0,
        ask_again=3.0,
    ),
    # Graces in an order that nobody would choose.
    Timings(
        holder_grace=200.0,
        seat_grace=20.0,
        stand_in=60.0,
        adrift=5.0,
        knock=8.0,
        knock_gone=50.0,
        empty=90.0,
        out_grace=5.0,
        invitation=200.0,
        aside_grace=100.0,
        heads_up=60.0,
        confirm=2.0,
    ),
)
TERMS_TRIED = (
    TERMS,
    TERMS.evolve(breath=3, observers="ask", late="boundary", camera="holder"),
    TERMS.evolve(observers="newcomers", late="closed", late_after=1, rotates=True),
)
LEAST = {"default": 5_000, "soak": 200_000}
"""steps of all walks together, by how long Hypothesis looks"""
LATE = 8
"""people who have come: late in a walk"""
SPANS = (0.0, 0.5, 1.0, 3.0, 10.0, 25.0, 30.0, 61.0, 120.0, 700.0, 1800.0)


class Machine(RuleBasedStateMachine):
    """Takes the steps of a walk, and looks after each of them."""

    walk: Walk
    tally: ClassVar[Tally] = Tally()

    @property
    def circle(self) -> Circle:
        return self.walk.circle

    @property
    def now(self) -> float:
        return self.walk.meeting.now

    def send_allowed(self, kinds: tuple[str, ...], data: st.DataObject) -> None:
        act = an_allowed_act(self.circle, self.now, kinds, data)
        if act is not None:
            by, kind, fields = act
            assert self.walk.send(by, kind, **fields)

    @initialize(
        timings=st.sampled_from(TIMINGS),
        terms=st.sampled_from(TERMS_TRIED),
        capacity=st.integers(4, 6),
        floor=st.sampled_from(["round", "round", "hands", "open", "silence", "facilitator"]),
        begun=st.sampled_from([True, True, False]),
        named=st.booleans(),
    )
    def opens(self, timings: Timings, terms: Terms, capacity: int, floor: str, begun: bool, named: bool) -> None:
        terms = terms.evolve(capacity=capacity)
        self.walk = Walk(open_circle(DOOR, START, timings).evolve(terms=terms, observers=2, waiting=3), self.tally)
        first = self.walk.new_person(Outside.KEYHOLDER, "enter")
        self.walk.send(first, "keep_door", key=sealed("door", 137))
        others = [
            self.walk.new_person(Outside.STRANGER, "knock", role=role, first_time=True)
            for role in ("member", "member", "observer")
        ]
        for id_ in others:
            self.walk.send(first, "admit", seat=id_)
        if named:
            self.walk.send(first, "name_successor", seat=others[1])
        if begun:
            self.walk.send(first, "offer", to=others[0])
            self.walk.meeting.now += terms.breath
            self.walk.send(others[0], "accept")
        self.walk.send(first, "set_floor", floor=floor)

    @precondition(lambda self: self.circle.phase != "closed")
    @rule(data=st.data(), moves=st.integers(1, 6))
    def the_stick_moves(self, data: st.DataObject, moves: int) -> None:
        for _ in range(moves):
            self.send_allowed(OF_THE_STICK, data)

    @precondition(lambda self: self.circle.phase != "closed")
    @rule(data=st.data(), kinds=st.sampled_from(GROUPS), moves=st.integers(1, 5))
    def people_do_what_they_may(self, data: st.DataObject, kinds: tuple[str, ...], moves: int) -> None:
        for _ in range(moves):
            self.send_allowed(kinds, data)

    @precondition(lambda self: self.circle.phase != "closed")
    @rule(data=st.data(), moves=st.integers(1, 3))
    def somebody_does_what_was_not_done_yet(self, data: st.DataObject, moves: int) -> None:
        for _ in range(moves):
            self.send_allowed(tuple(kind for kind in BY_PEOPLE if kind not in self.walk.done), data)

    @precondition(lambda self: self.circle.phase != "closed")
    @rule(data=st.data(), stories=st.lists(st.sampled_from(STORIES), min_size=1, max_size=3))
    def one_thing_leads_to_another(self, data: st.DataObject, stories: list[Story]) -> None:
        for kinds in itertools.chain(*stories):
            if kinds == KNOCK:
                role = data.draw(st.sampled_from(["member", "observer"]), label="role")
                self.walk.new_person(Outside.STRANGER, "knock", role=role, first_time=True)
            elif kinds == BREATH:
                self.walk.wait(max(0.0, (self.circle.stick.not_before or 0.0) - self.now))
            else:
                self.send_allowed(kinds, data)

    @precondition(lambda self: self.circle.phase != "closed")
    @rule(data=st.data(), back=st.sampled_from([True, True, False]))
    def nobody_is_left_to_lead_and_somebody_volunteers(self, data: st.DataObject, back: bool) -> None:
        leading = [seat.id for seat in self.circle.seats if self.circle.leads(seat.id)]
        for one in leading:
            self.walk.send(Outside.SERVER, "drop", seat=one)
        timings = self.circle.timings
        self.walk.wait(timings.stand_in + timings.adrift)
        for kinds in (("volunteer",), ("confirm",), ("confirm",)):
            self.send_allowed(kinds, data)
        for one in leading if back else ():
            self.walk.send(Outside.SERVER, "arrive", seat=one)

    @precondition(lambda self: self.circle.phase != "closed" and self.walk.came > LATE)
    @rule()
    def whoever_leads_closes_it(self) -> None:
        leading = [seat.id for seat in self.circle.seats if self.circle.leads(seat.id)]
        if leading:
            assert self.walk.send(leading[0], "close")

    @rule(data=st.data(), kind=st.sampled_from(sorted(COMMANDS)), who=st.sampled_from([*Outside, NONSENSE, "somebody"]))
    def anybody_sends_anything(self, data: st.DataObject, kind: str, who: Actor) -> None:
        by, fields = any_actor(self.circle, who, data), any_fields(self.circle, kind, data)
        if made(kind, fields) is None:
            return
        if kind not in {"knock", "enter"}:
            self.walk.send(by, kind, **fields)
        elif isinstance(by, Outside):
            self.walk.new_person(by, kind, **{name: value for name, value in fields.items() if name != "seat"})
        else:
            assert not self.walk.send(by, kind, seat="new")

    @rule(role=st.sampled_from(["member", "member", "observer"]), answer=st.sampled_from(["admit", "turn_away", None]))
    def somebody_knocks(self, role: str, answer: str | None) -> None:
        id_ = self.walk.new_person(Outside.STRANGER, "knock", role=role)
        leading = [seat.id for seat in self.circle.seats if self.circle.leads(seat.id)]
        if leading and answer:
            self.walk.send(leading[0], answer, seat=id_)

    @precondition(lambda self: self.circle.seats)
    @rule(data=st.data(), kind=st.sampled_from(["drop", "arrive"]))
    def a_connection_comes_or_goes(self, data: st.DataObject, kind: str) -> None:
        one = data.draw(st.sampled_from(people(self.circle)), label="whose")
        assert self.walk.send(Outside.SERVER, kind, seat=one)

    @precondition(lambda self: self.circle.phase != "closed")
    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: float) -> None:
        self.walk.wait(span)

    @rule(span=st.sampled_from(SPANS))
    def time_passes_while_the_clock_sleeps(self, span: float) -> None:
        self.walk.meeting.now += span

    @invariant()
    def it_is_counted(self) -> None:
        self.tally.steps += 1

    @invariant()
    def the_shape_is_right(self) -> None:
        assert misplaced(self.circle) == []

    @invariant()
    def only_allowed_seats_are_heard(self) -> None:
        allowed = allowed_to_be_heard(self.circle)
        assert self.walk.meeting.heard == allowed
        assert len(allowed) <= 1 or self.circle.shielded or self.circle.floor in {"open", "facilitator"}

    @invariant()
    def sound_and_pictures_reach_whom_the_laws_allow_and_the_relay_knows_it(self) -> None:
        seats = {seat.id: seat for seat in self.circle.seats}
        actual = ways(self.walk.relay.gates, set(seats))
        assert actual == allowed_ways(self.circle)
        assert not [way for way in actual if seats[way[0]].role == "observer" or seats[way[0]].out]
        apart = {one: aside.seats for aside in self.circle.asides if len(aside.seats) > 1 for one in aside.seats}
        assert not [way for way in actual if apart.get(way[0]) != apart.get(way[1])]

    @invariant()
    def nobody_can_see_whether_anybody_objected(self) -> None:
        asked = [knock.id for knock in self.circle.knocks if knock.state == "asked"]
        if asked:
            otherwise = self.circle.with_knock(asked[0], objected=True, replies=9)
            assert views_for(otherwise, self.now) == views_for(self.circle, self.now)
            assert next_wake(otherwise, self.now) == next_wake(self.circle, self.now)

    @invariant()
    def everybody_sees_the_same_circle_and_only_who_keeps_the_door_sees_who_knocks(self) -> None:
        views = [view_for(self.circle, seat.id, self.now) for seat in self.circle.seats]
        shown = [view for view in views if isinstance(view, CircleView)]
        assert len(shown) == len(views)
        assert all(set(view.heard) == allowed_to_be_heard(self.circle) for view in shown)
        assert len({tuple(seat.id for seat in view.seats) for view in shown}) <= 1
        assert len({view.asides for view in shown}) <= 1
        doors = [seat.away_since is None and "door" in seat.duties for seat in self.circle.seats]
        assert all(view.leads or door or view.knocks == () for view, door in zip(shown, doors, strict=True))

    @invariant()
    def what_is_one_seats_own_is_in_its_view_alone(self) -> None:
        handed, lead_box = self.circle.handed, self.circle.lead_box
        for seat in self.circle.seats:
            view = view_for(self.circle, seat.id, self.now)
            assert isinstance(view, CircleView)
            assert view.handed == (handed if seat.id == self.circle.next_facilitator else None)
            assert view.lead_box == (lead_box if seat.id == self.circle.lead_to else None)
            cards = {one.id: one.card for one in self.circle.seats if one.card is not None}
            reads = view.leads and (seat.role == "facilitator" or self.circle.confirmed is None)
            own = {id_: card for id_, card in cards.items() if reads or card.open or id_ == seat.id}
            assert {one.id: one.card for one in view.seats if one.card is not None} == own

    @invariant()
    def only_who_keeps_the_door_is_shown_there_and_sees_who_waits_for_their_word(self) -> None:
        seats = {seat.id: seat for seat in self.circle.seats}
        here = {id_ for id_, seat in seats.items() if seat.away_since is None and not seat.out}
        keeping = {id_ for id_ in here if "door" in seats[id_].duties or seats[id_].role == "facilitator"}
        keeping |= {self.circle.acting} & {*seats}
        keys = {id_: seat.door_key for id_, seat in seats.items() if seat.door_key is not None and id_ in keeping}
        at_door = view_for(self.circle, None, self.now)
        assert isinstance(at_door, DoorView)
        assert {one.seat: one.key for one in at_door.keepers} == dict(list(keys.items())[:8])
        waiting = {(seat.id, seat.name) for seat in self.circle.seats if seat.name is not None}
        for id_ in seats:
            view = view_for(self.circle, id_, self.now)
            assert isinstance(view, CircleView)
            assert {(one.id, one.name) for one in view.seats if one.name is not None} == (
                waiting if id_ in keeping else set()
            )
            assert {one.id: one.keys for one in view.seats} == {one.id: one.keys for one in self.circle.seats}

    @invariant()
    def whispers_reach_whom_they_may_and_nobody_else(self) -> None:
        for kind, fields in WHISPERS.items():
            fields = {**fields, "turn": self.circle.turn} if kind == "share" else fields
            whisper = parse_whisper({"type": kind, **fields})
            for by in (*people(self.circle), NONSENSE):
                try:
                    reached = set(audience(self.circle, whisper, by, self.now))
                except Refused:
                    reached = set[str]()
                assert reached == allowed_to_read(self.circle, kind, by)

    @invariant()
    def it_is_settled_and_nothing_happens_before_the_wake(self) -> None:
        wake = next_wake(self.circle, self.walk.settled_at)
        assert settle(self.circle, self.walk.settled_at) == self.circle
        if self.circle.phase != "closed":
            assert wake is not None
            for time in ((self.walk.settled_at + wake) / 2, math.nextafter(wake, 0)):
                assert settle(self.circle, time) == self.circle

    @invariant()
    def a_closed_circle_was_forgotten_once_and_an_open_one_was_not(self) -> None:
        assert self.walk.forgotten == (self.circle.phase == "closed")

    @invariant()
    def with_somebody_here_there_is_a_way_back_to_a_speaker(self) -> None:
        ends = self.circle.opened + self.circle.timings.longest
        if self.circle.phase != "closed" and somebody_here(self.circle) and self.now + 300 < ends:
            assert a_voice_comes_back(self.circle, self.now)


@pytest.mark.timeout(0 if PROFILE == "soak" else 600)
def test_every_step_is_lawful_and_every_command_is_tried_and_carried_out() -> None:
    tally = Machine.tally = Tally()
    run_state_machine_as_test(Machine)
    print(tally)
    assert tally.steps >= LEAST[PROFILE]
    assert [kind for kind in COMMANDS if not tally.sent[kind]] == []
    assert [kind for kind in COMMANDS if not tally.done[kind]] == []
