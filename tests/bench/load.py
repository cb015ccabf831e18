"""Four circles of 12 on one engine: everything sent at its moment, everything that arrives counted and timed."""

import random
import select
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tests.bench.peer import Peer
from tests.bench.seats import Seat

CIRCLES, SEATS = 4, 12
CHECK_EVERY = 2.5
REPORT_EVERY = 1.0
LATE = 0.25
"""after the last packet, so long we wait for those still on their way"""

Due = tuple[float, Callable[[], None]]
"""something to do, so many seconds into the window"""


class Counted(NamedTuple):
    """What one window gave."""

    expected: int
    received: int
    delays: list[int]
    """microseconds, from sending to arrival, sorted"""
    overrun: float
    """seconds by which the sender itself was late at the end"""


def shake(peers: list[Peer], within: float = 30.0) -> None:
    """All handshakes of these. Raises TimeoutError."""
    until = time.monotonic() + within
    while waiting := [peer for peer in peers if not peer.ready]:
        if time.monotonic() > until:
            raise TimeoutError(f"{len(waiting)} of {len(peers)} connections do not stand")
        for peer in waiting:
            peer.step()
        time.sleep(0.02)


class Load:
    """All seats of all circles on one engine, their connections standing."""

    def __init__(self, circles: list[list[Seat]]) -> None:
        self._circles = circles
        self._seats = [seat for circle in circles for seat in circle]
        self._poll = select.epoll()
        self._peers = {peer.socket.fileno(): peer for seat in self._seats for peer in (seat.publisher, seat.listener)}
        for number in self._peers:
            self._poll.register(number, select.EPOLLIN)

    def run(self, seconds: float) -> Counted:
        """Send for so long. Between sends we sleep and let packets wait, so that no send of the engine pays for waking us."""
        media, upkeep = self._media(seconds), self._upkeep(seconds)
        for seat in self._seats:
            seat.listener.delays.clear()
        began = time.monotonic()
        for at, do in sorted(media + upkeep, key=lambda one: one[0]):
            while (wait := began + at - time.monotonic()) > 0:
                time.sleep(wait)
            do()
            self._drain()
        overrun = time.monotonic() - began - seconds
        until = time.monotonic() + LATE
        while time.monotonic() < until:
            time.sleep(0.01)
            self._drain()
        delays = sorted(delay for seat in self._seats for delay in seat.listener.delays)
        return Counted(len(media) * (SEATS - 1), len(delays), delays, overrun)

    def close(self) -> None:
        self._poll.close()
        for peer in self._peers.values():
            peer.close()

    def _media(self, seconds: float) -> list[Due]:
        """Every packet of the window. Streams begin at random moments of their frames, as people do."""
        plan: list[Due] = []
        for circle in self._circles:
            for place, seat in enumerate(circle):
                for stream, pace in seat.paces(place):
                    begin, send = random.random() / pace.frames, partial(stream.send, stream.packet(pace.size))
                    for frame in range(int(seconds * pace.frames)):
                        times = (begin + frame / pace.frames + at * pace.apart for at in range(pace.packets))
                        plan += [(at, send) for at in times]
        return plan

    def _upkeep(self, seconds: float) -> list[Due]:
        """Checks and reports as browsers send them, each at moments of its own."""
        plan = [due for peer in self._peers.values() for due in _every(CHECK_EVERY, peer.check, seconds)]
        for seat in self._seats:
            plan += _every(REPORT_EVERY, seat.send_reports, seconds)
            plan += _every(REPORT_EVERY, seat.send_reception, seconds)
        return plan

    def _drain(self) -> None:
        for number, _ in self._poll.poll(0):
            self._peers[number].drain()


def _every(period: float, do: Callable[[], None], seconds: float) -> list[Due]:
    begin = random.random() * period
    return [(begin + at * period, do) for at in range(int((seconds - begin) / period) + 1)] if begin < seconds else []
