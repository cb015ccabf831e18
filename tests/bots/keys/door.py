"""The door (7.3): keepers' keys, and boxes in which somebody who knocks gives keepers their own keys and the knock's secret D."""

from typing import NamedTuple

from tests.bots.keys import hpke
from tests.bots.keys.certificate import SIZE, Certificate
from tests.bots.keys.circle import Ground
from tests.bots.keys.identity import Pair, Public
from tests.bots.keys.octets import Bad, Reader

DOOR_KEY = 64 + SIZE
BOX = 32 + 96 + 16
BOXES = 8
"""at most, of one knock"""


class Knocker(NamedTuple):
    """What a box holds: whose keys, and D."""

    keys: Public
    secret: bytes


def door_key(keeper: Public, certificate: Certificate) -> bytes:
    return keeper.mk + keeper.ms + certificate.raw


def read_door_key(ground: Ground, data: bytes, now: float) -> Public:
    """The keeper's keys. Raises Bad unless RK lets them keep the door now."""
    reader = Reader(data)
    keeper, certificate = Public.read(reader), Certificate.read(reader)
    reader.end()
    if not ground.good(certificate, keeper, now):
        raise Bad("certificate")
    return keeper


def box(
    ground: Ground, link: bytes, keeper: Public, own: Public, secret: bytes, ephemeral: bytes | None = None
) -> bytes:
    """For one keeper; `link`: L of the link that was used, `secret`: D."""
    plain = own.mk + own.ms + secret
    return hpke.seal(keeper.mk, plain, info=_info(ground, keeper), psk=(link, ground.rid), ephemeral=ephemeral)


def open_box(ground: Ground, link: bytes, keeper: Pair, data: bytes) -> Knocker:
    """Raises Bad where it is not for this keeper, or by another link."""
    if len(data) != BOX:
        raise Bad("length")
    info = _info(ground, keeper.public)
    reader = Reader(hpke.unseal(keeper.receive, data, info=info, psk=(link, ground.rid)))
    return Knocker(Public.read(reader), reader.take(32))


def _info(ground: Ground, keeper: Public) -> bytes:
    return b"circle/1 knock" + ground.rid + ground.root + keeper.mk
