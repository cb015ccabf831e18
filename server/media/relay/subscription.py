"""What one seat is offered of the others: m-lines that come and go, one open offer at a time, repairs. Sends nothing of its own in."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.media.engine import Kind, Track
from server.media.relay import rtcp, sdp
from server.media.relay.incoming import Incoming
from server.media.relay.listener import Listener
from server.media.relay.publication import Event

if TYPE_CHECKING:
    from server.media.relay.publication import Publication
    from server.media.relay.transport import Transport

Offered = Callable[[int, str, dict[str, Track]], None]

MOST_SLOTS = 64
"""twice what the largest circle needs, and an offer whose answer is still short enough to be let in"""


@dataclass
class Slot:
    """One m-line. `listener` None: ended; `answered`: the browser knows, so that it may be used again.

    `before`: what stood in its place, until it has itself been offered.
    """

    mid: str
    kind: Kind
    listener: Listener | None
    before: "Slot | None" = None
    offered: bool = False
    answered: bool = False

    @property
    def free(self) -> bool:
        return self.listener is None and (self.answered or not self.offered)


class Subscription:
    """What lives on a subscribe connection."""

    def __init__(
        self,
        transport: "Transport",
        ours: sdp.Ours,
        offered: Offered,
        tell: Callable[[Event], None],
        *,
        dead_cname: str,
    ) -> None:
        self.transport = transport
        self.ssrcs: Container[int] = ()
        self._ours, self._offered, self._tell, self._cname = ours, offered, tell, dead_cname
        self.slots: list[Slot] = []
        self._mids = 0
        self._offers = 0
        self._open: tuple[int, tuple[str, ...], tuple[str, ...]] | None = None
        self._dirty = self._full = False

    def on_up(self) -> None:
        for listener in self.listeners():
            listener.publication.ask_picture(listener.incoming)
        self._tell("connected")

    def on_down(self) -> None:
        self._tell("lost")

    def on_rtp(self, data: bytes) -> None:
        """Whoever only listens is not listened to."""

    def on_rtcp(self, data: bytes) -> None:
        by_ssrc = {listener.incoming.track.ssrc: listener for listener in self.listeners()}
        lost: dict[int, dict[int, None]] = {}
        for packet in rtcp.split(data):
            wanted = by_ssrc.get(rtcp.wanted_picture(packet))
            if wanted is not None:
                wanted.ask_picture()
            ssrc, numbers = rtcp.lost_numbers(packet)
            if ssrc in by_ssrc:
                lost.setdefault(ssrc, {}).update(dict.fromkeys(numbers))
        for ssrc, once in lost.items():
            by_ssrc[ssrc].repair(list(once)[: rtcp.MOST_LOST])

    def listeners(self) -> list[Listener]:
        return [slot.listener for slot in self.slots if slot.listener is not None]

    def add(self, incoming: Incoming, publication: "Publication", open_: bool) -> None:
        """One more track to receive; `offer` tells the browser."""
        at = next((at for at, old in enumerate(self.slots) if old.free and old.kind == incoming.kind), None)
        if at is None and len(self.slots) >= MOST_SLOTS:
            self._full = True
            return
        listener = Listener(self.transport, incoming, publication, open_)
        incoming.add(listener)
        self._mids += 1
        slot = Slot(str(self._mids), incoming.kind, listener)
        # A new mid in an old place makes the browser begin a new receiver; an m-line never changes its owner.
        if at is None:
            self.slots.append(slot)
        else:
            old = self.slots[at]
            slot.before = old if old.offered else None
            self.slots[at] = slot

    def remove(self, incoming: Incoming) -> None:
        for at, slot in enumerate(self.slots):
            if slot.listener is not None and slot.listener.incoming is incoming:
                incoming.remove(slot.listener)
                slot.listener, slot.answered = None, False
                # What no browser has heard of need not be ended before it.
                self.slots[at] = slot.before or slot

    def offer(self) -> None:
        """Tell the browser how it stands now; while an offer is open, afterwards. If there is no room for it, all begins anew."""
        if self._full:
            self.transport.close()
            return
        if self._open is not None:
            self._dirty = True
            return
        self._offers += 1
        self._dirty = False
        while self.slots and self.slots[-1].listener is None and not self.slots[-1].offered:
            self.slots.pop()
        for slot in self.slots:
            slot.offered, slot.before = True, None
        ended = tuple(slot.mid for slot in self.slots if slot.listener is None)
        self._open = (self._offers, tuple(slot.mid for slot in self.slots), ended)
        tracks = {
            slot.mid: Track(slot.listener.incoming.seat, slot.kind) for slot in self.slots if slot.listener is not None
        }
        self._offered(
            self._offers, sdp.write_offer(self._ours, [self._line(slot) for slot in self.slots], self._offers), tracks
        )

    def answer(self, offer: int, text: str) -> None:
        """Raises MediaRefused: no such offer is open, or the answer does not fit it; then all begins anew."""
        if self._open is None or self._open[0] != offer:
            raise sdp.MediaRefused("stale")
        _, mids, ended = self._open
        try:
            theirs = sdp.read_answer(text, mids)
        except sdp.MediaRefused:
            # The offer would stay open for ever, and nothing more could be offered.
            self.transport.close()
            raise
        self.transport.expect(theirs.fingerprint)
        self._open = None
        for slot in self.slots:
            slot.answered = slot.answered or (slot.listener is None and slot.mid in ended)
        if self._dirty:
            self.offer()

    def _line(self, slot: Slot) -> sdp.Line:
        if slot.listener is None:
            return sdp.Line(slot.mid, slot.kind, None, 0, self._cname)
        incoming = slot.listener.incoming
        return sdp.Line(slot.mid, slot.kind, incoming.seat, incoming.track.ssrc, incoming.cname)
