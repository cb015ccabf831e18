"""What opens a circle: one spelling of each proof fits, for one circle, one use, one secret and a while; nothing else does."""

import hashlib
import string
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from server import links

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
NOW = 1_790_000_000.0
SECRET, OTHER_SECRET = b"s" * 32, b"t" * 32
ID, OTHER_ID = links.b64(b"i" * 32), links.b64(b"j" * 32)
SEAT = "AAAAAAAAAAA"
RID = links.b64(b"r" * 16)
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
ROOT = links.b64(KEY.public_key().public_bytes_raw())
NONCE = links.challenge(SECRET, ID, NOW, b"n" * 16)
TOKEN = links.token(SECRET, ID, SEAT, NOW)
NO_TEXT: list[object] = [None, 7, True, b"AAAA", ["A"], {}, 1.5]

Fits = Callable[[object], bool]


def challenge_fits(text: object, *, secret: bytes = SECRET, id_: str = ID, now: float = NOW) -> bool:
    return links.challenge_fits(secret, id_, text, now)


def token_fits(text: object, *, secret: bytes = SECRET, id_: str = ID, now: float = NOW) -> bool:
    return links.seat_of(secret, id_, text, now) == SEAT


BOTH = pytest.mark.parametrize(
    ("text", "fits", "life"),
    [(NONCE, challenge_fits, 60.0), (TOKEN, token_fits, 12 * 3600.0)],
    ids=["challenge", "token"],
)


@given(st.binary(max_size=80))
def test_every_text_of_bytes_is_read_as_these_bytes_and_only_at_their_length(data: bytes) -> None:
    text = links.b64(data)
    assert set(text) <= set(ALPHABET)
    assert links.unb64(text, len(data)) == data
    assert all(links.unb64(text, length) is None for length in range(83) if length != len(data))


@given(st.text(alphabet=ALPHABET + "+/= \n.", max_size=44), st.integers(0, 33))
def test_a_text_is_read_only_if_writing_gives_it_back(text: str, length: int) -> None:
    data = links.unb64(text, length)
    assert data is None or (len(data) == length and links.b64(data) == text)


@pytest.mark.parametrize("length", [1, 2, 3, 16, 32, 64])
def test_of_all_last_letters_only_those_without_idle_bits_are_read(length: int) -> None:
    text = links.b64(bytes(length))
    read = [letter for letter in ALPHABET if links.unb64(text[:-1] + letter, length) is not None]
    assert len(read) == {0: 64, 1: 4, 2: 16}[length % 3]


@pytest.mark.parametrize("text", ["AA==", "A+", "A/", "A A", "A\n", "é" * 22, "\ud800" * 22, "A" * 21 + "=", *NO_TEXT])
def test_what_is_no_text_of_ours_is_no_bytes(text: object) -> None:
    assert all(links.unb64(text, length) is None for length in range(1, 40))


def test_a_circle_goes_by_the_hash_of_its_rid() -> None:
    assert links.circle_id(RID) == links.b64(hashlib.sha256(b"r" * 16).digest())
    for wrong in ("", RID[:-1], RID + "A", RID + "=", RID[:-1] + "B", "é" * 22, *NO_TEXT):
        assert links.circle_id(wrong) is None


def test_a_join_proof_fits_the_hash_of_its_bytes_only() -> None:
    join = links.b64(b"j" * 32)
    kept = links.b64(hashlib.sha256(b"j" * 32).digest())
    assert links.join_fits(kept, join)
    for wrong in (kept, links.b64(b"k" * 32), join[:-1], join + "=", join[:-1] + "x", "", "é" * 43, *NO_TEXT):
        assert not links.join_fits(kept, wrong)


def signed(message: str, key: Ed25519PrivateKey = KEY) -> str:
    return links.b64(key.sign(message.encode()))


def test_a_signature_fits_one_key_one_circle_and_one_nonce() -> None:
    good = signed(f"circle/1 facilitator {RID} {NONCE}")
    assert links.signature_fits(ROOT, RID, NONCE, good)
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
    assert not links.signature_fits(ROOT, RID, NONCE, signed(f"circle/1 facilitator {RID} {NONCE}", other))
    assert not links.signature_fits(ROOT, RID, NONCE + "x", good)
    assert not links.signature_fits(ROOT, links.b64(b"q" * 16), NONCE, good)
    for message in (NONCE, f"{RID} {NONCE}", f"circle/2 facilitator {RID} {NONCE}", f"circle/1 member {RID} {NONCE}"):
        assert not links.signature_fits(ROOT, RID, NONCE, signed(message))
    for wrong in ("", good[:-1], good + "A", good + "==", "A" * 86, "é" * 86, *NO_TEXT):
        assert not links.signature_fits(ROOT, RID, NONCE, wrong)
        assert not links.signature_fits(str(wrong), RID, NONCE, good)


def test_a_root_is_a_public_key() -> None:
    assert links.is_root(ROOT)
    for wrong in ("", ROOT[:-1], ROOT + "A", ROOT + "=", "é" * 43, *NO_TEXT):
        assert not links.is_root(wrong)


@BOTH
def test_it_fits_for_its_life_and_not_longer(text: str, fits: Callable[..., bool], life: float) -> None:
    assert all(fits(text, now=NOW + later) for later in (0.0, life / 2, life))
    assert not any(fits(text, now=NOW + later) for later in (life + 1, life * 100))


@BOTH
def test_it_fits_one_circle_and_one_secret(text: str, fits: Callable[..., bool], life: float) -> None:
    assert not fits(text, id_=OTHER_ID)
    assert not fits(text, id_="")
    assert not fits(text, secret=OTHER_SECRET)


def test_it_fits_one_use() -> None:
    assert not challenge_fits(TOKEN)
    assert links.seat_of(SECRET, ID, NONCE, NOW) is None


@BOTH
def test_no_other_spelling_of_any_letter_fits(text: str, fits: Fits, life: float) -> None:
    for place in range(len(text)):
        for letter in ALPHABET + "=+/. \n":
            other = text[:place] + letter + text[place + 1 :]
            assert fits(other) == (other == text), (place, letter)


@BOTH
def test_nothing_may_be_added_or_missing(text: str, fits: Fits, life: float) -> None:
    body, signature = text.rsplit(".", 1)
    added = [text + more for more in ("A", "=", "==", ".", "\n", " ", "é", "\0", "A" * 300)]
    cut = [text[:-1], text[1:], body, signature, f".{signature}", body + signature, "", ".", "..."]
    moved = [f"{body}..{signature}", f"{signature}.{body}", f" {text}", f"{body}.{signature[:9]}\n{signature[9:]}"]
    assert not any(fits(wrong) for wrong in (*added, *cut, *moved, "é" * 20, "\ud800", *NO_TEXT))


@given(st.text(max_size=300) | st.text(alphabet=ALPHABET + ".", max_size=300))
def test_whatever_somebody_makes_up_fits_nothing(text: str) -> None:
    assert not challenge_fits(text)
    assert links.seat_of(SECRET, ID, text, NOW) is None


def test_a_challenge_is_another_one_for_other_random_bytes_and_a_token_names_its_seat() -> None:
    assert links.challenge(SECRET, ID, NOW, b"m" * 16) != NONCE
    other = links.token(SECRET, ID, "BBBBBBBBBBB", NOW)
    assert links.seat_of(SECRET, ID, other, NOW) == "BBBBBBBBBBB"
    assert links.seat_of(SECRET, ID, TOKEN, NOW) == SEAT
