"""What a change of keys takes from those who listen: 12 people, one of whom speaks with picture, while others come and go. Real sockets,
real packets through the real relay; every listener opens each frame when it comes, with the keys that it has then.

A gap is counted in the time of the sound itself, from one frame that opened to the next: what a slow machine delays is not lost.
"""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import pairwise
from struct import pack, unpack
from typing import Any

from tests.bench.process import serving
from tests.bench.rows import Row
from tests.bots.keys.frames import Track
from tests.bots.keys.octets import Bad
from tests.bots.participant import Links, Participant, open_circle
from tests.bots.peer import rtp
from tests.bots.rogue import OPUS, STEP, VP8, Rogue
from tests.bots.tasks import stop

PEOPLE = 12
CHANGES = 30
BETWEEN = 2.5
"""seconds: changes may not come faster for long"""
SOUND, PICTURE = 0.020, 1 / 15
"""seconds from frame to frame"""
SLOW = 0.3
"""seconds by which one of those who listen hears of everything later than the others"""
LIMIT = 60.0
FREEZE = 1.5 * PICTURE
"""seconds without one: a picture that is missing stops all those that build on it"""
INTER = b"\x01\0\0"
"""how a VP8 frame begins that is no key frame"""
SIZES = {"audio": 80, "video": 900}


class Ear(list[bytes]):
    """Opens each packet as it comes. `made`: by kind when the frames that opened were made; `lost`: why the others did not."""

    def __init__(self, one: "Person") -> None:
        super().__init__()
        self._one = one
        self.made: dict[str, list[float]] = {"audio": [], "video": []}
        self.came: list[float] = []
        self.lost: Counter[str] = Counter()
        self._tracks: dict[tuple[str, str], Track] = {}

    def append(self, packet: bytes) -> None:
        of = self._one.whose(packet)
        if of is None:
            return
        track = self._tracks.setdefault(of, Track(self._one.keyed.opening, *of))
        try:
            frame = track.open(packet[12:])
        except Bad as bad:
            self.lost[f"{of[1]}: {bad}"] += 1
            return
        self.made[of[1]].append(unpack("!d", frame[3:11])[0])
        if of[1] == "audio":
            self.came.append(time.monotonic())


class Person(Rogue):
    """Listens; speaks when told."""

    def _begin(self) -> None:
        super()._begin()
        self.ear = Ear(self)
        self.listener.packets = self.ear

    def whose(self, packet: bytes) -> tuple[str, str] | None:
        return self._streams.get(int.from_bytes(packet[8:12], "big"))

    async def speak(self) -> None:
        """For ever: frames on time, and with the key of the moment."""
        began, sound, picture = time.monotonic(), 0, 0
        while True:
            now = time.monotonic() - began
            if now >= sound * SOUND:
                sound += self._frame("audio", sound * SOUND)
            if now >= picture * PICTURE:
                picture += self._frame("video", picture * PICTURE)
            await asyncio.sleep(max(0.0, min(sound * SOUND, picture * PICTURE) - (time.monotonic() - began)))

    def _frame(self, kind: str, made: float) -> int:
        sealed = self.keyed.sealing.seal(kind, INTER + pack("!d", made) + bytes(SIZES[kind]))
        self.sent += 1
        if sealed is not None:
            payload_type = OPUS if kind == "audio" else VP8
            packet = rtp(self.publisher.ssrcs[kind], payload_type, self.sent, sealed, timestamp=STEP * self.sent)
            self.publisher.send_rtp(packet)
        return 1

    def hears_late(self) -> None:
        """Of views and keys."""
        view, keys = self.line.on_view, self.line.on_keys
        assert view is not None
        assert keys is not None
        self.line.on_view, self.line.on_keys = _late(view), _late(keys)

    async def stay(self) -> None:
        """Connections are let go of where nobody checks them."""
        while True:
            for peer in (self.publisher, self.listener):
                if peer.sessions is not None:
                    peer.check()
            await asyncio.sleep(5)


def _late(take: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    async def later(message: Any) -> None:
        await asyncio.sleep(SLOW)
        await take(message)

    return later


async def _gather(links: Links) -> list[Person]:
    """Fay, who facilitates, Ada, who has the stick, and those who listen."""
    people = [Person(links.facilitators, "Fay")]
    await people[0].enter()
    for at in range(1, PEOPLE - 1):
        one = Person(links.members, f"Member {at}")
        people.append(one)
        await one.knock()
        await people[0].admit(one)
        await one.until_keyed()
    for one in people:
        await one.sit()
    await people[1].publish()
    people[-1].hears_late()
    await people[0].offer(people[1])
    await people[1].accept()
    return people


async def _change(links: Links, at: int, people: list[Person], guest: Participant | None) -> Participant | None:
    """Somebody comes, or goes; all have the new keys when it returns."""
    if guest is not None:
        await guest.line.command("leave")
        await guest.close()
        guest = None
    else:
        guest = Participant(links.facilitators, f"Guest {at}")
        await guest.enter()
        await guest.until_keyed()
    for one in people:
        await one.until_keyed()
    return guest


def _gaps(made: list[float], since: float) -> float:
    """Seconds: the longest time between two frames since then."""
    late = [one for one in made if one >= since]
    return max((after - before for before, after in pairwise(late)), default=float("nan"))


async def _measure(base: str) -> dict[str, Any]:
    links = await open_circle(base)
    people = await _gather(links)
    ears = [one.ear for one in people if one is not people[1]]
    tasks = [asyncio.create_task(people[1].speak()), *(asyncio.create_task(one.stay()) for one in people)]
    gaps: list[float] = []
    arrival: list[float] = []
    guest: Participant | None = None
    try:
        async with asyncio.timeout(20):
            while not all(len(ear.made["video"]) > 20 for ear in ears):  # noqa: ASYNC110  of all of them
                await asyncio.sleep(0.05)
        for ear in ears:
            ear.lost.clear()
        for at in range(CHANGES):
            since, moment = ears[0].made["audio"][-1], time.monotonic()
            guest = await _change(links, at, people, guest)
            await asyncio.sleep(BETWEEN)
            gaps += [_gaps(ear.made["audio"], since) for ear in ears]
            arrival += [_gaps(ear.came, moment) for ear in ears]
        pictures = [after - before for ear in ears for before, after in pairwise(ear.made["video"])]
    finally:
        await stop(*tasks)
        for one in [*people, *([guest] if guest else [])]:
            with suppress(Exception):
                await one.close()
    lost: Counter[str] = sum((ear.lost for ear in ears), Counter())
    frames = sum(len(of) for ear in ears for of in ear.made.values())
    return {
        "gaps": gaps,
        "arrival": arrival,
        "freezes": sum(gap > FREEZE for gap in pictures),
        "lost": lost,
        "frames": frames,
    }


def _p99(seconds: list[float]) -> float:
    """Milliseconds."""
    return 1000 * statistics.quantiles(seconds, n=100)[98]


async def measure() -> list[Row]:
    with serving() as (base, _):
        found = await _measure(base)
    changes = f"{CHANGES} times somebody comes or goes, {PEOPLE - 2} who listen"
    note = f"p99; {changes}, one of them {SLOW:g} s late; as it came in one process that plays all of them {_p99(found['arrival']):.0f} ms"
    lost = ", ".join(f"{count} {why}" for why, count in found["lost"].items()) or "none"
    return [
        Row("new keys, longest gap in the sound", _p99(found["gaps"]), "ms", LIMIT, note=note),
        Row("new keys, pictures that stand still", found["freezes"], "times", 0),
        Row(
            "new keys, frames that do not open",
            sum(found["lost"].values()),
            "frames",
            0,
            note=f"of {found['frames']}: {lost}",
        ),
    ]
