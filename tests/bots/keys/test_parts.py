"""Bytes in one spelling, HPKE as RFC 9180 has it, and blocks that hold what they say."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tests.bots.keys import block, hpke, introduction
from tests.bots.keys.block import Block
from tests.bots.keys.octets import Bad, Reader, b64, lp8, unb64


@pytest.mark.parametrize("text", ["QQ==", "QR", "Q", "Q+", "Q/", "QQ\n", "é", None, 7, "QQ QQ"])
def test_base64url_has_one_spelling(text: object) -> None:
    with pytest.raises(Bad):
        unb64(text)


def test_and_its_length_is_kept() -> None:
    assert unb64(b64(b"A"), 1) == b"A"
    with pytest.raises(Bad, match="length"):
        unb64(b64(b"A"), 2)


def test_a_reader_refuses_what_is_short_or_left_over() -> None:
    reader = Reader(lp8(b"ab") + b"c")
    assert reader.lp8() == b"ab"
    with pytest.raises(Bad, match="left over"):
        reader.end()
    with pytest.raises(Bad, match="short"):
        reader.take(2)


# RFC 9180, A.1 has AES-128-GCM; with AES-256-GCM there are none for X25519, so Python's other implementation stands in.
def test_base_mode_is_what_the_cryptography_package_makes_of_it() -> None:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    key = X25519PrivateKey.generate()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    sealed = hpke.seal(key.public_key().public_bytes_raw(), b"plain", info=b"info")
    assert suite.decrypt(sealed, key, b"info") == b"plain"
    assert hpke.unseal(key, suite.encrypt(b"plain", key.public_key(), b"info"), info=b"info") == b"plain"


def test_a_key_agreement_that_comes_to_nought_is_refused() -> None:
    key = X25519PrivateKey.generate()
    with pytest.raises(Bad):
        hpke.seal(bytes(32), b"plain", info=b"")
    with pytest.raises(Bad):
        hpke.unseal(key, bytes(32 + 16 + 5), info=b"")


BLOCK = Block(1, bytes(32), ((255, bytes(32)), (0, bytes(32))), ((bytes(16), "Zoë"),))


def test_a_block_is_read_back_whole_and_padded() -> None:
    assert block.read(BLOCK.raw) == BLOCK
    assert len(BLOCK.raw) == 256


@pytest.mark.parametrize(
    "bad",
    [
        BLOCK._replace(rooms=()),
        BLOCK._replace(rooms=((1, bytes(32)), (3, bytes(32)))),
        BLOCK._replace(rooms=tuple((id_, bytes(32)) for id_ in range(33))),
        BLOCK._replace(names=((bytes(16), "Ada"), (bytes(16), "Bo"))),
        BLOCK._replace(names=((bytes(16), "x" * 255),)),
    ],
)
def test_a_block_that_says_what_cannot_be_is_refused(bad: Block) -> None:
    with pytest.raises(Bad):
        block.read(bad.raw)


def test_and_one_that_is_cut_or_has_something_in_its_padding() -> None:
    for bad in (b"", BLOCK.raw[:-1], BLOCK.raw[:-1] + b"\1", BLOCK.raw + bytes(256)):
        with pytest.raises(Bad):
            block.read(bad)


def test_thirty_two_room_keys_are_kept_and_ids_go_round() -> None:
    grown = BLOCK
    for _ in range(40):
        grown = grown.with_fresh_room()
    assert [id_ for id_, _ in grown.rooms] == list(range(9, 41))


@pytest.mark.parametrize(
    "data", [bytes(64), bytes(64) + b"\3", bytes(66), bytes(64) + b"\1", bytes(64) + b"\2" + bytes(37)]
)
def test_an_introduction_of_no_kind_or_another_length_is_refused(data: bytes) -> None:
    with pytest.raises(Bad):
        introduction.read(data)
