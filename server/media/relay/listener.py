"""One track, as one seat receives it: cut off alone or let in, with numbers of its own if need be, and repairs within a budget."""

from typing import TYPE_CHECKING

from server.limits import Bucket
from server.media.relay.incoming import Incoming
from server.media.relay.track import CACHED, Numbers, renumber

if TYPE_CHECKING:
    from server.media.relay.publication import Publication
    from server.media.relay.transport import Transport

REPAIRS = (200.0, 100.0)
PICTURES = (0.5, 2.0)
"""a second, and at once: each whole picture that one listener asks for goes to all of them"""
TIMES = 3
"""how often the same packet is sent again"""


class Listener:
    """`numbers` is its own only once it has been cut off alone."""

    __slots__ = (
        "_again",
        "_pictures",
        "_repairs",
        "_sent",
        "_since",
        "incoming",
        "numbers",
        "open",
        "publication",
        "transport",
    )

    def __init__(self, transport: "Transport", incoming: Incoming, publication: "Publication", open_: bool) -> None:
        self.transport, self.incoming, self.publication = transport, incoming, publication
        self.open = True
        self.numbers: Numbers | None = None
        self._sent: dict[int, int] = {}
        self._since = incoming.track.count
        self._again: dict[int, int] = {}
        self._repairs, self._pictures = Bucket(*REPAIRS), Bucket(*PICTURES)
        self.set_open(open_)

    def set_open(self, open_: bool) -> None:
        """Cut this listener off from this track alone, or let it hear again, without a hole in the numbers."""
        if open_ == self.open:
            return
        self.open = open_
        if open_:
            self.ask_picture()
            return
        if self.numbers is None:
            self.numbers = Numbers()
            self.numbers.last = self.incoming.track.numbers.last
        self.numbers.shut()
        # The shared numbers may go round while we are cut off; what one of them meant before must not be looked up then.
        self._sent.clear()

    def forward(self, patched: bytes) -> None:
        """Under numbers of its own."""
        number = int.from_bytes(patched[2:4], "big")
        out = self.numbers.next(number) if self.numbers else number
        if out is None or self.transport.tx is None:
            return
        self._sent[out] = number
        if len(self._sent) > CACHED:
            del self._sent[next(iter(self._sent))]
        self.transport.send_rtp(renumber(patched, out))

    def ask_picture(self) -> None:
        """We need a whole picture. Whoever wishes for too many waits; a browser that goes without asks again by itself."""
        if self.open and self.incoming.kind == "video" and self._pictures.take(self.publication.now()):
            self.publication.ask_picture(self.incoming)

    def repair(self, numbers: list[int]) -> None:
        """Send again what is still known and was sent to us: the same bytes under the same numbers, as far as the budget goes."""
        if not self.open:
            return
        now = self.publication.now()
        for number in numbers:
            shared = number if self.numbers is None else self._sent.get(number)
            found = self.incoming.track.kept(shared, self._since) if shared is not None else None
            if found is None or self._again.get(found[0], 0) >= TIMES:
                continue
            if not self._repairs.take(now):
                return
            self._count(found[0])
            self.transport.send_rtp(renumber(found[1], number))

    def _count(self, which: int) -> None:
        self._again[which] = self._again.get(which, 0) + 1
        if len(self._again) > CACHED:
            del self._again[next(iter(self._again))]
