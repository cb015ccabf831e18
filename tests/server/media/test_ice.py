"""Checks: a genuine one is answered, everything else is nothing."""

from dataclasses import dataclass

import pytest
from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from server.media.relay import ice
from server.media.relay.dtls import make_identity
from server.media.relay.transport import CHECKS_PER_SECOND, Transport

ADDRESS = ("192.0.2.9", 4321)
IDENTITY = make_identity()


def transport(now: float = 0.0) -> Transport:
    return Transport("publish", "ufrag", "pwd" * 8, IDENTITY, now)


def request(username: str = "ufrag:theirs", pwd: str = "pwd" * 8, *, nominate: bool = True) -> bytes:
    message = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
    message.attributes |= {"PRIORITY": 5, "SOFTWARE": "odd", "USERNAME": username}
    if nominate:
        message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity(pwd.encode())
    return bytes(message)


def checked(data: bytes, address: ice.Address = ADDRESS) -> tuple[Transport, bool, bytes] | None:
    return ice.check(data, address, {"ufrag": transport()}, 0.0)


@pytest.mark.parametrize("nominate", [True, False])
def test_a_genuine_check_tells_whose_it_is_and_whether_it_nominates(nominate: bool) -> None:
    data = request(nominate=nominate)
    found = checked(data)
    assert found is not None
    owner, nominated, answer = found
    assert (owner.ufrag, nominated) == ("ufrag", nominate)
    told = stun.parse_message(answer)
    assert told.message_class == stun.Class.RESPONSE
    assert told.transaction_id == stun.parse_message(data).transaction_id
    assert told.check_message_integrity(("pwd" * 8).encode())
    assert told.attributes["XOR-MAPPED-ADDRESS"] == ADDRESS


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (("tcp 192.0.2.9", 1), ("192.0.2.9", 1)),
        (("2001:db8::1", 2), ("2001:db8::1", 2)),
        (("tcp 2001:db8::1", 2), ("2001:db8::1", 2)),
    ],
)
def test_an_answer_names_the_plain_address(address: ice.Address, told: ice.Address) -> None:
    found = checked(request(), address)
    assert found is not None
    assert stun.parse_message(found[2]).attributes["XOR-MAPPED-ADDRESS"] == told


@pytest.mark.parametrize(
    "data",
    [request("nobody:x"), request(":ufrag"), request(""), request("ufra:x"), request(pwd="pwd" * 7), request(pwd="")],
    ids=lambda _: "",
)
def test_another_name_or_password_is_nobodys(data: bytes) -> None:
    assert checked(data) is None


def test_an_answer_is_no_larger_than_twice_its_question() -> None:
    found = checked(request())
    assert found is not None
    assert len(found[2]) <= 2 * len(request())


@given(st.binary(max_size=300))
def test_garbage_is_nobodys(data: bytes) -> None:
    assert checked(data) is None
    assert checked(b"\0\1" + data) is None


@given(st.data())
def test_a_changed_check_is_nobodys(data: st.DataObject) -> None:
    """Up to the end of what is authenticated; the eight bytes of checksum behind it may be missing."""
    good = request()
    at = data.draw(st.integers(0, len(good) - 9))
    changed = good[:at] + bytes([good[at] ^ data.draw(st.integers(1, 255))]) + good[at + 1 :]
    assert checked(changed) is None


@given(st.integers(0, 200))
def test_a_part_of_a_check_is_nobodys(length: int) -> None:
    good = request()
    assert checked(good[: min(length, len(good) - 1)]) is None


@given(st.binary(max_size=300))
def test_a_claimed_name_is_found_or_not_but_never_raises(data: bytes) -> None:
    assert isinstance(ice.claimed(data), str)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=":"), min_size=1, max_size=30))
def test_the_name_before_the_colon_is_whose_it_claims_to_be(name: str) -> None:
    assert ice.claimed(request(f"{name}:other")) == name


def attributes(*more: bytes) -> bytes:
    """A check of these attributes, framed as it should be, and for somebody at the end."""
    body = b"".join(more) + b"\0\6\0\7ufrag:x\0"
    return b"\0\1" + len(body).to_bytes(2, "big") + ice.COOKIE + bytes(12) + body


EMPTY = b"\x80\x01\0\0"


def test_a_name_is_looked_for_among_the_first_attributes_only() -> None:
    """Whoever wants to make us work may send hundreds of empty ones in one datagram."""
    assert ice.claimed(attributes(*[EMPTY] * (ice.ATTRIBUTES - 1))) == "ufrag"
    assert ice.claimed(attributes(*[EMPTY] * ice.ATTRIBUTES)) == ""


def test_what_is_not_framed_as_a_check_is_nobodys_before_its_attributes_are_read() -> None:
    good = attributes()
    assert ice.claimed(good) == "ufrag"
    for bad in (
        good[:4] + b"\x21\x12\xa4\x43" + good[8:],
        good[:2] + (len(good) - 16).to_bytes(2, "big") + good[4:],
        good[:2] + (len(good) - 24).to_bytes(2, "big") + good[4:],
        good + bytes(4),
        b"\1\1" + good[2:],
        b"\0\3" + good[2:],
    ):
        assert ice.claimed(bad) == ""


def test_a_check_has_a_length_that_browsers_never_reach() -> None:
    head = len(attributes(b"\x80\x01\0\0"))
    longest = b"\x80\x01" + (ice.LONGEST - head).to_bytes(2, "big") + bytes(ice.LONGEST - head)
    assert len(attributes(longest)) == ice.LONGEST
    assert ice.claimed(attributes(longest)) == "ufrag"
    assert ice.claimed(attributes(longest, EMPTY)) == ""


def test_checks_of_one_connection_are_bounded() -> None:
    owner = transport()
    answers = [ice.check(request(), ADDRESS, {"ufrag": owner}, 5.0) for _ in range(CHECKS_PER_SECOND + 50)]
    assert sum(answer is not None for answer in answers) == CHECKS_PER_SECOND
    assert ice.check(request(), ADDRESS, {"ufrag": owner}, 6.0) is not None


@dataclass
class Sorted:
    first: int
    stun: bool
    dtls: bool
    media: bool


@pytest.mark.parametrize("first", range(256))
def test_the_first_byte_says_what_a_datagram_is(first: int) -> None:
    data = bytes([first]) + bytes(30)
    wanted = Sorted(first, first < 4, 20 <= first <= 63, 128 <= first <= 191)
    assert Sorted(first, ice.is_stun(data), ice.is_dtls(data), ice.is_media(data)) == wanted


@given(st.binary(max_size=11))
def test_nothing_shorter_than_a_header_is_anything(data: bytes) -> None:
    assert not any(is_it(data) for is_it in (ice.is_stun, ice.is_dtls, ice.is_media))
