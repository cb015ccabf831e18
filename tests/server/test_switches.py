"""When a circle goes over to new keys, by a time that stands still until the test moves it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from rooms.commits import Switch
from rooms.effects import SwitchKeys
from server.switches import Switches

SEATS = frozenset({"ada", "bo", "cy"})


class Timer:
    def __init__(self, seconds: float, ring: Callable[[str], None], id_: str) -> None:
        self.seconds, self._ring, self._id = seconds, ring, id_
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def rings(self) -> None:
        if not self.cancelled:
            self._ring(self._id)


class Hall:
    """What was told, and which timers were set."""

    def __init__(self) -> None:
        self.told: list[tuple[str, set[str], object]] = []
        self.timers: list[Timer] = []
        self.switches = Switches(self._tell, self._later)

    def _tell(self, id_: str, seats: Iterable[str], said: object) -> None:
        self.told.append((id_, set(seats), said))

    def _later(self, *given: Any) -> Timer:
        self.timers.append(Timer(*given))
        return self.timers[-1]

    def commit(self, n: int, here: Iterable[str] = SEATS, id_: str = "c") -> "Hall":
        self.switches.begin(id_, SwitchKeys(n=n, seats=SEATS, here=frozenset(here), within=1.0))
        return self

    def installed(self, *seats: str, n: int = 1, id_: str = "c") -> "Hall":
        for seat in seats:
            self.switches.installed(id_, seat, n)
        return self


TOLD = ("c", set(SEATS), Switch(n=1))


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_all_switch_as_soon_as_all_have_the_keys_who_are_here_and_once(hall: Hall) -> None:
    hall.commit(1, here=("ada", "bo")).installed("ada")
    assert hall.told == []
    hall.installed("bo", "bo", "cy")
    assert hall.told == [TOLD]
    hall.timers[0].rings()
    assert hall.told == [TOLD]


def test_nobody_is_waited_for_longer_than_that(hall: Hall) -> None:
    hall.commit(1).installed("ada")
    assert [timer.seconds for timer in hall.timers] == [1.0]
    hall.timers[0].rings()
    assert hall.told == [TOLD]
    hall.installed("bo", "cy")
    assert hall.told == [TOLD]


def test_where_nobody_is_here_nobody_is_waited_for(hall: Hall) -> None:
    assert hall.commit(1, here=()).told == [TOLD]


@pytest.mark.parametrize("n", [0, 2])
def test_only_the_keys_of_that_commit_count(hall: Hall, n: int) -> None:
    assert hall.commit(1).installed(*SEATS, n=n).told == []


def test_of_two_commits_in_a_row_only_the_later_one_is_switched_to(hall: Hall) -> None:
    hall.commit(1).installed("ada", "bo").commit(2).installed("cy")
    hall.timers[0].rings()
    assert hall.told == []
    assert hall.installed(*SEATS, n=2).told == [("c", set(SEATS), Switch(n=2))]


def test_each_circle_switches_by_itself(hall: Hall) -> None:
    hall.commit(1).commit(1, id_="d").installed(*SEATS, id_="d")
    assert hall.told == [("d", set(SEATS), Switch(n=1))]
    assert hall.installed(*SEATS).told[1:] == [TOLD]


def test_nothing_is_told_of_a_circle_that_is_over_or_that_there_never_was(hall: Hall) -> None:
    hall.commit(1).switches.forget("c")
    hall.switches.forget("nowhere")
    hall.installed(*SEATS).installed("ada", id_="nowhere")
    hall.timers[0].rings()
    assert hall.told == []


def test_at_the_end_no_timer_is_left(hall: Hall) -> None:
    hall.commit(1).commit(1, id_="d").switches.stop()
    assert all(timer.cancelled for timer in hall.timers)
    assert hall.told == []
