"""RTCP, bytes in and bytes out: what listeners ask, what publishers report, what we answer. Pure and total.

RFC 3550 (SR, RR, SDES), 4585 (NACK, PLI), 5104 (FIR), draft-alvestrand-rmcat-remb, draft-holmer-rmcat-transport-wide-cc.
"""

from struct import pack, unpack_from
from typing import NamedTuple

SR, RR, SDES, RTPFB, PSFB = 200, 201, 202, 205, 206
NACK, TWCC = 1, 15
MOST_LOST = 64
"""of so many numbers we hear at a time; who has lost more asks again"""
PLI, FIR, REMB = 1, 4, 15


class Packet(NamedTuple):
    """One packet of a compound: type, its count or format, and what follows the first four bytes."""

    type: int
    form: int
    body: bytes


def split(data: bytes) -> list[Packet]:
    """The packets of a compound; what cannot be read ends it."""
    packets: list[Packet] = []
    at = 0
    while at + 4 <= len(data) and len(packets) < 32:
        first, kind, words = unpack_from("!BBH", data, at)
        end = at + 4 + words * 4
        if first >> 6 != 2 or end > len(data):
            break
        packets.append(Packet(kind, first & 31, data[at + 4 : end]))
        at = end
    return packets


def lost_numbers(packet: Packet) -> tuple[int, list[int]]:
    """A NACK's (ssrc of the track, numbers asked for again, so many of them). (0, []) for another packet."""
    if packet.type != RTPFB or packet.form != NACK or len(packet.body) < 12:
        return 0, []
    numbers: list[int] = []
    for at in range(8, min(len(packet.body) - 3, 8 + 4 * MOST_LOST), 4):
        first, mask = unpack_from("!HH", packet.body, at)
        numbers.append(first)
        numbers += [(first + 1 + bit) & 0xFFFF for bit in range(16) if mask >> bit & 1]
        if len(numbers) >= MOST_LOST:
            break
    return unpack_from("!I", packet.body, 4)[0], numbers[:MOST_LOST]


def wanted_picture(packet: Packet) -> int:
    """The ssrc for which a whole picture is asked (PLI or FIR), or 0."""
    if packet.type != PSFB:
        return 0
    if packet.form == PLI and len(packet.body) >= 8:
        return int(unpack_from("!I", packet.body, 4)[0])
    if packet.form == FIR and len(packet.body) >= 16:
        return int(unpack_from("!I", packet.body, 8)[0])
    return 0


class SenderReport(NamedTuple):
    """What an SR says of its sender: the ssrc, and the 20 bytes of time and counts."""

    ssrc: int
    info: bytes

    @property
    def middle(self) -> int:
        """The middle 32 bits of its NTP time, which an RR names again."""
        return int(unpack_from("!I", self.info, 2)[0])


def sender_report(packet: Packet) -> SenderReport | None:
    if packet.type != SR or len(packet.body) < 24:
        return None
    return SenderReport(unpack_from("!I", packet.body, 0)[0], packet.body[4:24])


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return pack("!BBH", 0x80 | count, kind, len(body) // 4) + body


def report_on(ssrc: int, info: bytes, cname: str) -> bytes:
    """A publisher's SR under the ssrc that listeners know, with a CNAME that says nothing."""
    name = cname.encode()
    chunk = pack("!IBB", ssrc, 1, len(name)) + name
    chunk += bytes(4 - len(chunk) % 4)
    return _packet(SR, 0, pack("!I", ssrc) + info) + _packet(SDES, 1, chunk)


class Block(NamedTuple):
    """A reception report block, fields as in RFC 3550 section 6.4.1; times in 1/65536 s."""

    ssrc: int
    fraction: int
    lost: int
    highest: int
    jitter: int
    last_report: int
    delay: int


def receiver_report(us: int, blocks: list[Block]) -> bytes:
    body = pack("!I", us)
    for block in blocks:
        lost = max(-0x800000, min(0x7FFFFF, block.lost)) & 0xFFFFFF
        body += pack(
            "!IIIIII",
            block.ssrc,
            (block.fraction & 0xFF) << 24 | lost,
            block.highest & 0xFFFFFFFF,
            block.jitter & 0xFFFFFFFF,
            block.last_report,
            block.delay & 0xFFFFFFFF,
        )
    return _packet(RR, len(blocks), body)


def nack(us: int, ssrc: int, numbers: list[int]) -> bytes:
    """Ask for these numbers again, in as few pairs as they fit."""
    pairs: list[tuple[int, int]] = []
    for number in numbers:
        ahead = (number - pairs[-1][0]) & 0xFFFF if pairs else 0
        if pairs and 0 < ahead <= 16:
            pairs[-1] = (pairs[-1][0], pairs[-1][1] | 1 << (ahead - 1))
        else:
            pairs.append((number, 0))
    return _packet(RTPFB, NACK, pack("!II", us, ssrc) + b"".join(pack("!HH", *pair) for pair in pairs))


def pli(us: int, ssrc: int) -> bytes:
    return _packet(PSFB, PLI, pack("!II", us, ssrc))


def remb(us: int, ssrcs: list[int], bits_per_second: int) -> bytes:
    exponent = max(0, bits_per_second.bit_length() - 18)
    rate = exponent << 18 | bits_per_second >> exponent
    head = pack("!II4sI", us, 0, b"REMB", len(ssrcs) << 24 | rate)
    return _packet(PSFB, REMB, head + b"".join(pack("!I", ssrc) for ssrc in ssrcs))


def twcc(us: int, ssrc: int, count: int, arrivals: dict[int, int]) -> bytes:
    """Transport-wide feedback. `arrivals`: number (unwrapped) -> µs; at most a few hundred, spanning less than 32768 numbers.

    Every number between the first and the last is reported; a delta that does not fit ends the report.
    """
    first, last = min(arrivals), max(arrivals)
    reference = arrivals[first] // 64_000
    clock = reference * 64_000
    symbols: list[int] = []
    deltas = b""
    for number in range(first, last + 1):
        at = arrivals.get(number)
        if at is None:
            symbols.append(0)
            continue
        delta = round((at - clock) / 250)
        if not -0x8000 <= delta <= 0x7FFF:
            break
        clock += delta * 250
        small = 0 <= delta <= 0xFF
        symbols.append(1 if small else 2)
        deltas += pack("!B", delta) if small else pack("!h", delta)
    head = pack("!IIHHI", us, ssrc, first & 0xFFFF, len(symbols), (reference & 0xFFFFFF) << 8 | count & 0xFF)
    body = head + _chunks(symbols) + deltas
    return _packet(RTPFB, TWCC, body + bytes(-len(body) % 4))


def _chunks(symbols: list[int]) -> bytes:
    """Status vectors of seven two-bit symbols each: simple, and small enough for a tenth of a second."""
    out = b""
    for at in range(0, len(symbols), 7):
        seven = symbols[at : at + 7]
        word = 0b11 << 14
        for place, symbol in enumerate(seven):
            word |= symbol << (12 - 2 * place)
        out += pack("!H", word)
    return out
