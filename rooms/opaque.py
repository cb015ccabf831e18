"""Shapes of what browsers seal, sign and wrap. Nothing here looks inside: each is base64url of a known number of bytes, in one spelling.

Sizes are those of docs/protocol.md, sections 6 and 7. Where the bytes end within a letter, the bits left over are zero: two texts
that mean the same bytes are the same text.
"""

from typing import Annotated

import msgspec

_ANY = "[A-Za-z0-9_-]"
_LAST = {0: "", 1: "[AQgw]", 2: "[AEIMQUYcgkosw048]"}
"""the last letter, by how many bytes stand beyond whole groups of three"""
_TAG, _NONCE, _SIGNATURE, _MID = 16, 12, 64, 16
DOOR_WORDS = _NONCE + _TAG
"""around the plain text: what is sealed for those who have the link, or over the doorstep"""
ROOM_WORDS = 1 + _NONCE + _TAG
OWN_WORDS = 4 + _MID + _NONCE + _SIGNATURE + _TAG
NAME, LINE, NOTE, AGREEMENTS, PAGE = 256, 120, 1024, 3200, 4096
"""plain texts, with their length and padding"""


def letters(size: int) -> int:
    """How many letters so many bytes have."""
    return (size * 4 + 2) // 3


def _bytes(size: int) -> str:
    last = _LAST[size % 3]
    return f"{_ANY}{{{letters(size) - bool(last)}}}{last}"


def of(*sizes: int) -> msgspec.Meta:
    """Exactly so many bytes, or exactly so many."""
    return msgspec.Meta(max_length=letters(max(sizes)), pattern=f"^(?:{'|'.join(map(_bytes, sizes))})\\Z")


Hash = Annotated[str, of(32)]
SeatId = Annotated[str, msgspec.Meta(pattern=f"^{_ANY}{{11}}\\Z", title="SeatId")]

DoorName = Annotated[str, of(NAME + DOOR_WORDS)]
DoorNote = Annotated[str, of(NOTE + DOOR_WORDS)]
DoorLine = Annotated[str, of(LINE + DOOR_WORDS)]
DoorAgreements = Annotated[str, of(AGREEMENTS + DOOR_WORDS)]
RoomName = Annotated[str, of(NAME + ROOM_WORDS)]
RoomLine = Annotated[str, of(LINE + ROOM_WORDS)]
RoomNote = Annotated[str, of(NOTE + ROOM_WORDS)]
OwnNote = Annotated[str, of(NOTE + OWN_WORDS)]
OwnPage = Annotated[str, of(NOTE + OWN_WORDS, PAGE + OWN_WORDS)]

DoorKey = Annotated[str, of(137)]
"""of who keeps the door: mk, ms, certificate"""
Box = Annotated[str, of(144)]
MOST_BOXES = 8
Boxes = Annotated[dict[SeatId, Box], msgspec.Meta(max_length=MOST_BOXES)]
"""for each keeper's seat the keys of who knocks"""
Wrap = Annotated[str, of(80)]
"""32 bytes for one receiver: an epoch's secret, or the facilitators' link"""
Wraps = Annotated[dict[SeatId, Wrap], msgspec.Meta(min_length=1, max_length=32)]
Signature = Annotated[str, of(_SIGNATURE)]
Beat = Annotated[str, of(_MID + 4 + 32 + 8 + _SIGNATURE)]

# An introduction is mk, ms, its kind, and a proof by kind. The kind's byte stands in letters 85 and 86 with two bits of what is
# before and after it: so the letters tell the kind.
_KEYS = f"{_ANY}{{85}}[AQgw]"
_KINDS = (f"{_KEYS}A", f"{_KEYS}[E-H]{_ANY}{{97}}", f"{_KEYS}[I-L]{_ANY}{{47}}{_LAST[2]}")
Introduction = Annotated[str, msgspec.Meta(max_length=184, pattern=f"^(?:{'|'.join(_KINDS)})\\Z")]
SeedsIntroduction = Annotated[str, msgspec.Meta(max_length=184, pattern=f"^{_KINDS[1]}\\Z")]
"""of who holds the seed"""


def unvouched(introduction: str) -> bool:
    """Whether nobody can vouch for these keys, so that who keeps the door is asked."""
    return len(introduction) == letters(65)


_HEADER, _ENTRY, _CERTIFICATE, MOST_ENTRIES = 70, 75, 73, 32
Roster = Annotated[
    str,
    msgspec.Meta(
        min_length=letters(_HEADER + _ENTRY),
        max_length=letters(_HEADER + MOST_ENTRIES * (_ENTRY + _CERTIFICATE)),
        pattern=f"^(?:{_ANY}{{4}})*(?:{_ANY}{_LAST[1]}|{_ANY}{{2}}{_LAST[2]})?\\Z",
    ),
]
_BLOCK = 256
# Three multiples make whole letters; what is left over is one of three sizes.
Block = Annotated[
    str,
    msgspec.Meta(
        min_length=letters(_BLOCK + DOOR_WORDS),
        max_length=letters(8192 + DOOR_WORDS),
        pattern=f"^(?:{_ANY}{{1024}})*(?:{'|'.join(_bytes(many * _BLOCK + DOOR_WORDS) for many in range(3))})\\Z",
    ),
]
