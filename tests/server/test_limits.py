"""How much may come how fast, by a clock that the test holds."""

import ipaddress
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from server.limits import Bucket, Buckets, prefix

KEY = b"k" * 32
# Quarters add up without rounding, so that the oracle and the bucket agree to the last drop.
QUARTERS = st.integers(0, 40).map(lambda number: number / 4)


def taken(bucket: Bucket, now: float, tries: int) -> int:
    return sum(bucket.take(now) for _ in range(tries))


def test_as_much_as_the_burst_comes_at_once_and_no_more() -> None:
    bucket = Bucket(rate=2.0, burst=5.0)
    assert taken(bucket, 100.0, 20) == 5


def test_it_fills_up_again_at_its_rate() -> None:
    bucket = Bucket(rate=2.0, burst=5.0)
    taken(bucket, 100.0, 20)
    assert not bucket.take(100.25)
    assert bucket.take(100.5)
    assert not bucket.take(100.5)
    assert taken(bucket, 102.0, 20) == 3


def test_it_never_holds_more_than_its_burst_however_long_nobody_came() -> None:
    bucket = Bucket(rate=2.0, burst=5.0)
    assert bucket.take(100.0)
    assert taken(bucket, 1e12, 20) == 5


def test_what_is_refused_costs_nothing() -> None:
    bucket = Bucket(rate=1.0, burst=1.0)
    assert bucket.take(100.0)
    assert not any(bucket.take(100.0 + number / 8) for number in range(8))
    assert bucket.take(101.0)


def test_a_clock_that_goes_back_gives_nothing() -> None:
    bucket = Bucket(rate=1.0, burst=2.0)
    assert taken(bucket, 100.0, 3) == 2
    assert not bucket.take(50.0)


@given(st.integers(1, 8), st.integers(1, 10), st.lists(QUARTERS, max_size=60))
def test_it_lets_through_what_an_exact_account_lets_through(rate: int, burst: int, waits: list[float]) -> None:
    bucket, now, account = Bucket(float(rate), float(burst)), 100.0, Fraction(burst)
    for wait in waits:
        now += wait
        account = min(Fraction(burst), account + Fraction(wait) * rate)
        assert bucket.take(now) == (account >= 1)
        account -= 1 if account >= 1 else 0
        assert 0 <= bucket.left == account <= burst


def test_a_bucket_is_full_when_it_may_be_forgotten() -> None:
    bucket = Bucket(rate=2.0, burst=5.0)
    assert bucket.full(100.0)
    taken(bucket, 100.0, 4)
    assert not bucket.full(101.75)
    assert bucket.full(102.0)


def test_each_key_has_a_bucket_of_its_own() -> None:
    buckets = Buckets(rate=1.0, burst=2.0)
    assert [buckets.take("a", 100.0) for _ in range(3)] == [True, True, False]
    assert [buckets.take("b", 100.0) for _ in range(3)] == [True, True, False]
    assert len(buckets) == 2


def test_forgetting_gives_nobody_more_than_waiting_does() -> None:
    buckets = Buckets(rate=1.0, burst=2.0)
    for key in ("a", "a", "b"):
        buckets.take(key, 100.0)
    buckets.forget(101.0)  # b is full again, a is not
    assert len(buckets) == 1
    assert [buckets.take("a", 101.0) for _ in range(2)] == [True, False]
    assert [buckets.take("b", 101.0) for _ in range(3)] == [True, True, False]


def test_of_very_many_the_full_ones_go_first() -> None:
    buckets = Buckets(rate=1.0, burst=2.0, most=4)
    for key in ("old", "old", "x", "y", "z"):
        buckets.take(key, 100.0)
    buckets.take("new", 101.0)  # x, y and z are full by now
    assert len(buckets) == 2
    assert [buckets.take("old", 101.0) for _ in range(2)] == [True, False]


def test_of_very_many_that_are_all_busy_the_oldest_go_and_the_newest_stay() -> None:
    buckets = Buckets(rate=1.0, burst=1.0, most=4)
    assert all(buckets.take(key, 100.0) for key in "abcd")
    assert buckets.take("e", 100.0)
    assert not any(buckets.take(key, 100.0) for key in "cde")
    assert all(buckets.take(key, 100.0) for key in "ab")


@given(st.integers(2, 12), st.lists(st.tuples(st.integers(0, 200), QUARTERS), max_size=200))
def test_however_many_come_no_more_are_remembered_than_allowed(most: int, comers: list[tuple[int, float]]) -> None:
    buckets, now = Buckets(rate=1.0, burst=3.0, most=most), 100.0
    for who, wait in comers:
        now += wait / 8
        buckets.take(str(who), now)
        assert len(buckets) <= most


def test_ever_new_strangers_fill_no_memory() -> None:
    buckets = Buckets(rate=1.0, burst=60.0)
    for who in range(50_000):
        assert buckets.take(str(who), 100.0)
    assert len(buckets) <= 10_000


V4, V6 = st.integers(0, 2**32 - 1), st.integers(2**125, 2**126 - 1)


@given(V4, V4)
def test_neighbours_of_one_v4_network_count_as_one(one: int, other: int) -> None:
    same = prefix(str(ipaddress.IPv4Address(one)), KEY) == prefix(str(ipaddress.IPv4Address(other)), KEY)
    assert same == (one >> 8 == other >> 8)
    assert prefix(str(ipaddress.IPv4Address(one)), KEY) == prefix(str(ipaddress.IPv4Address(one ^ 0xFF)), KEY)


@given(V6, st.integers(0, 2**72 - 1), st.integers(72, 124))
def test_neighbours_of_one_v6_network_count_as_one(one: int, host: int, bit: int) -> None:
    def of(number: int) -> str:
        return prefix(str(ipaddress.IPv6Address(number)), KEY)

    assert of(one) == of((one >> 72 << 72) | host)
    assert of(one) != of(one ^ (1 << bit))


def test_whoever_has_no_address_counts_as_one_stranger() -> None:
    nowhere = {
        prefix(text, KEY) for text in ("", "unknown", "localhost", "1.2.3", "1.2.3.4.5", "::g", "é", "1.2.3.4/8")
    }
    assert len(nowhere) == 1
    assert nowhere != {prefix("1.2.3.4", KEY)}


def test_a_prefix_tells_nobody_an_address_and_is_another_one_for_another_key() -> None:
    told = prefix("203.0.113.7", KEY)
    assert len(told) == 24
    assert set(told) <= set("0123456789abcdef")
    assert told != prefix("203.0.113.7", b"o" * 32)
    assert told == prefix("203.0.113.9", KEY)
    assert prefix("203.0.113.7", b"k" * 100)


def test_a_v4_address_in_v6_writing_counts_as_what_it_is() -> None:
    assert prefix("::ffff:203.0.113.7", KEY) == prefix("203.0.113.9", KEY)
    assert prefix("::ffff:203.0.113.7", KEY) != prefix("::ffff:198.51.100.7", KEY)
