"""A seat's own sound and picture, coming in: forwarded sealed, reported on, asked for again. Nothing is decoded, nothing is kept."""

from struct import unpack_from
from typing import TYPE_CHECKING, Literal

from server.media.relay import rtcp

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from server.media.relay.incoming import Incoming
    from server.media.relay.transport import Transport

Event = Literal["connected", "lost"]

US = 1
"""our ssrc in reports"""
BITS_PER_SECOND = 2_000_000
ARRIVALS, SPAN = 256, 1_000
"""how many arrivals one report tells of, and how far from the first one: what a datagram holds"""
PICTURE_EVERY = 0.3
ASK_EVERY = 0.03
REPORT_EVERY = 0.5
"""one datagram may hold dozens of a sender's reports, and each goes to everybody"""


class Publication:
    """What lives on a publish connection."""

    def __init__(
        self,
        transport: "Transport",
        tracks: "list[Incoming]",
        now: "Callable[[], float]",
        tell: "Callable[[Event], None]",
    ) -> None:
        self.transport = transport
        self.tracks = tracks
        self._by_ssrc = {one.sent.ssrc: one for one in tracks}
        self.now, self._tell = now, tell
        self._twcc = next((one.sent.twcc for one in tracks if one.sent.twcc is not None), None)
        self._arrivals: dict[int, int] = {}
        self._newest = 0
        self._feedback = 0

    @property
    def ssrcs(self) -> "Container[int]":
        return self._by_ssrc

    def on_up(self) -> None:
        for one in self.tracks:
            self.ask_picture(one)
        self._tell("connected")

    def on_down(self) -> None:
        self._tell("lost")

    def on_rtp(self, data: bytes) -> None:
        incoming = self._by_ssrc.get(unpack_from("!I", data, 8)[0])
        if incoming is None or data[1] & 0x7F != incoming.sent.payload_type:
            return
        now = self.now()
        if not incoming.allows(len(data), now):
            return
        seq, timestamp = unpack_from("!HI", data, 2)
        reception = incoming.reception
        reception.take(seq, timestamp, now)
        if self._twcc is not None and data[0] & 0x10:
            self._arrived(data, now)
        patched = incoming.track.patch(data)
        if patched is None:
            return
        if reception.missing and incoming.kind == "video" and now - incoming.asked > ASK_EVERY:
            incoming.asked = now
            self._ask_again(incoming)
        for listener in incoming.listeners:
            if not listener.open:
                continue
            if listener.numbers is None:
                listener.transport.send_rtp(patched)
            else:
                listener.forward(patched)

    def on_rtcp(self, data: bytes) -> None:
        reports = [rtcp.sender_report(packet) for packet in rtcp.split(data)]
        now = self.now()
        for ssrc, report in {report.ssrc: report for report in reports if report}.items():
            incoming = self._by_ssrc.get(ssrc)
            if incoming is None:
                continue
            incoming.reported = (report.middle, now)
            if incoming.track.open and now - incoming.passed_on >= REPORT_EVERY:
                incoming.passed_on = now
                self._pass_on(incoming, report)

    def _pass_on(self, incoming: "Incoming", report: rtcp.SenderReport) -> None:
        told = rtcp.report_on(incoming.track.ssrc, report.info, incoming.cname)
        for listener in incoming.listeners:
            if listener.open:
                listener.transport.send_rtcp(told)

    def set_heard(self, heard: bool) -> None:
        """Whether the seat is heard: only then its picture may be large."""
        for one in self.tracks:
            one.set_heard(heard, self.now())

    def ask_picture(self, incoming: "Incoming") -> None:
        """Ask the publisher for a whole picture, at most one request in 300 ms."""
        if incoming.kind != "video":
            return
        now = self.now()
        if self.transport.tx is None or now - incoming.pictured < PICTURE_EVERY:
            incoming.picture_wanted = True
            return
        incoming.pictured, incoming.picture_wanted = now, False
        self.transport.send_rtcp(rtcp.pli(US, incoming.sent.ssrc))

    def _ask_again(self, incoming: "Incoming") -> None:
        numbers = incoming.reception.ask_again()
        if numbers:
            self.transport.send_rtcp(rtcp.nack(US, incoming.sent.ssrc, numbers))

    def tick(self) -> None:
        """Ten times a second."""
        for one in self.tracks:
            if one.picture_wanted:
                self.ask_picture(one)
        if self._arrivals:
            arrivals, self._arrivals = self._arrivals, {}
            feedback = rtcp.twcc(US, self.tracks[0].sent.ssrc, self._feedback, arrivals)
            self._feedback = (self._feedback + 1) & 0xFF
            self.transport.send_rtcp(feedback)

    def second(self) -> None:
        """Once a second: the reports."""
        now = self.now()
        blocks = [self._block(one, now) for one in self.tracks if one.reception.highest is not None]
        if blocks:
            report = rtcp.receiver_report(US, blocks)
            self.transport.send_rtcp(report + rtcp.remb(US, [one.sent.ssrc for one in self.tracks], BITS_PER_SECOND))

    def _block(self, one: "Incoming", now: float) -> rtcp.Block:
        fraction, lost = one.reception.counts()
        middle, at = one.reported or (0, now)
        delay = int((now - at) * 65_536) if one.reported else 0
        highest = one.reception.highest or 0
        return rtcp.Block(one.sent.ssrc, fraction, lost, highest, int(one.reception.jitter), middle, delay)

    def _arrived(self, data: bytes, now: float) -> None:
        """Note when a transport-wide number came, unwrapped; of a flood no more than a report can hold."""
        number = _extension(data, self._twcc or 0)
        if number is None or len(self._arrivals) >= ARRIVALS:
            return
        ahead = (number - self._newest) & 0xFFFF
        unwrapped = self._newest + (ahead if ahead < 0x8000 else ahead - 0x10000)
        if self._arrivals and abs(unwrapped - next(iter(self._arrivals))) > SPAN:
            self._arrivals.clear()
        self._newest = max(self._newest, unwrapped)
        self._arrivals[unwrapped] = int(now * 1_000_000)


def _extension(data: bytes, id_: int) -> int | None:
    """The two-byte value of a one-byte-header extension element (RFC 8285), or None."""
    at = 12 + 4 * (data[0] & 15)
    if len(data) < at + 4 or data[at : at + 2] != b"\xbe\xde":
        return None
    end = min(len(data), at + 4 + 4 * int.from_bytes(data[at + 2 : at + 4], "big"))
    at += 4
    while at < end:
        element, length = data[at] >> 4, (data[at] & 15) + 1
        if data[at] == 0:
            at += 1
            continue
        if element == id_ and length == 2 and at + 3 <= end:
            return int.from_bytes(data[at + 1 : at + 3], "big")
        at += 1 + length
    return None
