"""One track of a seat as it comes in: how much it may bring, what has come of it, and who listens."""

from typing import TYPE_CHECKING, NamedTuple

from server.media.engine import Kind
from server.media.relay.sdp import Sent
from server.media.relay.track import Reception, Track

if TYPE_CHECKING:
    from server.media.relay.listener import Listener

CLOCKS: dict[Kind, int] = {"audio": 48_000, "video": 90_000}
LINGER = 2.0
"""how long after its seat has been heard a picture may still be large: the browser has to learn of it first"""
NEVER = float("-inf")


class Allowance(NamedTuple):
    """What one track may bring in a second; the rest goes nowhere."""

    packets: int
    bytes: int


SOUND = Allowance(200, 32_000)
LARGE = Allowance(600, 250_000)
"""the picture of a seat that is heard: what we tell its browser to send at most"""
SMALL = Allowance(150, 30_000)
"""any other picture: three times what our page sends, so that nobody fills the others' downlink who has not the word"""


class Incoming:
    """One track of a publication, its reception and its listeners."""

    def __init__(self, seat: str, sent: Sent, track: Track, cname: str) -> None:
        self.seat, self.sent, self.track, self.cname = seat, sent, track, cname
        self.kind: Kind = sent.kind
        self.reception = Reception(CLOCKS[sent.kind])
        self.listeners: tuple[Listener, ...] = ()
        self._heard = False
        self._large_until = NEVER
        self._second = NEVER
        self._given = SMALL
        self._packets = self._bytes = 0
        self.asked = 0.0
        self.pictured = NEVER
        self.picture_wanted = False
        self.reported: tuple[int, float] | None = None
        self.passed_on = NEVER
        """when listeners were last told of the sender's report"""

    def allows(self, size: int, now: float) -> bool:
        """Whether a packet of this size is still within this second's allowance."""
        if now - self._second >= 1:
            self._second = now
            self._given = self._allowance(now)
            self._packets, self._bytes = self._given
        self._packets -= 1
        self._bytes -= size
        return self._packets >= 0 and self._bytes >= 0

    def set_heard(self, heard: bool, now: float) -> None:
        """Whether its seat is heard now: then its picture may be large, from this moment on."""
        if heard == self._heard:
            return
        self._heard = heard
        self._large_until = float("inf") if heard else now + LINGER
        if heard and self._given is SMALL and self.kind == "video":
            self._given = LARGE
            self._packets = max(0, self._packets) + LARGE.packets - SMALL.packets
            self._bytes = max(0, self._bytes) + LARGE.bytes - SMALL.bytes

    def _allowance(self, now: float) -> Allowance:
        if self.kind == "audio":
            return SOUND
        return LARGE if now < self._large_until else SMALL

    def add(self, listener: "Listener") -> None:
        self.listeners = (*self.listeners, listener)

    def remove(self, listener: "Listener") -> None:
        self.listeners = tuple(one for one in self.listeners if one is not listener)
