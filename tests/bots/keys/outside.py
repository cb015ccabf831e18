"""What somebody's keys need of the world around them."""

from collections.abc import Callable
from typing import Any, Protocol

from tests.bots.keys.epoch import Epoch

Clock = Callable[[], float]
"""unix seconds"""


class Wire(Protocol):
    """To the server; each returns the ack, or raises `signaling.Refused`."""

    async def keys(self, message: dict[str, Any]) -> dict[str, Any]: ...
    async def command(self, type_: str, **fields: Any) -> dict[str, Any]: ...
    async def whisper(self, type_: str, **fields: Any) -> dict[str, Any]: ...


class Media(Protocol):
    """What opens frames with an epoch's keys from now on, and seals them; None: nothing goes out."""

    def install(self, epoch: Epoch) -> None: ...
    def switch(self, epoch: Epoch | None) -> None: ...
