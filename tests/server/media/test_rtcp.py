"""RTCP: what is written can be read, what is read may be anything."""

from struct import pack, unpack_from

from hypothesis import given
from hypothesis import strategies as st

from server.media.relay import rtcp
from tests.server.media.feedback import parse

U8, U16, U32 = (st.integers(0, 2**bits - 1) for bits in (8, 16, 32))


def only(data: bytes) -> rtcp.Packet:
    (packet,) = rtcp.split(data)
    return packet


@given(st.binary(max_size=200))
def test_garbage_is_read_without_a_word(data: bytes) -> None:
    for packet in rtcp.split(data):
        rtcp.lost_numbers(packet)
        rtcp.wanted_picture(packet)
        rtcp.sender_report(packet)


@given(st.sampled_from((200, 201, 205, 206, 210)), st.sampled_from((0, 1, 4, 15, 31)), st.binary(max_size=60))
def test_well_framed_garbage_is_read_without_a_word(kind: int, form: int, body: bytes) -> None:
    body += bytes(-len(body) % 4)
    packet = only(pack("!BBH", 0x80 | form, kind, len(body) // 4) + body)
    assert packet == (kind, form, body)
    ssrc, numbers = rtcp.lost_numbers(packet)
    assert ssrc in range(2**32)
    assert all(number in range(2**16) for number in numbers)
    assert rtcp.wanted_picture(packet) in range(2**32)
    report = rtcp.sender_report(packet)
    assert report is None or report.middle in range(2**32)


@given(st.lists(st.tuples(U8, st.binary(max_size=16)), max_size=6))
def test_a_compound_is_split_into_what_it_was_made_of(parts: list[tuple[int, bytes]]) -> None:
    packets = [rtcp.Packet(kind, len(body) % 32, body + bytes(-len(body) % 4)) for kind, body in parts]
    data = b"".join(pack("!BBH", 0x80 | form, kind, len(body) // 4) + body for kind, form, body in packets)
    assert rtcp.split(data) == packets


def test_what_cannot_be_read_ends_a_compound() -> None:
    pli = rtcp.pli(1, 2)
    assert rtcp.split(pli + b"\x00" + pli) == rtcp.split(pli)
    assert rtcp.split(pli + b"\x01" + pli[1:] + pli) == rtcp.split(pli)  # of another version
    assert rtcp.split(pli + pli[:-1]) == rtcp.split(pli)


def test_a_compound_without_end_is_cut() -> None:
    assert len(rtcp.split(rtcp.pli(1, 2) * 500)) == 32


@given(U32, st.lists(U16, min_size=1, max_size=60, unique=True))
def test_what_is_asked_for_again_is_what_was_meant(ssrc: int, numbers: list[int]) -> None:
    got, asked = rtcp.lost_numbers(only(rtcp.nack(1, ssrc, numbers)))
    assert got == ssrc
    assert sorted(asked) == sorted(numbers)


def test_of_what_is_asked_for_again_so_much_is_heard_at_a_time() -> None:
    asked = rtcp.lost_numbers(only(rtcp.nack(1, 2, list(range(500)))))[1]
    assert asked == list(range(rtcp.MOST_LOST))


def test_neighbours_share_a_pair_even_where_numbers_go_round() -> None:
    data = rtcp.nack(1, 2, [65_534, 65_535, 0, 14])
    assert len(data) == 12 + 4
    assert rtcp.lost_numbers(only(data))[1] == [65_534, 65_535, 0, 14]
    data = rtcp.nack(1, 2, [0, 16, 17])
    assert rtcp.lost_numbers(only(data))[1] == [0, 16, 17]


@given(U32)
def test_a_wish_for_a_picture_names_whose(ssrc: int) -> None:
    assert rtcp.wanted_picture(only(rtcp.pli(1, ssrc))) == ssrc
    fir = pack("!BBHIIIBBH", 0x84, rtcp.PSFB, 4, 1, 0, ssrc, 1, 0, 0)
    assert rtcp.wanted_picture(only(fir)) == ssrc


@given(U32, U32, st.binary(min_size=20, max_size=20))
def test_a_senders_report_goes_on_under_another_ssrc(theirs: int, ours: int, info: bytes) -> None:
    packet = only(pack("!BBHI", 0x80, rtcp.SR, 6, theirs) + info)
    report = rtcp.sender_report(packet)
    assert report == (theirs, info)
    told, description = rtcp.split(rtcp.report_on(ours, info, "madeupname"))
    assert rtcp.sender_report(told) == (ours, info)
    assert description.type == rtcp.SDES
    assert description.body[:16] == pack("!IBB", ours, 1, 10) + b"madeupname"


@given(st.text("abcdef0123456789", max_size=40))
def test_every_name_is_padded_and_ended(name: str) -> None:
    description = rtcp.split(rtcp.report_on(1, bytes(20), name))[1]
    rest = description.body[6 + len(name) :]
    assert 1 <= len(rest) <= 4
    assert not any(rest)


@given(
    U32, st.integers(-100, 300), st.integers(-(2**30), 2**30), st.integers(0, 2**40), st.integers(0, 2**40), U32, U32
)
def test_a_receivers_report_bears_any_counts(
    ssrc: int, fraction: int, lost: int, highest: int, jitter: int, last: int, delay: int
) -> None:
    packet = only(rtcp.receiver_report(1, [rtcp.Block(ssrc, fraction, lost, highest, jitter, last, delay)]))
    assert packet.form == 1
    assert len(packet.body) == 28
    assert unpack_from("!I", packet.body, 4)[0] == ssrc
    told = int.from_bytes(packet.body[9:12], "big", signed=True)
    assert told == max(-0x800000, min(0x7FFFFF, lost))


@given(st.integers(1, 2**40), st.lists(U32, min_size=1, max_size=4))
def test_a_limit_is_told_to_within_its_mantissa(rate: int, ssrcs: list[int]) -> None:
    body = only(rtcp.remb(1, ssrcs, rate)).body
    assert body[8:12] == b"REMB"
    assert body[12] == len(ssrcs)
    word = int.from_bytes(body[13:16], "big")
    told = (word & 0x3FFFF) << (word >> 18)
    assert told <= rate < told + (1 << (word >> 18))
    assert unpack_from(f"!{len(ssrcs)}I", body, 16) == tuple(ssrcs)


@given(
    st.integers(0, 2**20),
    st.lists(st.tuples(st.integers(1, 40), st.integers(-20_000, 100_000)), min_size=1, max_size=200),
    st.integers(0, 2**34),
)
def test_feedback_says_which_came_and_when(first: int, steps: list[tuple[int, int]], at: int) -> None:
    arrivals = {first: at}
    for ahead, later in steps:
        first, at = first + ahead, max(0, at + later)
        arrivals[first] = at
    told = parse(only(rtcp.twcc(1, 2, 300, arrivals)).body)
    assert told.ssrc == 2
    assert told.turn == 300 & 0xFF
    assert list(told.arrivals) == [number & 0xFFFF for number in arrivals]
    for number, arrived in arrivals.items():
        # The reference has 24 bits of 64 ms.
        assert abs((told.arrivals[number & 0xFFFF] - arrived + 2**29) % (2**24 * 64_000) - 2**29) <= 125


@given(st.dictionaries(st.integers(0, 2_000), st.integers(0, 2**45), min_size=1, max_size=100))
def test_feedback_ends_where_a_time_does_not_fit(arrivals: dict[int, int]) -> None:
    told = parse(only(rtcp.twcc(1, 2, 0, arrivals)).body)
    numbers = sorted(arrivals)
    assert list(told.arrivals) == numbers[: len(told.arrivals)]
    assert told.arrivals
