"""JSON to command, whisper or word of the keys, or a refusal. Total: whatever arrives is one of these.

Every limit on outside strings stands in the types.
"""

from typing import Any, Union

import msgspec

from rooms.commits import Commit, Fetch, Installed
from rooms.refusals import Refusal, Refused
from rooms.rulebook import Command
from rooms.rules import RULES
from rooms.whispers import ROWS, Whisper

OUTSIDE: tuple[type[Command], ...] = tuple(rule.command for rule in RULES if rule.command.from_outside)
_UNION: Any = Union[OUTSIDE]  # noqa: UP007  made from a tuple
_WHISPERS: Any = Union[tuple(row.whisper for row in ROWS)]  # noqa: UP007

MOST_BYTES = 8192
"""Of one command as JSON; a longer packet is refused unread."""
MOST_BYTES_OF_KEYS = 24_576
"""A commit for 32 has 22 kB at most."""


def parse(value: object) -> Command:
    """The command that a decoded JSON value says. Raises Refused(malformed) for everything else."""
    command: Command = _read(value, _UNION)
    if isinstance(value, dict) and set(type(command).given) & set(value):  # pyright: ignore[reportUnknownArgumentType]
        raise Refused(Refusal.MALFORMED)
    return command


def parse_whisper(value: object) -> Whisper:
    """The whisper that a decoded JSON value says. Raises Refused(malformed) for everything else."""
    whisper: Whisper = _read(value, _WHISPERS)
    return whisper


def parse_keys(value: object) -> Commit | Installed | Fetch:
    """What a decoded JSON value says of the keys. Raises Refused(malformed) for everything else."""
    said: Commit | Installed | Fetch = _read(value, Commit | Installed | Fetch)
    return said


def _read(value: object, union: Any) -> Any:
    try:
        return msgspec.convert(value, type=union, strict=True)
    except (msgspec.ValidationError, ValueError, TypeError, RecursionError):
        raise Refused(Refusal.MALFORMED) from None


def needs_seat(command: Command) -> bool:
    """Whether the server gives this command a new seat id (knock and enter)."""
    return "seat" in type(command).given


def with_given(command: Command, **known: Any) -> Command:
    """The same command with what the server knows of it and it may be given."""
    return msgspec.structs.replace(command, **{name: known[name] for name in type(command).given})
