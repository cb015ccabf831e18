"""Frames as RFC 9605 has them, as the browser makes them, and none that is not for us."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bots.keys import frames, sframe
from tests.bots.keys.frames import Opening, Sealing, Track
from tests.bots.keys.octets import Bad

BROWSER = Path(__file__).resolve().parents[2] / "static" / "frame_vectors.json"
BASE, OTHER = bytes(range(32)), bytes(range(1, 33))
ADA, BO = "AUrQ4u_LmMc", "hd9MXY4q-iA"
KEY_FRAME, DELTA = bytes([0x10, *range(200)]), bytes([0x11, *range(200)])


def browser() -> list[dict[str, Any]]:
    return json.loads(BROWSER.read_text("utf-8"))["frames"]


def test_rfc_9605_appendix_c_suite_5() -> None:
    key = sframe.Key(bytes(range(16)), 0x123)
    assert key.key.hex() == "d3e27b0d4a5ae9e55df01a70e6d4d28d969b246e2936f4b7a5d9b494da6b9633"
    assert key.salt.hex() == "84991c167b8cd23c93708ec7"
    head, sealed = key.seal(0x4567, b"draft-ietf-sframe-enc", b"IETF SFrame WG")
    ct = "990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279"
    assert (head + sealed).hex() == ct
    assert key.open(0x4567, sealed, b"IETF SFrame WG") == b"draft-ietf-sframe-enc"


@pytest.mark.parametrize(
    ("kid", "ctr", "encoded"),
    [
        (0, 0, "00"),
        (0, 255, "08ff"),
        (7, 7, "77"),
        (8, 0, "8008"),
        (0x1FF, 0xAAAA, "9901ffaaaa"),
        (0xFFFF, 2**48 - 1, "9dffff" + 6 * "ff"),
    ],
)
def test_a_header_is_as_short_as_its_numbers_allow_and_is_read_back(kid: int, ctr: int, encoded: str) -> None:
    assert sframe.header(kid, ctr).hex() == encoded
    assert sframe.read_header(bytes.fromhex(encoded) + b"more") == (kid, ctr, len(encoded) // 2)


@pytest.mark.parametrize("data", ["", "08", "8001", "090001", "f8"])
def test_a_header_that_is_cut_or_longer_than_it_must_be_is_refused(data: str) -> None:
    with pytest.raises(Bad):
        sframe.read_header(bytes.fromhex(data))


def test_frames_that_the_browser_has_encrypted_are_the_same_byte_for_byte_and_open() -> None:
    assert len(browser()) > 10
    for one in browser():
        key, frame = sframe.Key(bytes.fromhex(one["base"]), one["kid"]), bytes.fromhex(one["frame"])
        encrypted = bytes.fromhex(one["encrypted"])
        assert frames.seal(key, one["ctr"], one["kind"], frame) == encrypted
        parts = frames.split(one["kind"], encrypted)
        assert (parts.kid, parts.ctr, parts.clear.hex()) == (one["kid"], one["ctr"], one["clear"])
        assert parts.clear + key.open(parts.ctr, parts.sealed, parts.clear) == frame


def pair(clock: frames.Clock = lambda: 0.0) -> tuple[Sealing, Opening]:
    """Ada sends; who opens has her key and Bo's."""
    sealing, opening = Sealing(), Opening(clock)
    sealing.switch(BASE, frames.kid(1, 7))
    opening.install({frames.kid(1, 7): (ADA, BASE), frames.kid(2, 7): (BO, OTHER)})
    return sealing, opening


def sealed(sealing: Sealing, kind: str, frame: bytes) -> bytes:
    data = sealing.seal(kind, frame)
    assert data is not None
    return data


@pytest.mark.parametrize(("kind", "frame"), [("audio", b"sound"), ("video", KEY_FRAME), ("video", DELTA)])
@pytest.mark.parametrize("length", [1, 2, 3, 9, 10, 11, 200])
def test_what_one_seals_the_other_opens_however_short(kind: str, frame: bytes, length: int) -> None:
    sealing, opening = pair()
    assert Track(opening, ADA, kind).open(sealed(sealing, kind, frame[:length])) == frame[:length]


def test_of_a_picture_ten_bytes_stay_readable_in_key_frames_three_in_others_and_of_sound_none() -> None:
    sealing, _ = pair()
    assert sealed(sealing, "video", KEY_FRAME)[:11][:10] == KEY_FRAME[:10]
    assert sealed(sealing, "video", DELTA)[:3] == DELTA[:3]
    assert DELTA[3:8] not in sealed(sealing, "video", DELTA)
    assert KEY_FRAME[10:15] not in sealed(sealing, "video", KEY_FRAME)
    assert b"sound" not in sealed(sealing, "audio", b"sound")


def test_no_key_nothing_to_say_or_a_counter_at_its_end_and_nothing_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sealing, _ = pair()
    assert sealing.seal("audio", b"") is None
    sealing.switch(None)
    assert sealing.seal("audio", b"sound") is None
    sealing.switch(OTHER, 1)
    monkeypatch.setattr(frames, "LAST", 2)
    assert [sealing.seal("audio", b"sound") is None for _ in range(3)] == [False, False, True]


def test_one_counter_for_all_tracks_from_nought_for_each_key() -> None:
    sealing, _ = pair()
    assert [frames.split(kind, sealed(sealing, kind, DELTA)).ctr for kind in ("audio", "video", "audio")] == [0, 1, 2]
    sealing.switch(BASE, frames.kid(1, 8))
    assert frames.split("audio", sealed(sealing, "audio", DELTA)).ctr == 0


def test_a_key_that_is_taken_up_again_goes_on_where_it_was() -> None:
    sealing, _ = pair()
    first = sealed(sealing, "audio", DELTA)
    sealing.switch(None)
    sealing.switch(BASE, frames.kid(1, 7))
    assert frames.split("audio", first).ctr == 0
    assert frames.split("audio", sealed(sealing, "audio", DELTA)).ctr == 1


def test_a_track_takes_only_the_keys_of_the_seat_that_it_is_said_to_be_of() -> None:
    sealing, opening = pair()
    with pytest.raises(Bad, match="another seat"):
        Track(opening, BO, "audio").open(sealed(sealing, "audio", b"sound"))


def test_a_frame_comes_once_and_not_long_after_newer_ones() -> None:
    sealing, opening = pair()
    track = Track(opening, ADA, "audio")
    made = [sealed(sealing, "audio", b"sound") for _ in range(frames.WINDOW + 2)]
    for number in (0, 2, 1, 5):
        track.open(made[number])
    for number in (0, 1, 2, 5):
        with pytest.raises(Bad, match="replayed"):
            track.open(made[number])
    track.open(made[-1])
    track.open(made[3])
    with pytest.raises(Bad, match="replayed"):
        track.open(made[0])
    with pytest.raises(Bad, match="replayed"):
        track.open(made[3])


def test_nor_on_another_connection() -> None:
    sealing, opening = pair()
    data = sealed(sealing, "audio", b"sound")
    Track(opening, ADA, "audio").open(data)
    with pytest.raises(Bad, match="replayed"):
        Track(opening, ADA, "audio").open(data)


def test_a_forged_frame_does_not_take_the_place_of_the_true_one() -> None:
    sealing, opening = pair()
    track, true = Track(opening, ADA, "audio"), sealed(sealing, "audio", b"sound")
    with pytest.raises(Bad, match="something else"):
        track.open(true[:-1] + bytes([true[-1] ^ 1]))
    assert track.open(true) == b"sound"


@pytest.mark.parametrize("at", range(0, 222, 13))
def test_every_byte_of_a_picture_counts_the_readable_ones_too(at: int) -> None:
    sealing, opening = pair()
    data = bytearray(sealed(sealing, "video", KEY_FRAME))
    data[at % len(data)] ^= 1
    with pytest.raises(Bad):
        Track(opening, ADA, "video").open(bytes(data))


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_plain_or_cut_frames_are_dropped(kind: str) -> None:
    sealing, opening = pair()
    track, data = Track(opening, ADA, kind), sealed(sealing, kind, DELTA)
    for bad in (b"", DELTA, KEY_FRAME, bytes(40), *(data[:end] for end in range(len(data)))):
        with pytest.raises(Bad):
            track.open(bad)


def test_the_keys_of_the_epoch_before_open_for_ten_seconds_more() -> None:
    now = 0.0
    sealing, opening = pair(lambda: now)
    track = Track(opening, ADA, "audio")
    opening.install({frames.kid(1, 8): (ADA, OTHER)})
    now = frames.KEPT
    track.open(sealed(sealing, "audio", b"late"))
    now += 0.1
    with pytest.raises(Bad, match="no key"):
        track.open(sealed(sealing, "audio", b"too late"))
    sealing.switch(OTHER, frames.kid(1, 8))
    assert track.open(sealed(sealing, "audio", b"now")) == b"now"


def test_a_new_key_in_an_old_ones_place_counts_from_nought_again() -> None:
    sealing, opening = pair()
    track = Track(opening, ADA, "audio")
    track.open(sealed(sealing, "audio", b"sound"))
    opening.install({frames.kid(1, 7): (ADA, OTHER)})
    with pytest.raises(Bad):
        track.open(sealed(sealing, "audio", b"sound"))
    sealing.switch(OTHER, frames.kid(1, 7))
    assert track.open(sealed(sealing, "audio", b"sound")) == b"sound"
