"""The benchmarks' own honesty: what is printed, what holds, and which exit code says so."""

import math
import sys
from types import ModuleType

import pytest

from tests.bench.__main__ import MEASURES, Measure, main
from tests.bench.rows import Row, table, unmeasured, verdict

BESIDE = Row("forwarding", 8.0, "µs", 0.8, theirs=10.0)
ALONE = Row("page", 80.0, "kB", 80.0)


def test_a_row_beside_others_holds_up_to_its_ratio() -> None:
    assert BESIDE.ratio == 0.8
    assert BESIDE.holds
    assert not Row("forwarding", 8.1, "µs", 0.8, theirs=10.0).holds


def test_a_row_alone_holds_up_to_its_figure() -> None:
    assert ALONE.ratio is None
    assert ALONE.holds
    assert not Row("page", 80.1, "kB", 80.0).holds


def test_being_slower_than_the_limit_is_not_saved_by_a_small_ratio_of_nothing() -> None:
    assert not Row("forwarding", 8.0, "µs", 0.8, theirs=0.0).holds
    assert not Row("forwarding", math.nan, "µs", 0.8, theirs=10.0).holds
    assert not Row("forwarding", 8.0, "µs", 0.8, theirs=math.nan).holds
    assert not unmeasured("forwarding", "no engine").holds


def test_the_table_says_name_ours_theirs_ratio_limit_and_verdict() -> None:
    lines = table([BESIDE, ALONE, Row("page", 81.0, "kB", 80.0)]).split("\n")
    assert [line.split() for line in lines] == [
        ["what", "ours", "theirs", "ratio", "limit"],
        ["forwarding", "8", "µs", "10", "µs", "0.80", "<=", "0.8", "holds"],
        ["page", "80", "kB", "<=", "80", "kB", "holds"],
        ["page", "81", "kB", "<=", "80", "kB", "falls", "short"],
    ]
    assert {line.index("<=") for line in lines[1:]} == {lines[0].index("limit")}


def test_a_note_stands_under_its_row() -> None:
    lines = table([unmeasured("relay", "no engine"), ALONE]).split("\n")
    assert "falls short" in lines[1]
    assert lines[2] == "    no engine"
    assert lines[3].startswith("page")


def test_the_exit_code_is_0_only_if_something_was_measured_and_all_of_it_holds() -> None:
    assert verdict([BESIDE, ALONE]) == 0
    assert verdict([BESIDE, unmeasured("relay", "")]) == 1
    assert verdict([]) == 1


@pytest.fixture
def measures(monkeypatch: pytest.MonkeyPatch) -> tuple[Measure, ...]:
    """A row that holds, one that falls short, one that cannot be measured."""

    async def short() -> list[Row]:
        return [Row("slow", 2.0, "s", 1.0)]

    def broken() -> list[Row]:
        raise RuntimeError("no engine")

    for name, function in (("good", lambda: [ALONE]), ("slow", short), ("broken", broken)):
        module = ModuleType(f"tests.bench.{name}")
        vars(module)["measure"] = function
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return tuple(Measure(name, "no time") for name in ("good", "slow", "broken"))


def test_a_chosen_row_is_measured_alone(measures: tuple[Measure, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["good"], measures) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["what", "page"]


def test_one_row_that_falls_short_fails_the_run_and_hides_no_other(
    measures: tuple[Measure, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([], measures) == 1
    printed = capsys.readouterr().out
    assert "page" in printed
    assert "slow" in printed
    assert "could not be measured: RuntimeError: no engine" in printed


def test_a_row_that_cannot_be_measured_fails_the_run(measures: tuple[Measure, ...]) -> None:
    assert main(["broken"], measures) == 1


def test_an_unknown_row_is_said_and_nothing_is_measured(
    measures: tuple[Measure, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["goood"], measures) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "broken, good, slow" in said.err


def test_every_row_that_is_promised_has_its_module() -> None:
    assert {one.name for one in MEASURES} == {"relay", "stick", "join", "weight", "frames", "commit", "rekey"}
