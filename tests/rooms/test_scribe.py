"""What is generated from the rules is current, and says all of them."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from rooms import scribe
from rooms.agenda import FORMATS
from rooms.commits import Commit
from rooms.nouns import Seat, Step
from rooms.refusals import Refusal
from rooms.rules import RULES
from tests.builders import COMMANDS
from tools import generate


def test_the_rule_table_the_browsers_types_and_the_settings_table_are_current() -> None:
    assert [path.name for path in generate.stale()] == []


def test_a_stale_file_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scribe, "rules", lambda: "another table\n")
    assert generate.stale() == [generate.ROOT / "rooms/README.md"]


def test_the_table_has_a_row_for_each_rule_with_each_of_its_codes() -> None:
    rows = scribe.rules().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == list(COMMANDS)
    for row, rule in zip(rows, RULES, strict=True):
        sentences = (rule.who.sentence, *(guard.sentence for guard in rule.when))
        assert all(sentence in row for sentence in sentences)
        assert all(f"`{guard.otherwise}`" in row for guard in (rule.who, *rule.when))


def test_the_browser_is_given_each_refusal_code_and_no_command_of_the_server() -> None:
    text, types = scribe.protocol(), scribe.types_()
    assert f"export type Refusal = {' | '.join(json.dumps(code.value) for code in Refusal)};" in types
    for kind, command in COMMANDS.items():
        assert (f'type: "{kind}";' in types) is (command.from_outside or command is Commit)
    assert Path(generate.ROOT / "static/js/protocol.js").read_text("utf-8") == text
    assert Path(generate.ROOT / "static/js/protocol.d.ts").read_text("utf-8") == types


def test_the_browser_is_given_each_kind_of_circle_as_its_table_of_steps() -> None:
    found = re.search(r"export const FORMATS = (\{.*?\n\});", scribe.protocol(), re.DOTALL)
    assert found
    table = re.sub(r",(\s*[\]}])", r"\1", re.sub(r"^  (\w+):", r'  "\1":', found[1], flags=re.MULTILINE))
    given = msgspec.json.decode(table, type=dict[str, tuple[Step, ...]])
    assert given == dict(FORMATS)


def test_an_annotation_without_counterpart_in_the_browser_is_an_error() -> None:
    with pytest.raises(KeyError):
        scribe.js_type(bytes)
    assert scribe.js_type(str | None) == "string | null"
    assert scribe.js_type(tuple[str, ...]) == "string[]"
    assert scribe.js_type(Seat) == "Seat"
