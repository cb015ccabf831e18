"""What somebody shows who has a seat and no entry with their present keys (7.5): who they are, and why one may take them in."""

import hmac
from enum import IntEnum
from typing import NamedTuple

from tests.bots.keys.certificate import FACILITATES, SIZE, Certificate
from tests.bots.keys.circle import Ground
from tests.bots.keys.identity import Public
from tests.bots.keys.octets import Bad, Reader, u8, u32


class Kind(IntEnum):
    STRANGER = 0
    FACILITATOR = 1
    BACK = 2


PROOF = {Kind.STRANGER: 0, Kind.FACILITATOR: SIZE, Kind.BACK: 4 + 32}
"""bytes"""


class Introduction(NamedTuple):
    keys: Public
    kind: Kind
    proof: bytes = b""

    @property
    def raw(self) -> bytes:
        return self.keys.mk + self.keys.ms + u8(self.kind) + self.proof

    @property
    def certificate(self) -> Certificate:
        """Of kind 1."""
        return Certificate.read(Reader(self.proof))

    @property
    def epoch(self) -> int:
        """Of kind 2: the last one they had."""
        return Reader(self.proof).number(4)


def stranger(own: Public) -> Introduction:
    return Introduction(own, Kind.STRANGER)


def facilitator(own: Public, certificate: Certificate) -> Introduction:
    return Introduction(own, Kind.FACILITATOR, certificate.raw)


def back(ground: Ground, seat: bytes, own: Public, epoch: int, resume: bytes) -> Introduction:
    """`resume`: R of that epoch."""
    return Introduction(own, Kind.BACK, u32(epoch) + _mac(ground, seat, own, resume))


def read(data: bytes) -> Introduction:
    """Raises Bad."""
    reader = Reader(data)
    keys, kind = Public.read(reader), reader.number(1)
    if kind not in PROOF:
        raise Bad("kind")
    proof = reader.take(PROOF[Kind(kind)])
    reader.end()
    return Introduction(keys, Kind(kind), proof)


def proves_facilitator(ground: Ground, who: Introduction, now: float) -> bool:
    return who.kind is Kind.FACILITATOR and ground.good(who.certificate, who.keys, now, FACILITATES)


def proves_back(ground: Ground, seat: bytes, who: Introduction, resume: bytes | None) -> bool:
    """`resume`: R of that seat's entry in the epoch that they name, if one still has it."""
    if who.kind is not Kind.BACK or resume is None:
        return False
    return hmac.compare_digest(who.proof[4:], _mac(ground, seat, who.keys, resume))


def _mac(ground: Ground, seat: bytes, keys: Public, resume: bytes) -> bytes:
    return hmac.digest(resume, b"circle/1 resume" + ground.rid + seat + keys.mk + keys.ms, "sha256")
