"""What a browser may say about its media: JSON to a signal, or a refusal, and what each signal asks of the engine."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec

from rooms.opaque import SeatId
from rooms.refusals import Refusal, Refused
from server.media.engine import Kind, MediaEngine

Sdp = Annotated[str, msgspec.Meta(min_length=1, max_length=24_000)]


class Signal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag=str.lower):
    """About media, by a seat, for itself."""


class Publish(Signal, frozen=True, kw_only=True):
    sdp: Sdp


class Unpublish(Signal, frozen=True, kw_only=True):
    pass


class Subscribe(Signal, frozen=True, kw_only=True):
    pass


class Answer(Signal, frozen=True, kw_only=True):
    offer: Annotated[int, msgspec.Meta(ge=0, le=2**31)]
    sdp: Sdp


class View(Signal, frozen=True, kw_only=True):
    """Whether I want to receive this seat's track; hidden tiles cost nothing."""

    seat: SeatId
    kind: Kind
    on: bool


SENDS = (Publish,)
"""Signals that an observer may not send."""


def parse(value: object) -> Signal:
    """The signal that a decoded JSON value says. Raises Refused(malformed)."""
    try:
        return msgspec.convert(value, type=Publish | Unpublish | Subscribe | Answer | View, strict=True)
    except (msgspec.ValidationError, ValueError, TypeError, RecursionError):
        raise Refused(Refusal.MALFORMED) from None


async def _publish(engine: MediaEngine, circle: str, seat: str, signal: Publish) -> dict[str, Any]:
    return {"sdp": await engine.publish(circle, seat, signal.sdp)}


async def _unpublish(engine: MediaEngine, circle: str, seat: str, _signal: Unpublish) -> dict[str, Any]:
    await engine.unpublish(circle, seat)
    return {}


async def _subscribe(engine: MediaEngine, circle: str, seat: str, _signal: Subscribe) -> dict[str, Any]:
    await engine.subscribe(circle, seat)
    return {}


async def _answer(engine: MediaEngine, circle: str, seat: str, signal: Answer) -> dict[str, Any]:
    await engine.answer(circle, seat, signal.offer, signal.sdp)
    return {}


async def _view(engine: MediaEngine, circle: str, seat: str, signal: View) -> dict[str, Any]:
    await engine.view(circle, seat, signal.seat, signal.kind, signal.on)
    return {}


PERFORM: dict[type[Signal], Callable[[MediaEngine, str, str, Any], Awaitable[dict[str, Any]]]] = {
    Publish: _publish,
    Unpublish: _unpublish,
    Subscribe: _subscribe,
    Answer: _answer,
    View: _view,
}
