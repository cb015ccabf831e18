"""What a browser may say about its media."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.refusals import Refusal, Refused
from server.media import signals
from server.media.signals import Answer, Publish, Subscribe, Unpublish, View
from tests.server.media.rig import CIRCLE, OPUS, Rig

SEAT = "A" * 16
GOOD: list[tuple[dict[str, Any], signals.Signal]] = [
    ({"type": "publish", "sdp": "v=0"}, Publish(sdp="v=0")),
    ({"type": "unpublish"}, Unpublish()),
    ({"type": "subscribe"}, Subscribe()),
    ({"type": "answer", "offer": 1, "sdp": "v=0"}, Answer(offer=1, sdp="v=0")),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(("value", "signal"), GOOD)
def test_each_signal_is_understood(value: dict[str, Any], signal: signals.Signal) -> None:
    assert signals.parse(value) == signal
    assert type(signal) in signals.PERFORM


def test_every_signal_has_its_deed() -> None:
    assert set(signals.PERFORM) == {Publish, Unpublish, Subscribe, Answer, View}


@pytest.mark.parametrize(
    "value",
    [
        *[{**value, "more": 1} for value, _ in GOOD],
        *[{key: part for key, part in value.items() if key != gone} for value, _ in GOOD for gone in value],
        {"type": "publish", "sdp": ""},
        {"type": "publish", "sdp": "x" * 24_001},
        {"type": "publish", "sdp": b"v=0"},
        {"type": "answer", "offer": -1, "sdp": "v=0"},
        {"type": "answer", "offer": "1", "sdp": "v=0"},
        {"type": "answer", "offer": 1.5, "sdp": "v=0"},
        {"type": "answer", "offer": True, "sdp": "v=0"},
        {"type": "answer", "offer": 2**64, "sdp": "v=0"},
        {"type": "view", "seat": "no seat", "kind": "audio", "on": True},
        {"type": "view", "seat": SEAT, "kind": "smell", "on": True},
        {"type": "view", "seat": SEAT, "kind": "audio", "on": 1},
        {"type": "Publish", "sdp": "v=0"},
        {"type": "candidate", "candidate": "x"},
        {"type": []},
        {"type": None},
        None,
        "publish",
        ["publish"],
    ],
)
def test_anything_else_is_malformed(value: object) -> None:
    with pytest.raises(Refused) as refused:
        signals.parse(value)
    assert refused.value.args[0] == Refusal.MALFORMED


@given(JSON)
def test_any_json_is_a_signal_or_malformed(value: object) -> None:
    try:
        assert isinstance(signals.parse(value), signals.Signal)
    except Refused:
        return


@given(st.sampled_from(GOOD), st.sampled_from(("type", "sdp", "offer")), JSON)
def test_any_field_may_be_anything(good: tuple[dict[str, Any], object], field: str, value: object) -> None:
    try:
        assert isinstance(signals.parse({**good[0], field: value}), signals.Signal)
    except Refused:
        return


async def test_signals_move_the_engine() -> None:
    """All five, from JSON to sound."""
    async with Rig() as rig:
        ann, bo = rig.seat("ann"), rig.seat("bo")

        async def say(seat: str, value: dict[str, Any]) -> dict[str, Any]:
            signal = signals.parse(value)
            return await signals.PERFORM[type(signal)](rig.relay, CIRCLE, seat, signal)

        peer = ann.has("publish", rig.peer(ssrcs={"audio": 1, "video": 2}))
        answer = await say("ann", {"type": "publish", "sdp": peer.offer()})
        await peer.connect(answer["sdp"])
        await rig.gate(ann, "all")
        listener = bo.has("subscribe", rig.peer())
        assert await say("bo", {"type": "subscribe"}) == {}
        offer = bo.offers[-1]
        assert await say("bo", {"type": "answer", "offer": offer.number, "sdp": listener.answer(offer.sdp)}) == {}
        await listener.connect(offer.sdp)
        ann.say("audio", b"heard")
        await bo.hears(b"heard")
        assert OPUS in {packet[1] for packet in listener.packets}
        assert await say("ann", {"type": "unpublish"}) == {}
        assert bo.offers[-1].tracks == {}
