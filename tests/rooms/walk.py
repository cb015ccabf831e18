"""One circle on its way: each step goes through `send`, which holds what every single step must hold."""

from collections import Counter
from typing import Any

import msgspec

from rooms.circle import Circle
from rooms.effects import Evict, Forget, SwitchKeys, WakeAt
from rooms.nouns import Actor, Outside
from rooms.refusals import Refusal, Refused
from rooms.settle import next_wake
from tests.builders import Meeting
from tests.rooms.acts import people
from tests.rooms.law import Relay, allowed_ways, ways


class Tally:
    """What all walks together have tried."""

    def __init__(self) -> None:
        self.steps = 0
        self.sent: Counter[str] = Counter()
        """by command, refused or not"""
        self.done: Counter[str] = Counter()

    def __str__(self) -> str:
        rare = ", ".join(f"{kind} {count}" for kind, count in self.done.most_common()[:-9:-1])
        return f"{self.steps} steps, {self.sent.total()} commands, {self.done.total()} not refused; the rarest: {rare}"


class Walk:
    """A meeting, the relay that obeys it, and how often it was forgotten."""

    def __init__(self, start: Circle, tally: Tally) -> None:
        self.meeting, self.relay, self.tally = Meeting(start), Relay(), tally
        self.came = 0
        self.done: set[str] = set()
        """commands that were not refused"""
        self.forgotten = 0
        self.settled_at = self.meeting.now

    @property
    def circle(self) -> Circle:
        return self.meeting.state

    def new_person(self, by: Outside, kind: str, **fields: Any) -> str:
        """Somebody new enters or knocks, under an id that nobody had before."""
        self.came += 1
        id_ = f"person-{self.came}"
        self.send(by, kind, seat=id_, **fields)
        return id_

    def send(self, by: Actor, kind: str, **fields: Any) -> bool:
        """Send one command now; True if it was not refused."""
        before, text = self.circle, msgspec.json.encode(self.circle)
        code = self._try(by, kind, fields)
        self.tally.sent[kind] += 1
        old_link = kind == "knock" and fields.get("link", before.door.link) != before.door.link
        assert code is not Refusal.UNKNOWN or before.phase == "closed" or old_link
        assert code is Refusal.UNKNOWN or before.phase != "closed"
        if code is not None:
            assert self.circle is before
            assert msgspec.json.encode(before) == text
            return False
        self.tally.done[kind] += 1
        self.done.add(kind)
        self.settled_at = self.meeting.now
        self.relay.obey(self.meeting.effects)
        self._keys_are_lawful(before, by)
        self._step_is_lawful(before, came={fields["seat"]} if kind in {"knock", "enter"} else set())
        return True

    def _try(self, by: Actor, kind: str, fields: dict[str, Any]) -> Refusal | None:
        try:
            self.meeting.do(by, kind, **fields)
        except Refused as refused:
            return refused.code
        return None

    def _step_is_lawful(self, before: Circle, came: set[str]) -> None:
        after = self.circle
        changed = after.evolve(version=0, gone=()) != before.evolve(version=0, gone=())
        assert after.version == before.version + changed
        assert after.turn >= before.turn
        where = [(stick.state, stick.seat) for stick in (before.stick, after.stick)]
        assert after.turn > before.turn or where[0] == where[1]
        left = ({*people(before)} | came) - {*people(after)}
        assert sorted(one.seat for one in self.meeting.told(Evict)) == sorted(left)
        ended = after.phase == "closed"
        assert self.meeting.told(Forget) == [Forget()] * ended
        assert self.meeting.told(WakeAt) == [WakeAt(at=next_wake(after, self.meeting.now))] * (not ended)
        self.forgotten += ended
        self._at_no_moment_anybody_hears_more(before)

    def _keys_are_lawful(self, before: Circle, by: Actor) -> None:
        """One commit after another, said once to whom it wraps for; and a page without power leaves nobody out."""
        after, told = self.circle, self.meeting.told(SwitchKeys)
        assert [one.n for one in told] == [before.epoch + 1] * (after.epoch - before.epoch)
        assert after.epoch != before.epoch or after.keyed == before.keyed
        for one in told:
            seats = {seat.id: seat for seat in before.seats}
            here = {id_ for id_, seat in seats.items() if seat.away_since is None}
            assert one.seats <= {*seats}
            assert one.here == one.seats & here
            sender = seats[str(by)]
            power = sender.role == "facilitator" or "door" in sender.duties or before.acting == by
            assert power or {*before.keyed} & here <= one.seats
            assert not [seat for seat in after.seats if seat.id in one.seats and (seat.keys or seat.name or seat.boxes)]

    def _at_no_moment_anybody_hears_more(self, before: Circle) -> None:
        """Each single gate on the way leaves what was allowed before, or what is allowed now: never two voices for one."""
        staying = {seat.id for seat in before.seats} & {seat.id for seat in self.circle.seats}
        was, will = allowed_ways(before), allowed_ways(self.circle)
        for gates in self.relay.moments:
            at_that_moment = ways(gates, staying)
            assert at_that_moment <= was or at_that_moment <= will

    def wait(self, seconds: float) -> None:
        """Let time pass with a clock that keeps every wake."""
        until = self.meeting.now + seconds
        wake: float | None = self.meeting.now
        while wake is not None and wake <= until:
            self.meeting.now = wake
            assert self.send(Outside.SERVER, "wake")
            wake = self.meeting.wake_at
            assert wake is None or wake > self.meeting.now
        self.meeting.now = until
