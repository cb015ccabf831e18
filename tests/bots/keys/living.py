"""Somebody's keys while a circle lasts: told of views and of the event `keys`, they do in `step` whatever is due by then.

Nothing here waits: `clock` gives unix seconds, so that a test may own time.
"""

import asyncio
import os
from contextlib import suppress
from typing import Any

from tests.bots.keys import arrival, beat, commit, door, election, following
from tests.bots.keys.arrival import Resume
from tests.bots.keys.certificate import DAY, FACILITATES, KEEPS_DOOR, Certificate
from tests.bots.keys.checks import Receiver
from tests.bots.keys.circle import Ground
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.identity import Pair
from tests.bots.keys.introduction import Kind
from tests.bots.keys.making import Maker, Newcomer
from tests.bots.keys.octets import Bad, b64, unb64
from tests.bots.keys.outside import Clock, Media, Wire
from tests.bots.keys.pulse import EVERY, Pulse
from tests.bots.keys.roster import SITS, Entry
from tests.bots.keys.shelf import Shelf
from tests.bots.keys.sight import Sight, see
from tests.bots.keys.standing import Standing
from tests.bots.keys.watch import Watch
from tests.bots.signaling import Refused

SWITCH, WITHOUT, LEFT_BEHIND, AGAIN = 1.2, 0.6, 1.5, 1.0
"""seconds after which one sends with keys that are installed; with those that leave somebody out; with none, while somebody is gone and no
new ones have come; and after which an introduction of which no view knows is said again"""


class Keys:
    """`link`: counter and L of the link by which one came. `resume`: of who sat here before, in this tab. `shown`: how one came in."""

    def __init__(
        self,
        ground: Ground,
        wire: Wire,
        media: Media,
        clock: Clock,
        *,
        seat: bytes,
        name: str,
        link: tuple[int, bytes],
        pair: Pair | None = None,
        resume: Resume | None = None,
        shown: Kind | None = None,
    ) -> None:
        self.ground, self.wire, self.media, self.clock = ground, wire, media, clock
        self.seat, self.name, self.link = seat, name, link
        self.resume = resume
        """what a tab keeps, should it be loaded again"""
        self.pair = pair or Pair.make()
        self.secret = os.urandom(32)
        """D, should a keeper have to be asked"""
        self.shelf, self.standing, self.pulse = Shelf(), Standing(self._fetch), Pulse(clock())
        self.sight: Sight | None = None
        self.pressed: dict[bytes, Newcomer] = {}
        self.sends: int | None = None
        """the epoch whose key goes out with frames; None: none"""
        self._switches = float("inf")
        """when one sends with the newest keys at the latest"""
        self._watch = Watch()
        self._links = {link[1]}
        self._roles: set[int] = set()
        self.shown = shown
        """the kind of the introduction that waits, if one does"""
        self._sat: float | None = None
        self._tried: float | None = None
        self._said = self._beaten = 0.0
        self._asked: frozenset[bytes] = frozenset()
        """the door keys for which boxes were made, where nobody can vouch"""
        self._turn = asyncio.Lock()

    async def take_view(self, view: dict[str, Any]) -> None:
        sight = see(view)
        if sight is None:
            return
        async with self._turn:
            self.sight = sight
            self._sat = self.clock() if self._sat is None else self._sat
            await self._step()

    async def take_keys(self, message: dict[str, Any]) -> None:
        """What the event `keys` brings."""
        async with self._turn:
            if message["type"] == "switch":
                if self.epoch is not None and message["n"] == self.epoch.roster.n:
                    self._switch()
                return
            await self._install(await self.standing.take(self._receiver, message, self.clock()))
            await self._step()

    async def take_beat(self, raw: str) -> None:
        async with self._turn:
            own = self.epoch
            if own is None:
                return
            with suppress(Bad):
                told = beat.read(unb64(raw))
                if self.pulse.take(told, own, self.clock()):
                    self.standing.unsure = self.standing.unsure and (told.n, told.head) != (own.roster.n, own.head)
                    await self._install(await self.standing.look(self._receiver, told.n, self.clock()))

    async def step(self) -> None:
        """Do all that is due by now. To be called now and then."""
        async with self._turn:
            await self._step()

    def let_in(self, seat: bytes, who: Newcomer) -> None:
        """Somebody at this page has pressed."""
        self.pressed[seat] = who

    async def keep_door(self) -> None:
        """Show the door key: of who holds the seed, or has a certificate in the roster."""
        certificate = self.certificate()
        if certificate is not None:
            await self.wire.command("keep_door", key=b64(door.door_key(self.pair.public, certificate)))

    @property
    def epoch(self) -> Epoch | None:
        """The present one; None where one is not in it."""
        latest, last = self.shelf.latest, self.standing.last
        return latest if latest and last and latest.roster.n == last.n else None

    @property
    def rooms(self) -> dict[int, bytes]:
        """Room keys by id."""
        return dict(self.shelf.latest.block.rooms) if self.shelf.latest else {}

    @property
    def apart(self) -> bool:
        """Not everyone sees the same circle."""
        return self.pulse.apart(self.clock(), unsure=self.standing.unsure)

    @property
    def silent(self) -> bool:
        """Somebody who could give a sign is here, and for a minute there was none."""
        own, sight = self.epoch, self.sight
        if own is None or sight is None or not self.pulse.silent(self.clock()):
            return False
        here = election.here(sight) - {self.seat}
        return any(_may_beat(entry) and entry.seat in here for entry in own.roster.entries)

    @property
    def _receiver(self) -> Receiver:
        place = self.sight.seats.get(self.seat) if self.sight else None
        proved = self.shown in (Kind.FACILITATOR, Kind.BACK)
        self._roles.add(SITS if place is None else place.role)
        links = frozenset(self._links)
        return Receiver(self.ground, self.pair, self.seat, frozenset(self._roles), links, proved)

    async def _step(self) -> None:
        sight, now = self.sight, self.clock()
        if sight is None or self.seat not in sight.seats:
            return
        self.shelf.sweep(now)
        await self._install(await self.standing.look(self._receiver, sight.epoch, now))
        epoch = self.epoch
        self._watch.look(sight, epoch and epoch.roster, self.standing.shown, now)
        if self._watch.gone is not None and now - self._watch.gone >= LEFT_BEHIND:
            self._stop_sending()
        elif epoch is not None and (now >= self._switches or self._stopped):
            self._switch()
        if self._watch.behind(self.standing.last is not None and sight.epoch > self.standing.last.n, now):
            self._forget()
        at = self._moment(sight, now)
        due = self._watch.due(at)
        if due:
            await self._commit(at, due)
        elif epoch is None:
            await self._introduce(sight, now)
        await self._beat(sight, now)

    def _moment(self, sight: Sight, now: float) -> election.Moment:
        epoch = self.epoch
        introduced = arrival.coming(self.ground, sight, self.seat, self.shelf, now)
        coming = _outside(epoch, introduced)
        return election.Moment(
            now=now,
            ground=self.ground,
            maker=Maker(self.ground, self.pair.public, self.seat, now),
            epoch=epoch,
            standing=self.standing.shown,
            installed=self.shelf.installed,
            sight=sight,
            away_since=self._watch.away,
            alone_since=self._watch.alone,
            coming=coming,
            pressed=self.pressed,
            link=arrival.present_link(self.ground, sight.link, self.link, self.shelf),
            name=self.name,
            lost=self._watch.lost(introduced.keys() - coming.keys(), now),
            broken=self.standing.broken,
        )

    async def _commit(self, at: election.Moment, due: frozenset[election.Reason]) -> None:
        roster, block = following.make(at, due, self.standing.last, self.shelf)
        made, epoch = commit.build(self.pair, roster, block)
        try:
            await self.wire.keys(commit.wire(made, epoch.secret))
            self._watch.done(due, at.now)
        except Refused:
            # Somebody was faster, or sees more. What they did comes as an event, and then it shows what is left to do.
            self._watch.begin_again()

    async def _introduce(self, sight: Sight, now: float) -> None:
        tried = None if self._tried is None else now - self._tried
        kind = arrival.kind(self.ground, self.resume, now - (self._sat or now), tried)
        keepers = frozenset(key for _, key in self.standing.keepers(election.here(sight)))
        asks_others = kind is Kind.STRANGER and keepers != self._asked
        waits = sight.seats[self.seat].keys is not None or now - self._said < AGAIN
        if kind is None or (kind is self.shown and waits and not asks_others):
            return
        self.shown, self._said, self._asked = kind, now, keepers
        if kind is Kind.BACK and self._tried is None:
            self._tried = now
        with suppress(Refused):
            await self.wire.command("introduce", **self._introduction(sight, kind, now))

    def _introduction(self, sight: Sight, kind: Kind, now: float) -> dict[str, object]:
        if kind is Kind.FACILITATOR:
            return {"keys": arrival.facilitator(self.ground, self.pair, now)}
        if kind is Kind.BACK and self.resume is not None:
            return {"keys": arrival.back(self.ground, self.seat, self.pair, self.resume)}
        keepers = self.standing.keepers(election.here(sight))
        link = arrival.present_link(self.ground, sight.link, self.link, self.shelf) or self.link
        return arrival.stranger(self.ground, link[1], self.pair, self.name, self.secret, keepers, now)

    async def _beat(self, sight: Sight, now: float) -> None:
        own = self.epoch
        if own is None or now - self._beaten < EVERY:
            return
        entry = own.roster.of(self.pair.mid)
        if entry and _may_beat(entry) and election.place(own.roster, election.here(sight), self.pair.mid) == 0:
            self._beaten = now
            with suppress(Refused):
                await self.wire.whisper("beat", beat=b64(beat.make(own, self.pair, now).raw))

    def _forget(self) -> None:
        """What one had; the way in is as after a reload."""
        self.pair = Pair.make()
        self.standing.forget()
        self.shown, self._sat, self._tried = None, self.clock(), None
        self._stop_sending()

    async def _install(self, epoch: Epoch | None) -> None:
        if epoch is None:
            if self.epoch is None:
                self._stop_sending()
            return
        before = self.shelf.latest.roster.seats if self.shelf.latest else frozenset[bytes]()
        wait = SWITCH if before <= epoch.roster.seats else WITHOUT
        # Of several keys in a row the first one's time counts.
        self._switches = min(self._switches, self.clock() + wait)
        self.shelf.put(epoch, self.clock())
        self.pressed = _outside(epoch, self.pressed)
        self.pulse.installed(epoch)
        self._links.add(epoch.block.link)
        self._roles = {entry.role for entry in epoch.roster.entries if entry.seat == self.seat}
        self._sat, self.shown, self._tried, self._beaten = self.clock(), None, None, 0.0
        self.resume = Resume(epoch.resume(self.pair.mid), epoch.roster.n, self.name)
        self.media.install(epoch)
        with suppress(Refused):
            await self.wire.keys({"type": "installed", "n": epoch.roster.n})

    def _switch(self) -> None:
        latest = self.shelf.latest
        self._switches = float("inf")
        if latest is not None and self.sends != latest.roster.n:
            self.sends = latest.roster.n
            self.media.switch(latest)

    @property
    def _stopped(self) -> bool:
        """One has sent with these keys, and stopped: whoever was missing is shown again."""
        return self.sends is None and self._switches == float("inf")

    def _stop_sending(self) -> None:
        if self.sends is not None:
            self.sends = None
            self.media.switch(None)

    async def _fetch(self, after: int) -> list[dict[str, Any]]:
        try:
            return list((await self.wire.keys({"type": "fetch", "after": after}))["commits"])
        except Refused:
            return []

    def certificate(self) -> Certificate | None:
        """That one can show at the door."""
        if self.ground.seed is not None:
            return self.ground.certify(self.pair.public, FACILITATES | KEEPS_DOOR, int(self.clock()) + DAY)
        own = self.epoch and self.epoch.roster.of(self.pair.mid)
        return own.certificate if own else None


def _may_beat(entry: Entry) -> bool:
    return entry.certificate is not None and entry.certificate.powers & 3 != 0


def _outside(epoch: Epoch | None, people: dict[bytes, Newcomer]) -> dict[bytes, Newcomer]:
    """Those who are not in it with these keys."""
    inside = {entry.seat: entry.keys for entry in epoch.roster.entries} if epoch else {}
    return {seat: who for seat, who in people.items() if inside.get(seat) != who.keys}
