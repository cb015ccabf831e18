"""Help stands on every page: lines to call with their source and date, nearest first, and a link away that needs no script."""

import json
from pathlib import Path

import pytest

from server.settings import SettingError
from tests.serving import Serving, settings
from tests.web.asking import ask, post
from web.helplines import SHIPPED_LINES, Line, nearest_first, read_lines

LINE = {
    "region": "",
    "country": "Here",
    "name": "A line",
    "call": "+1 (2) 3",
    "hours": "always",
    "source": "us",
    "checked": "2026-11",
}


WRONG: tuple[object, ...] = (
    *("", "{", "{}"),
    *([{**LINE, **wrong}] for wrong in ({"more": 1}, {"region": "Xx"}, {"checked": "lately"}, {"name": "x" * 81})),
    [LINE] * 61,
)


def wrote(tmp_path: Path, content: object) -> Path:
    file = tmp_path / "lines.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


@pytest.mark.parametrize("path", ["/", "/c/AAAAAAAAAAAAAAAAAAAAAA", "/f/AAAAAAAAAAAAAAAAAAAAAA", "/nothing-here"])
def test_every_page_has_the_lines_and_a_way_out_in_itself(path: str) -> None:
    with Serving() as serving:
        page = ask(serving.base, path).body.decode()
    assert all(f'href="tel:{line.dial}"' in page for line in read_lines(SHIPPED_LINES))
    assert 'id="exit" class="exit" href="https://www.wikipedia.org/" rel="noreferrer"' in page
    assert page.index('id="exit"') < page.index("<main")


def test_every_shipped_line_says_where_it_is_from_and_when_it_was_looked_up() -> None:
    lines = read_lines(SHIPPED_LINES)
    assert len({line.region for line in lines}) == len(lines) >= 10
    assert all(line.source and line.checked and line.dial for line in lines)


def test_the_lines_of_the_asking_regions_come_first_in_their_order() -> None:
    lines = read_lines(SHIPPED_LINES)
    first = [line.region for line in nearest_first(lines, "fr-CH,fr;q=0.9,de-AT;q=0.8,en")]
    assert first[:2] == ["CH", "AT"]
    assert first[2:] == [line.region for line in lines if line.region not in {"CH", "AT"}]
    assert nearest_first(lines, "en, -, ;;,x-") == lines


def test_whoever_runs_the_server_brings_lines_and_an_exit_of_their_own(tmp_path: Path) -> None:
    own = settings(CIRCLE_HELP_FILE=str(wrote(tmp_path, [LINE])), CIRCLE_EXIT_URL="https://weather.example/today")
    with Serving(given=own) as serving:
        page = ask(serving.base).body.decode()
    assert 'href="tel:+123"' in page
    assert "Samaritans" not in page
    assert 'href="https://weather.example/today"' in page


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "{}",
        [{**LINE, "more": 1}],
        [{**LINE, "region": "Xx"}],
        [{**LINE, "checked": "lately"}],
        [{**LINE, "name": "x" * 81}],
        [LINE] * 61,
    ],
)
def test_a_file_of_another_form_stops_the_start_with_a_sentence(tmp_path: Path, content: object) -> None:
    with pytest.raises(SettingError, match="CIRCLE_HELP_FILE cannot be used"):
        Serving(given=settings(CIRCLE_HELP_FILE=str(wrote(tmp_path, content))))


def test_what_is_in_a_line_is_text() -> None:
    assert Line(**{**LINE, "call": "0800 <b>1</b>"}).dial == "08001"


def test_a_goodbye_has_the_browser_forget_what_is_ours() -> None:
    with Serving() as serving:
        answer = post(serving.base, "/api/goodbye", b"")
    assert (answer.status, answer.headers["clear-site-data"]) == (204, '"cache", "storage"')
