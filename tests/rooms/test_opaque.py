"""What browsers seal, sign and wrap is taken in its sizes only, and in one spelling; nothing here looks inside."""

import base64
import itertools
from typing import Any

import msgspec
import pytest

from rooms import opaque
from rooms.opaque import letters
from tests.builders import boxes, introduction, wrap

SEAT = "Ab3-_xyzXYZ"
SIZES = {
    **{"DoorName": 284, "DoorNote": 1052, "DoorLine": 148, "DoorAgreements": 3228, "RoomName": 285, "RoomLine": 149},
    **{
        "RoomNote": 1053,
        "OwnNote": 1136,
        "DoorKey": 137,
        "Box": 144,
        "Wrap": 80,
        "Hash": 32,
        "Signature": 64,
        "Beat": 124,
    },
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def some(size: int) -> str:
    """Bytes of every value, so that each letter comes."""
    return text(bytes(itertools.islice(itertools.cycle(range(255, -1, -1)), size)))


def fits(value: object, kind: Any) -> bool:
    try:
        return msgspec.convert(value, kind) == value
    except msgspec.ValidationError:
        return False


@pytest.mark.parametrize("name", SIZES)
def test_each_kind_has_its_size(name: str) -> None:
    kind, size = getattr(opaque, name), SIZES[name]
    assert len(some(size)) == letters(size)
    assert [fits(some(size + more), kind) for more in (-1, 0, 1)] == [False, True, False]


@pytest.mark.parametrize("name", [*SIZES, "Roster", "Block"])
def test_the_same_bytes_have_one_spelling(name: str) -> None:
    size = {**SIZES, "Roster": 70 + 75, "Block": 284}[name]
    whole = some(size)
    spellings = [whole[:-1] + last for last in LETTERS]
    fitting = [one for one in spellings if fits(one, getattr(opaque, name))]
    assert fitting == [one for one in spellings if text(base64.urlsafe_b64decode(f"{one}==")) == one]
    assert len(fitting) == {0: 64, 1: 4, 2: 16}[size % 3]
    for wrong in (f"{whole}=", f"{whole}\n", whole.replace("-", "+"), f" {whole[1:]}", f"{whole[:-1]}é"):
        assert wrong == whole or not fits(wrong, getattr(opaque, name))


@pytest.mark.parametrize("size", [1136, 4208])
def test_a_page_of_ones_own_words_is_short_or_long(size: int) -> None:
    assert [fits(some(size + more), opaque.OwnPage) for more in (-1, 0, 1)] == [False, True, False]


@pytest.mark.parametrize(("kind", "size"), [(0, 0), (1, 73), (2, 36)])
def test_an_introduction_has_the_size_of_its_kind(kind: int, size: int) -> None:
    keys = bytes(range(64))
    assert fits(text(keys + bytes([kind]) + bytes(size)), opaque.Introduction)
    assert fits(introduction("keys", kind), opaque.Introduction)
    for other in {0, 1, 2, 3, 64, 255} - {kind}:
        assert not fits(text(keys + bytes([other]) + bytes(size)), opaque.Introduction)
    whole = keys + bytes([kind]) + bytes(size)
    assert not fits(text(whole[:-1]), opaque.Introduction)
    assert not fits(text(whole + bytes(1)), opaque.Introduction)
    assert fits(introduction("keys", kind), opaque.SeedsIntroduction) is (kind == 1)
    assert opaque.unvouched(introduction("keys", kind)) is (kind == 0)


@pytest.mark.parametrize("entries", [1, 2, 12, 32])
@pytest.mark.parametrize("entry", [75, 148])
def test_a_roster_has_room_for_one_to_thirty_two_with_or_without_certificates(entries: int, entry: int) -> None:
    assert fits(some(70 + entries * entry), opaque.Roster)


@pytest.mark.parametrize("size", [0, 70, 144, 70 + 32 * 148 + 1, 70 + 33 * 148])
def test_a_roster_of_nobody_and_one_that_is_too_long_are_refused(size: int) -> None:
    assert not fits(some(size), opaque.Roster)


def test_a_block_is_a_multiple_of_256_with_what_seals_it_up_to_eight_thousand() -> None:
    sizes = [size for size in range(8600) if fits(some(size), opaque.Block)]
    assert sizes == [28 + 256 * many for many in range(1, 33)]


def test_boxes_and_wraps_are_by_seat_and_not_too_many() -> None:
    seats = [f"Ab3-_xyzX{number:02}" for number in range(33)]
    assert [fits(boxes(*seats[:many]), opaque.Boxes) for many in (0, 1, 8, 9)] == [True, True, True, False]
    wraps = {seat: wrap("secret") for seat in seats}
    some_of = [dict(itertools.islice(wraps.items(), many)) for many in (0, 1, 32, 33)]
    assert [fits(one, opaque.Wraps) for one in some_of] == [False, True, True, False]
    for kind, value in ((opaque.Boxes, boxes(SEAT)[SEAT]), (opaque.Wraps, wrap("secret"))):
        for wrong in ({"ada": value}, {SEAT: value[:-1]}, {SEAT: None}, [SEAT, value], {1: value}):
            assert not fits(wrong, kind)
