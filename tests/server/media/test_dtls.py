"""Handshakes, without a network: two ends handing each other their datagrams."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylibsrtp import Error as SrtpError

from server.media.relay.dtls import MTU, Dtls, datagrams, make_identity
from server.media.relay.sealer import BUFFER, TRAILER
from tests.bots.peer import rtp
from tests.bots.secure import CM, GCM, IDENTITY, Handshake, Identity
from tests.bots.secure import make_identity as make_theirs

OURS = make_identity()


def plain(fingerprint: str) -> str:
    return fingerprint.replace(":", "").lower()


def handshake(theirs: Identity = IDENTITY, described: str | None = None) -> tuple[Dtls, Handshake]:
    ours = Dtls(OURS, plain(described or theirs.fingerprint))
    peer = Handshake(theirs, OURS.fingerprint)
    said = peer.go()
    while said:
        heard = [answer for datagram in said for answer in ours.take(datagram)]
        assert all(len(datagram) <= MTU for datagram in heard)
        said = [answer for datagram in heard for answer in peer.take(datagram)]
    return ours, peer


@pytest.mark.parametrize("profile", [GCM, CM])
def test_both_ends_have_the_same_keys_crosswise(profile: bytes) -> None:
    ours, peer = handshake(make_theirs(profile))
    assert ours.keys is not None
    assert peer.sessions is not None
    assert ours.timeout() is None
    packet = rtp(5, 111, 1, b"payload")
    assert ours.keys.rx.unprotect(peer.sessions.tx.protect(packet)) == packet
    sealed = ours.keys.tx.seal(packet)
    assert sealed is not None
    assert peer.sessions.rx.unprotect(bytes(sealed)) == packet
    report = b"\x80\xc9\0\1\0\0\0\5"
    assert peer.sessions.rx.unprotect_rtcp(ours.keys.tx.seal_rtcp(report) or b"") == report


def test_sealing_is_what_the_library_itself_would_do() -> None:
    """The buffer and the handle are the library's inside: this holds the two to one another."""
    ours, _ = handshake()
    assert ours.keys is not None
    session = ours.keys.tx.session
    for number in range(50):
        packet = rtp(5, 96, number, os.urandom(number * 20))
        sealed = ours.keys.tx.seal(packet)
        assert sealed is not None
        assert bytes(sealed) == session.protect(packet)


def test_what_cannot_be_sealed_is_nothing() -> None:
    ours, _ = handshake()
    assert ours.keys is not None
    assert ours.keys.tx.seal(b"") is None
    assert ours.keys.tx.seal(b"\x80" * 11) is None
    assert ours.keys.tx.seal(rtp(5, 96, 1, bytes(BUFFER - TRAILER))) is None
    assert ours.keys.tx.seal_rtcp(b"") is None
    assert ours.keys.tx.seal_rtcp(bytes(5000)) is None


def test_a_certificate_other_than_described_gets_no_keys() -> None:
    ours, _ = handshake(described=make_theirs(GCM).fingerprint)
    assert ours.failed
    assert ours.keys is None


def test_a_client_without_srtp_gets_no_keys() -> None:
    ours, _ = handshake(make_theirs())
    assert ours.failed
    assert ours.keys is None


def test_after_a_failure_nothing_is_said() -> None:
    ours, _ = handshake(described=make_theirs(GCM).fingerprint)
    assert ours.take(Handshake(IDENTITY, OURS.fingerprint).go()[0]) == []


def test_a_goodbye_ends_it() -> None:
    ours, peer = handshake()
    for datagram in peer.close():
        ours.take(datagram)
    assert ours.failed


def test_what_is_told_after_the_handshake_does_not_pile_up() -> None:
    """Many records in one datagram, none of which anybody wants."""
    ours, peer = handshake()
    for _ in range(5):
        ours.take(b"".join(record for _ in range(20) for record in peer.tell(b"x")))
    assert not ours.failed
    assert vars(ours)["_connection"].pending() == 0
    for datagram in peer.close():
        ours.take(datagram)
    assert ours.failed


@given(st.lists(st.binary(max_size=1500), max_size=10))
def test_garbage_raises_nothing(garbage: list[bytes]) -> None:
    ours = Dtls(OURS, plain(IDENTITY.fingerprint))
    for datagram in garbage:
        assert len(b"".join(ours.take(datagram))) <= 3 * len(datagram) + 100
    assert ours.keys is None


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2000)), max_size=6))
def test_a_changed_handshake_gets_no_keys_or_the_right_ones(changes: list[tuple[int, int]]) -> None:
    ours, peer = Dtls(OURS, plain(IDENTITY.fingerprint)), Handshake(IDENTITY, OURS.fingerprint)
    said = peer.go()
    while said:
        for at, place in [changes.pop()] if changes else []:
            if at < len(said) and place < len(said[at]):
                said[at] = said[at][:place] + bytes([said[at][place] ^ 0x55]) + said[at][place + 1 :]
        heard = [answer for datagram in said for answer in ours.take(datagram)]
        try:
            said = [answer for datagram in heard for answer in peer.take(datagram)]
        except Exception:
            said = []
    if ours.keys is None or peer.sessions is None:
        return
    packet = rtp(5, 111, 1, b"payload")
    try:
        assert ours.keys.rx.unprotect(peer.sessions.tx.protect(packet)) == packet
    except SrtpError:
        pytest.fail("keys that do not fit")


@given(st.lists(st.integers(0, 1100), max_size=12))
def test_records_are_packed_whole_into_datagrams_that_fit(sizes: list[int]) -> None:
    records = [b"\x16\xfe\xfd" + bytes(8) + size.to_bytes(2, "big") + bytes(size) for size in sizes]
    packed = list(datagrams(b"".join(records)))
    assert b"".join(packed) == b"".join(records)
    assert all(0 < len(one) <= MTU for one in packed)
    for one in packed:
        while one:
            one = one[13 + int.from_bytes(one[11:13], "big") :]
        assert one == b""


def test_each_start_has_another_certificate() -> None:
    assert make_identity().fingerprint != OURS.fingerprint
