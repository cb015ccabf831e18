"""Streams are shared out by network, and whoever proves nothing gives way."""

from server.media.relay.ice import Address
from server.media.relay.places import MOST, MOST_UNPROVED, PER_NETWORK, Places

KEY = b"k"


def at(network: int, number: int, *, proved: bool = False, places: Places) -> tuple[bool, Address | None]:
    """One stream from there."""
    found = places.take(address(network, number))
    if proved:
        places.proved(address(network, number))
    return found


def address(network: int, number: int) -> Address:
    return (f"tcp 10.{network >> 8}.{network & 255}.{number % 256}", 1000 + number)


def test_a_network_has_so_many_places_whatever_its_addresses() -> None:
    places = Places(KEY)
    for number in range(PER_NETWORK):
        assert at(1, number, proved=True, places=places) == (True, None)
    assert at(1, 200, places=places) == (False, None)
    assert at(2, 0, places=places) == (True, None)


def test_a_household_has_one_network_of_the_new_protocol() -> None:
    places = Places(KEY)
    for number in range(PER_NETWORK):
        mine = (f"tcp 2001:db8:0:1{number:02x}::{number}", number)
        assert places.take(mine) == (True, None)
        places.proved(mine)
    assert places.take(("tcp 2001:db8:0:1ff::1", 9)) == (False, None)
    assert places.take(("tcp 2001:db8:0:2ff::1", 9)) == (True, None)


def test_who_has_proved_nothing_gives_way_to_a_neighbour() -> None:
    places = Places(KEY)
    for number in range(PER_NETWORK):
        at(1, number, proved=number != 5, places=places)
    assert at(1, 200, places=places) == (True, address(1, 5))
    assert len(places) == PER_NETWORK


def test_strangers_hold_at_most_half_of_all_places_and_the_oldest_goes_first() -> None:
    places = Places(KEY)
    at(0, 0, proved=True, places=places)
    for number in range(MOST_UNPROVED):
        assert at(1 + number // 50, number, places=places) == (True, None)
    assert at(99, 0, places=places) == (True, address(1, 0))
    assert at(98, 0, proved=True, places=places) == (True, address(1, 1))
    assert at(97, 0, places=places) == (True, None)
    assert len(places) == MOST_UNPROVED + 2


def test_when_all_places_are_proved_nobody_is_sent_away() -> None:
    places = Places(KEY)
    for number in range(MOST):
        assert at(number // 50, number, proved=True, places=places) == (True, None)
    assert at(99, 0, places=places) == (False, None)
    places.leave(address(0, 0))
    assert at(99, 0, places=places) == (True, None)


def test_who_has_left_holds_no_place() -> None:
    places = Places(KEY)
    for _ in range(3):
        for number in range(PER_NETWORK):
            assert at(1, number, places=places)[0]
        for number in range(PER_NETWORK):
            places.leave(address(1, number))
            places.leave(address(1, number))
    assert len(places) == 0
