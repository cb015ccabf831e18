"""ICE-lite: only answers. A Binding request with our user name and password, and nothing else, gets an answer."""

from struct import error as StructError  # noqa: N812
from struct import unpack_from
from typing import Protocol, TypeVar

from aioice import stun

Address = tuple[str, int]
REQUEST = b"\0\1"
COOKIE = b"\x21\x12\xa4\x42"
USERNAME = 0x0006
ATTRIBUTES = 8
LONGEST = 548
"""what a check may have at most (RFC 8489, 6.1, for IPv4); a browser's has about 120 bytes"""


class Owner(Protocol):
    """What a check is measured against."""

    @property
    def pwd(self) -> str: ...
    def may_check(self, now: float) -> bool: ...


T = TypeVar("T", bound=Owner)


def claimed(data: bytes) -> str:
    """For whom a check says it is, or "". Anybody may send us anything, so this is to cost next to nothing."""
    size = len(data)
    if not 20 < size <= LONGEST or data[:2] != REQUEST or data[4:8] != COOKIE:
        return ""
    if int.from_bytes(data[2:4], "big") != size - 20:
        return ""
    at = 20
    for _ in range(ATTRIBUTES):
        if at + 4 > size:
            break
        kind, length = unpack_from("!HH", data, at)
        if kind == USERNAME:
            return data[at + 4 : at + 4 + length].split(b":")[0].decode("ascii", "replace")
        at += 4 + length + -length % 4
    return ""


def check(data: bytes, address: Address, by_ufrag: dict[str, T], now: float) -> tuple[T, bool, bytes] | None:
    """(whose, nominated, answer) for a good request; None, silently, for everything else.

    The user name is looked at before anything is parsed or any HMAC reckoned, so that strangers cost little.
    """
    owner = by_ufrag.get(claimed(data))
    if owner is None or not owner.may_check(now):
        return None
    try:
        request = stun.parse_message(data)
        if request.message_method != stun.Method.BINDING or request.message_class != stun.Class.REQUEST:
            return None
        if not request.check_message_integrity(owner.pwd.encode()):
            return None
    except (ValueError, StructError, IndexError, KeyError):
        return None
    answer = stun.Message(
        message_method=stun.Method.BINDING,
        message_class=stun.Class.RESPONSE,
        transaction_id=request.transaction_id,
    )
    # Streams are known by a marked host; the peer is told the plain one.
    answer.attributes["XOR-MAPPED-ADDRESS"] = (address[0].removeprefix("tcp "), address[1])
    answer.add_message_integrity(owner.pwd.encode())
    return owner, "USE-CANDIDATE" in request.attributes, bytes(answer)


def is_stun(data: bytes) -> bool:
    return len(data) >= 20 and data[0] < 4


def is_dtls(data: bytes) -> bool:
    return len(data) >= 13 and 20 <= data[0] <= 63


def is_media(data: bytes) -> bool:
    return len(data) >= 12 and 128 <= data[0] <= 191


def is_rtcp(data: bytes) -> bool:
    return 192 <= data[1] <= 223
