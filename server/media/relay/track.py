"""One seat's sound or picture on its way through: numbers that never leave twice, the cache for repairs, reception counts. Pure."""

from struct import pack_into, unpack_from

CACHED = 512
JUMP = 64
MISSING = 512
WINDOW = 1024
"""the SRTP receive window: how late a packet may come and still count"""


class Numbers:
    """Sequence numbers going out: continuous over gates that shut and open again.

    One (ssrc, number) never carries two contents, or the cipher's nonce would be used twice: a packet that was sent before a gate
    shut and arrives after it has opened again finds its number spent (`floor`) and is dropped.
    """

    __slots__ = ("floor", "last", "off", "resync")

    def __init__(self) -> None:
        self.off = 0
        self.last: int | None = None
        self.floor: int | None = None
        self.resync = False

    def shut(self) -> None:
        """From here on numbers are not passed on; the next one passed follows the last one without a hole."""
        self.resync = True

    def next(self, seq: int) -> int | None:
        """The number under which this one goes out, or None if it must not."""
        last = self.last
        if self.resync:
            if last is not None:
                self.off = (last + 1 - seq) & 0xFFFF
                self.floor = last
            self.resync = False
        out = (seq + self.off) & 0xFFFF
        if self.floor is not None:
            ahead = (out - self.floor) & 0xFFFF
            if not 0 < ahead < 0x8000:
                return None
            if ahead > WINDOW:
                self.floor = None
        if last is None or (out - last) & 0xFFFF < 0x8000:
            self.last = out
        return out


class Track:
    """What one m-line of a publisher carries, patched once for all listeners. `open` is the gate; `count` tells what has passed it."""

    __slots__ = ("_cache", "count", "kind", "numbers", "open", "payload_type", "ssrc")

    def __init__(self, kind: str, ssrc: int, payload_type: int) -> None:
        self.kind, self.ssrc, self.payload_type = kind, ssrc, payload_type
        self.open = False
        self.numbers = Numbers()
        self.count = 0
        self._cache: dict[int, tuple[int, bytes]] = {}

    def set_open(self, open_: bool) -> None:
        """The gate. What had passed before it shut is not repaired afterwards."""
        if self.open and not open_:
            self.numbers.shut()
            self._cache.clear()
        self.open = open_

    def patch(self, data: bytes) -> bytes | None:
        """One decrypted RTP packet -> the bytes for every listener, or None: the gate is shut, or the number is spent."""
        if not self.open:
            return None
        last = self.numbers.last
        out = self.numbers.next(unpack_from("!H", data, 2)[0])
        if out is None:
            return None
        packet = bytearray(data)
        packet[1] = packet[1] & 0x80 | self.payload_type
        pack_into("!H", packet, 2, out)
        pack_into("!I", packet, 8, self.ssrc)
        patched = bytes(packet)
        if self.kind == "video":
            self._keep(out, patched, JUMP < (out - (last or 0)) & 0xFFFF < 0x8000)
        return patched

    def _keep(self, number: int, patched: bytes, jumped: bool) -> None:
        cache = self._cache
        if jumped:
            # So that no number in the cache is ever half the circle behind, where it might mean one of the next time round.
            cache.clear()
        self.count += 1
        cache[number] = (self.count, patched)
        if len(cache) > CACHED:
            del cache[next(iter(cache))]

    def kept(self, number: int, since: int) -> tuple[int, bytes] | None:
        """A packet to be sent again, if it is still known and passed after `count` was `since`; and which of all it was."""
        found = self._cache.get(number)
        return found if found is not None and found[0] > since else None


def renumber(packet: bytes, number: int) -> bytes:
    """The same packet under another number."""
    return packet[:2] + number.to_bytes(2, "big") + packet[4:]


class Reception:
    """What has come of one ssrc: for reports to its sender (RFC 3550, A.3 and A.8), and for asking again."""

    def __init__(self, clock_rate: int) -> None:
        self._clock_rate = clock_rate
        self.highest: int | None = None
        self._first = 0
        self._received = 0
        self._reported = (0, 0)
        self.jitter = 0.0
        self._transit: float | None = None
        self.missing: dict[int, int] = {}

    def take(self, seq: int, timestamp: int, now: float) -> None:
        """A packet has come."""
        self._received += 1
        transit = now * self._clock_rate - timestamp
        if self._transit is not None:
            # RTP time wraps and jumps; a step of more than ten seconds says nothing about the network.
            step = abs(transit - self._transit)
            if step < 10 * self._clock_rate:
                self.jitter += (step - self.jitter) / 16
        self._transit = transit
        if self.highest is None:
            self.highest = self._first = seq
            return
        ahead = (seq - self.highest) & 0xFFFF
        if ahead < 0x8000:
            if 1 < ahead < 100 and len(self.missing) < MISSING:
                self.missing |= {number & 0xFFFF: 0 for number in range(self.highest + 1, self.highest + ahead)}
            self.highest += ahead
        else:
            self.missing.pop(seq, None)

    def ask_again(self) -> list[int]:
        """Numbers to ask for now; each at most three times."""
        asked = list(self.missing)[-64:]
        self.missing = {number: self.missing[number] + 1 for number in asked if self.missing[number] < 2}
        return asked

    def counts(self) -> tuple[int, int]:
        """(fraction lost since last asked in 1/256, lost in all)."""
        expected = 0 if self.highest is None else self.highest - self._first + 1
        new_expected, new_received = expected - self._reported[0], self._received - self._reported[1]
        self._reported = (expected, self._received)
        lost = new_expected - new_received
        fraction = 0 if new_expected <= 0 or lost <= 0 else min(255, (lost << 8) // new_expected)
        return fraction, expected - self._received
