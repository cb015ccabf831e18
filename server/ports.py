"""What the circles ask of the parts that stand above them: whom to tell, when to wake, when to go over to new keys."""

from collections.abc import Mapping
from typing import Any, Protocol

from rooms.effects import SwitchKeys
from rooms.nouns import Reason
from rooms.shown import View


class Teller(Protocol):
    """Who carries news to the people of a circle. Must not raise for somebody who is gone."""

    async def tell(self, id_: str, views: Mapping[str, View], at_door: View) -> None: ...
    async def whisper(self, id_: str, to: frozenset[str], message: Mapping[str, Any]) -> None: ...
    def keys(self, id_: str, messages: Mapping[str, object]) -> None: ...
    async def end(self, id_: str, seat: str, reason: Reason) -> None: ...
    async def end_all(self, id_: str) -> None: ...


class Alarm(Protocol):
    """Who wakes a circle at its time."""

    def set(self, id_: str, at: float | None) -> None: ...


class Turnover(Protocol):
    """Who says when everybody goes over to new keys."""

    def begin(self, id_: str, effect: SwitchKeys) -> None: ...
    def forget(self, id_: str) -> None: ...
