"""Transport-wide feedback, read as a browser reads it: independently of what writes it (draft-holmer-rmcat-transport-wide-cc, 3.1)."""

from struct import unpack_from
from typing import NamedTuple


class Feedback(NamedTuple):
    ssrc: int
    turn: int
    reported: int
    arrivals: dict[int, int]
    """number -> microseconds, in steps of 250"""


def parse(body: bytes) -> Feedback:
    """What follows the four bytes of the header. Raises ValueError for what does not add up."""
    _, ssrc, base, reported, reference = unpack_from("!IIHHI", body)
    symbols, at = _symbols(body, 16, reported)
    clock = (reference >> 8) * 64_000
    arrivals: dict[int, int] = {}
    for place, symbol in enumerate(symbols):
        if symbol == 0:
            continue
        if symbol == 3:
            raise ValueError("reserved")
        delta = int(unpack_from("!B" if symbol == 1 else "!h", body, at)[0])
        at += symbol
        clock += delta * 250
        arrivals[base + place & 0xFFFF] = clock
    if len(body) - at not in range(4) or any(body[at:]):
        raise ValueError("something is left over")
    return Feedback(int(ssrc), reference & 0xFF, int(reported), arrivals)


def _symbols(body: bytes, at: int, reported: int) -> tuple[list[int], int]:
    symbols: list[int] = []
    while len(symbols) < reported:
        (chunk,) = unpack_from("!H", body, at)
        at += 2
        if not chunk >> 15:
            symbols += [chunk >> 13] * (chunk & 0x1FFF)
        elif chunk >> 14 & 1:
            symbols += [chunk >> shift & 3 for shift in range(12, -1, -2)]
        else:
            symbols += [chunk >> shift & 1 for shift in range(13, -1, -1)]
    if any(symbols[reported:]):
        raise ValueError("more symbols than packets")
    return symbols[:reported], at
