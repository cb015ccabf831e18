"""What the server needs of whatever carries sound and picture. The port; implementations stand beside it.

Nothing here knows a name, a role or a rule: circles and seats are opaque ids, gates come from the rules' effects.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

Kind = Literal["audio", "video"]
Side = Literal["publish", "subscribe"]

Audience = Literal["all", "nobody"] | frozenset[str]
"""Who receives a seat's track: every subscriber of the circle, none, or these seats only."""


class Track(NamedTuple):
    """Whose track an m-line of a subscribe offer carries."""

    seat: str
    kind: Kind


class MediaRefused(Exception):
    """A description or request that the engine will not take. `code` is a refusal code, never a text from outside."""

    def __init__(self, code: str = "malformed") -> None:
        super().__init__(code)
        self.code = code


class MediaEvents(Protocol):
    """What an engine tells the server. Plain calls on the event loop; they must not block and do not raise."""

    def on_offer(self, circle: str, seat: str, offer: int, sdp: str, tracks: Mapping[str, Track]) -> None: ...
    def on_connected(self, circle: str, seat: str, side: Side) -> None: ...
    def on_lost(self, circle: str, seat: str, side: Side) -> None: ...


class MediaEngine(Protocol):
    """Both engines keep this. Every method is idempotent where that makes sense; unknown circles and seats are no error on the way out."""

    async def start(self, events: MediaEvents) -> None: ...
    async def stop(self) -> None: ...
    async def open_circle(self, circle: str) -> None: ...
    async def close_circle(self, circle: str) -> None: ...
    async def publish(self, circle: str, seat: str, offer_sdp: str) -> str:
        """Returns the answer. Raises MediaRefused. Gates of a seat start shut and outlive its connections."""
        ...

    async def unpublish(self, circle: str, seat: str) -> None: ...
    async def subscribe(self, circle: str, seat: str) -> None:
        """Starts afresh; offers come by MediaEvents.on_offer, one open at a time."""
        ...

    async def answer(self, circle: str, seat: str, offer: int, sdp: str) -> None: ...
    async def gate(self, circle: str, seat: str, kind: Kind, audience: Audience) -> None:
        """Returns when it is in force: not one packet of the seat leaves against it afterwards."""
        ...

    async def view(self, circle: str, listener: str, seat: str, kind: Kind, on: bool) -> None: ...
    async def drop(self, circle: str, seat: str) -> None: ...
