"""One track on its way through: numbers that never carry two contents, repairs, counts."""

from struct import pack

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from server.media.relay.track import CACHED, WINDOW, Numbers, Reception, Track, renumber
from tests.server.media.rig import number_of, payload_of

SSRC = 77


def packet(number: int, payload: bytes = b"") -> bytes:
    return pack("!BBHII", 0x80, 0xE0, number & 0xFFFF, 1234, 5) + payload


def video() -> Track:
    track = Track("video", SSRC, 96)
    track.set_open(True)
    return track


class Gate(RuleBasedStateMachine):
    """A publisher whose packets are lost, late and reordered as the SRTP window allows, behind a gate that opens and shuts."""

    @initialize(first=st.integers(0, 0xFFFF), kind=st.sampled_from(("audio", "video")))
    def begin(self, first: int, kind: str) -> None:
        self.track = Track(kind, SSRC, 111)
        self.next = first
        self.held: list[int] = []
        self.sent: dict[int, int] = {}
        """index of 48 bits, as the SRTP layer of a listener reckons it -> what left under it"""
        self.highest: int | None = None
        self.order: list[int] = []

    @rule(lost=st.integers(0, 3), jump=st.sampled_from((0, 0, 0, 0, 200, 20_000)))
    def packet_comes(self, lost: int, jump: int) -> None:
        self.next += lost + jump
        self.forward(self.next)
        self.next += 1

    @rule(many=st.integers(1, 2000))
    def many_come(self, many: int) -> None:
        for _ in range(many):
            self.forward(self.next)
            self.next += 1

    @rule()
    def packet_is_held_up(self) -> None:
        self.held.append(self.next)
        self.next += 1

    @precondition(lambda self: bool(self.held))
    @rule(data=st.data())
    def late_packet_comes(self, data: st.DataObject) -> None:
        index = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        if index > self.next - WINDOW:
            self.forward(index)

    @rule(open_=st.booleans())
    def gate_moves(self, open_: bool) -> None:
        self.track.set_open(open_)

    def forward(self, index: int) -> None:
        """`index` stands for the content: each comes once, as the SRTP layer sees to it."""
        patched = self.track.patch(packet(index, index.to_bytes(8, "big")))
        if patched is None:
            return
        assert self.track.open
        out = self.reckon(number_of(patched))
        assert out not in self.sent, "one number, two contents"
        self.sent[out] = index
        self.order.append(out)

    def reckon(self, number: int) -> int:
        """The index that a listener takes a number for (RFC 3711, 3.3.1)."""
        if self.highest is None:
            self.highest = number + 0x10000
            return self.highest
        ahead = (number - self.highest) & 0xFFFF
        index = self.highest + (ahead if ahead < 0x8000 else ahead - 0x10000)
        self.highest = max(self.highest, index)
        return index

    @invariant()
    def a_repair_is_what_was_sent(self) -> None:
        if self.highest is None:
            return
        for index in range(self.highest - 20, self.highest + 20):
            found = self.track.kept(index & 0xFFFF, 0)
            if found is not None:
                assert self.sent.get(index) == int.from_bytes(payload_of(found[1]), "big")


TestGate = Gate.TestCase


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1, max_size=20), st.integers(0, 0xFFFF))
def test_numbers_are_continuous_over_gates(phases: list[tuple[int, int]], first: int) -> None:
    track, seq, out = video(), first, list[int]()
    for passed, kept in phases:
        for open_, many in ((True, passed), (False, kept)):
            track.set_open(open_)
            for _ in range(many):
                patched = track.patch(packet(seq))
                seq += 1
                if patched is not None:
                    out.append(number_of(patched))
    assert out == [(out[0] + at) & 0xFFFF for at in range(len(out))]
    assert len(out) == sum(passed for passed, _ in phases)


def test_numbers_go_round_three_times() -> None:
    numbers = Numbers()
    assert [numbers.next(at & 0xFFFF) for at in range(200_000)] == [at & 0xFFFF for at in range(200_000)]


def test_a_late_packet_from_before_the_gate_is_dropped() -> None:
    track = video()
    assert track.patch(packet(10))
    assert track.patch(packet(12))
    track.set_open(False)
    track.patch(packet(13))
    track.set_open(True)
    assert number_of(track.patch(packet(14)) or b"") == 13
    assert track.patch(packet(11)) is None


def test_a_patched_packet_differs_in_type_number_and_ssrc_only() -> None:
    track = video()
    data = pack("!BBHII", 0x90, 0x80 | 120, 500, 1234, 5) + bytes.fromhex("bede000131000500") + b"payload"
    patched = track.patch(data)
    assert patched == pack("!BBHII", 0x90, 0x80 | 96, 500, 1234, SSRC) + data[12:]
    without_marker = track.patch(data[:1] + bytes([120]) + data[2:]) or b""
    assert without_marker[1] == 96


@given(st.integers(0, 0xFFFF), st.binary(max_size=40))
def test_another_number_changes_nothing_else(number: int, payload: bytes) -> None:
    assert renumber(packet(7, payload), number) == packet(number, payload)


def test_the_last_packets_of_a_picture_are_kept_and_no_more() -> None:
    track = video()
    for at in range(2 * CACHED):
        track.patch(packet(at, b"%d" % at))
    assert track.kept(CACHED - 1, 0) is None
    for at in range(CACHED, 2 * CACHED):
        assert payload_of((track.kept(at, 0) or (0, b""))[1]) == b"%d" % at


def test_a_leap_in_the_numbers_forgets_what_was_kept() -> None:
    """Else a number might be looked up that means one of the next time round."""
    track = video()
    track.patch(packet(100))
    track.patch(packet(100 + 30_000))
    assert track.kept(100, 0) is None
    assert track.kept(30_100, 0) is not None


def test_sound_is_not_kept() -> None:
    track = Track("audio", SSRC, 111)
    track.set_open(True)
    assert track.patch(packet(1))
    assert track.kept(1, 0) is None


def test_nothing_is_kept_from_before_a_gate_shut() -> None:
    track = video()
    track.patch(packet(1))
    track.set_open(False)
    assert track.kept(1, 0) is None
    track.set_open(True)
    assert track.kept(1, 0) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=300, unique=True), st.integers(0, 0xFFFF))
def test_reception_counts_what_is_missing(came: list[int], first: int) -> None:
    reception = Reception(90_000)
    came = sorted(came)
    for at in came:
        reception.take((first + at) & 0xFFFF, 0, 0.0)
    expected = came[-1] - came[0] + 1
    lost = expected - len(came)
    assert reception.counts() == (min(255, (lost << 8) // expected), lost)
    assert reception.counts() == (0, lost)
    assert (reception.highest or 0) & 0xFFFF == (first + came[-1]) & 0xFFFF


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.integers(0, 2**32 - 1), st.floats(0, 1e6)), max_size=200))
def test_reception_bears_anything(packets: list[tuple[int, int, float]]) -> None:
    reception = Reception(48_000)
    for seq, timestamp, now in packets:
        reception.take(seq, timestamp, now)
    fraction, _ = reception.counts()
    assert 0 <= fraction <= 255
    assert 0 <= reception.jitter < 2**32
    assert len(reception.missing) < 1_000
    assert len(reception.ask_again()) <= 64


def test_the_highest_number_counts_its_rounds() -> None:
    reception = Reception(90_000)
    for at in range(150_000):
        reception.take(at & 0xFFFF, 0, 0.0)
    assert reception.highest == 149_999
    assert reception.counts() == (0, 0)


def test_jitter_is_what_the_standard_says() -> None:
    reception = Reception(8_000)
    for at, (timestamp, now) in enumerate([(0, 0.0), (160, 0.02), (320, 0.05)]):
        reception.take(at, timestamp, now)
    assert round(reception.jitter, 6) == 80 / 16  # 10 ms late, of 8 ticks each, a sixteenth of it


def test_what_is_missing_is_asked_for_until_it_comes_and_thrice_at_most() -> None:
    reception = Reception(90_000)
    for seq in (65_534, 2):
        reception.take(seq, 0, 0.0)
    assert reception.ask_again() == [65_535, 0, 1]
    reception.take(0, 0, 0.0)
    assert [reception.ask_again() for _ in range(3)] == [[65_535, 1], [65_535, 1], []]


def test_what_is_missing_does_not_pile_up() -> None:
    reception = Reception(90_000)
    for seq in range(0, 60_000, 50):
        reception.take(seq, 0, 0.0)
    assert len(reception.missing) < 1_000


def test_a_great_leap_is_a_new_beginning_and_nothing_is_asked_for() -> None:
    reception = Reception(90_000)
    reception.take(0, 0, 0.0)
    reception.take(100, 0, 0.0)
    assert reception.ask_again() == []
