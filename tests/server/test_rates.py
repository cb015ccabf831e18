"""How often a network, a circle or a seat may ask, by a clock that stands still until the test moves it."""

from collections.abc import Callable

import pytest

from server.rates import COMMANDS, EACH, KEYS, WHISPERS, Rates
from tests.builders import COMMANDS as ALL


class Clock:
    now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rates(clock: Clock) -> Rates:
    return Rates(clock)


def taken(take: Callable[[], bool]) -> int:
    """How many of a thousand at once are let through."""
    return sum(take() for _ in range(1000))


def test_a_network_opens_ten_circles_at_once_and_one_in_twenty_seconds_then(rates: Rates, clock: Clock) -> None:
    assert taken(lambda: rates.opening("here")) == 10
    assert taken(lambda: rates.opening("there")) == 10
    clock.now += 40
    assert taken(lambda: rates.opening("here")) == 2


def test_a_full_circle_knocks_from_one_network_and_several_circles_do(rates: Rates) -> None:
    assert [taken(lambda id_=id_: rates.knock(id_, "here")) for id_ in ("a", "b", "c", "d", "e")] == [12] * 5


def test_over_all_circles_a_network_knocks_a_minutes_worth_at_once(rates: Rates, clock: Clock) -> None:
    assert sum(rates.knock(str(circle), "here") for circle in range(100)) == 60
    assert rates.knock("0", "there")
    clock.now += 60
    assert sum(rates.knock(str(circle), "here") for circle in range(100)) == 30


def test_what_one_circle_refuses_costs_nothing_of_what_all_may_have(rates: Rates) -> None:
    assert taken(lambda: rates.knock("a", "here")) == 12
    assert sum(rates.knock(str(circle), "here") for circle in range(100)) == 48


def test_a_seat_begins_media_five_times_at_once_and_once_a_second_then(rates: Rates, clock: Clock) -> None:
    assert taken(lambda: rates.new_media("c", "ada")) == 5
    assert taken(lambda: rates.new_media("c", "bo")) == 5
    clock.now += 2
    assert taken(lambda: rates.new_media("c", "ada")) == 2


@pytest.mark.parametrize("kind", sorted(EACH))
def test_each_kind_has_its_own_rate_for_each_seat(rates: Rates, clock: Clock, kind: str) -> None:
    rate, burst = EACH[kind]
    assert taken(lambda: rates.each(kind, "c", "ada")) == burst
    assert taken(lambda: rates.each(kind, "c", "bo")) == taken(lambda: rates.each(kind, "d", "ada")) == burst
    other = next(one for one in sorted(EACH) if one != kind)
    assert taken(lambda: rates.each(other, "c", "ada")) == EACH[other][1]
    clock.now += 2 / rate
    assert taken(lambda: rates.each(kind, "c", "ada")) == 2


def test_no_two_events_share_a_kind_and_what_has_no_rate_is_free(rates: Rates) -> None:
    assert len(EACH) == len(WHISPERS) + len(COMMANDS) + len(KEYS)
    assert taken(lambda: rates.each("pass", "c", "ada")) == 1000


def test_what_anybody_may_send_and_everybody_sees_has_a_rate() -> None:
    """But what moves the stick: it is the sender's own turn, and the next one is somebody else's."""
    seen = {"answer_knock", "introduce", "raise_hand", "check_in", "set_devices", "step_out", "step_in", "invite_aside"}
    seen |= {"consent", "confirm", "ask_seat"}
    assert seen <= set(COMMANDS) <= set(ALL)


def test_connections_and_events_are_counted_by_network(rates: Rates) -> None:
    assert taken(lambda: rates.connect("here")) == 60
    assert taken(lambda: rates.event("c", "here")) == 400
    assert rates.connect("there")
    assert rates.event("c", "there")
    assert rates.event("d", "here")


def test_neighbours_are_one_network_by_another_name_at_each_start(rates: Rates, clock: Clock) -> None:
    def network(address: str) -> str:
        return rates.network({"client": (address, 1)})

    assert network("203.0.113.7") == network("203.0.113.9") != network("198.51.100.7")
    assert network("2001:db8:0:1::1") == network("2001:db8:0:2::9")
    assert network("203.0.113.7") != Rates(clock).network({"client": ("203.0.113.7", 1)})
    assert rates.network({}) == rates.network({"client": None})
