"""Whatever comes in, a refusal code or silence goes out, nothing is said to the log, and nobody else notices."""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Coroutine, Iterator
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.nouns import Timings
from rooms.refusals import Refusal
from rooms.rules import BY_COMMAND
from rooms.whispers import ROWS
from tests.server.listening import Catching
from tests.server.people import Circle, undisturbed
from tests.server.raw import Raw
from tests.serving import Serving

EXAMPLES = 150
CODES = {code.value for code in Refusal}
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40)
)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=12), inner, max_size=5),
    max_leaves=20,
)
TYPES = [command.__struct_config__.tag for command in BY_COMMAND]
FIELDS = st.sampled_from(
    [
        *(
            "seat",
            "to",
            "turn",
            "name",
            "note",
            "role",
            "on",
            "up",
            "floor",
            "microphone",
            "camera",
            "sdp",
            "offer",
            "kind",
        ),
        *("keys", "key", "box", "boxes", "words"),
    ]
)
VALUES = ANY | st.sampled_from(["member", "round", "AAAAAAAAAAA", "A" * 379, "A" * 3000, 0, 1, -1, 2**40, True])
COMMAND = st.fixed_dictionaries({"type": st.sampled_from(TYPES)}) | st.dictionaries(FIELDS, VALUES, max_size=5).flatmap(
    lambda fields: st.sampled_from(TYPES).map(lambda type_: {"type": type_, **fields})
)
SDP = st.text(
    alphabet="v=0\r\nm=audio video 9 UDP/TLS/RTP/SAVPF a=fingerprint:sha-256 ice-ufrag mid 109 111", max_size=400
)
MEDIA = st.sampled_from(["publish", "subscribe", "answer", "view", "unpublish"]).flatmap(
    lambda type_: st.dictionaries(FIELDS, VALUES | SDP, max_size=4).map(lambda fields: {"type": type_, **fields})
)
WHISPER = st.sampled_from([row.whisper.__struct_config__.tag for row in ROWS]).flatmap(
    lambda type_: st.dictionaries(
        st.sampled_from(["text", "turn", "reaction", "by", "at", "to"]), VALUES | st.just("heart"), max_size=4
    ).map(lambda fields: {"type": type_, **fields})
)
OF_KEYS = st.sampled_from(["commit", "installed", "fetch", "switch"]).flatmap(
    lambda type_: st.dictionaries(
        st.sampled_from(["n", "after", "roster", "confirm", "signature", "block", "wraps", "by"]),
        VALUES | st.integers(-1, 3) | st.just({"AAAAAAAAAAA": "A" * 107}),
        max_size=7,
    ).map(lambda fields: {"type": type_, **fields})
)


# No grace ends while time runs fast.
PATIENT = Timings(seat_grace=1e8, longest=1e8, empty=1e8)


class Room:
    """A circle where Fay sits and is to notice nothing. Time runs fast, so that no limit of rates hides what is tested."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self.records: list[logging.LogRecord] = []
        self._handler = Catching(self.records)
        self._runner = asyncio.Runner()
        self._serving = Serving(PATIENT, now=lambda: time.time() + self._ahead)

    def __enter__(self) -> "Room":
        logging.getLogger().addHandler(self._handler)
        self._serving.__enter__()
        self.run(self._gather())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.circle.__aexit__(None, None, None))
        self._serving.__exit__()
        self._runner.close()
        logging.getLogger().removeHandler(self._handler)

    async def _gather(self) -> None:
        self.circle = Circle(self._serving.base)
        await self.circle.__aenter__()
        self.fay = await self.circle.facilitator()
        self.rob = await self.circle.member(self.fay, "Rob")

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        # Enough for every bucket to be full again.
        self._ahead += 10.0
        return self._runner.run(work)

    async def says(self, event: Any, *arguments: Any) -> Any:
        """Rob says it on a socket of his own. Returns the ack, or None where the socket was ended for it."""
        async with Raw(self._serving.base) as raw:
            assert (await raw.join({"v": 1, "rid": self.circle.secret.rid, "token": self.rob.token})).startswith("40")
            await raw.say("421" + json.dumps([event, *arguments]))
            await raw.say('422["command",{"type":"set_devices","microphone":false,"camera":false}]')
            with contextlib.suppress(AssertionError):  # ended for it
                await raw.until("432[")
            acks = [json.loads(text[3:]) for text in raw.texts if text.startswith("431[")]
            return acks[0] if acks else None

    async def posts(self, path: str, body: bytes, kind: str) -> tuple[int, Any]:
        headers = {"Origin": self._serving.base, "Content-Type": kind}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._serving.base + path, data=body, headers=headers) as answer,
        ):
            return answer.status, await answer.json()


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    with Room() as shared:
        yield shared
        shared.run(undisturbed(shared.fay))
        assert [record.getMessage() for record in shared.records if record.levelno >= logging.WARNING] == []


def is_answer(ack: Any) -> bool:
    """An ack as docs/protocol.md has it, or none."""
    if ack is None:
        return True
    (answer,) = ack
    return answer.get("ok") is True or (set(answer) == {"refused"} and answer["refused"] in CODES - {"internal"})


def keeps_its_seat(room: Room) -> None:
    """Rob may have left by a true command; then he is let in again."""
    if not any(seat["id"] == room.rob.seat for seat in room.fay.view["seats"]):
        room.rob = room.run(room.circle.member(room.fay, "Rob"))


@given(value=ANY, event=st.sampled_from(["command", "media", "whisper", "keys"]))
@settings(max_examples=EXAMPLES)
def test_any_json_on_any_event(room: Room, value: Any, event: str) -> None:
    assert is_answer(room.run(room.says(event, value)))


@given(arguments=st.lists(ANY, max_size=4), event=ANY)
@settings(max_examples=EXAMPLES)
def test_any_event_with_any_arguments(room: Room, arguments: list[Any], event: Any) -> None:
    assert is_answer(room.run(room.says(event, *arguments)))


@given(command=COMMAND)
@settings(max_examples=EXAMPLES)
def test_commands_with_fields_of_any_kind(room: Room, command: dict[str, Any]) -> None:
    if command == {"type": "leave"}:
        return
    assert is_answer(room.run(room.says("command", command)))
    keeps_its_seat(room)


@given(signal=MEDIA)
@settings(max_examples=EXAMPLES)
def test_media_with_fields_of_any_kind(room: Room, signal: dict[str, Any]) -> None:
    assert is_answer(room.run(room.says("media", signal)))


@given(whisper=WHISPER)
@settings(max_examples=EXAMPLES)
def test_whispers_with_fields_of_any_kind(room: Room, whisper: dict[str, Any]) -> None:
    before = len(room.fay.whispers)
    ack = room.run(room.says("whisper", whisper))
    assert is_answer(ack)
    room.run(undisturbed(room.fay))
    # Fay is told a note, and nothing that was refused. An open floor, on which more is allowed, no test here asks for.
    told = room.fay.whispers[before:]
    assert [one["type"] for one in told] == (["note"] if ack == [{"ok": True}] else [])
    assert all(one["by"] == room.rob.seat for one in told)


@given(said=OF_KEYS)
@settings(max_examples=EXAMPLES)
def test_words_of_the_keys_with_fields_of_any_kind(room: Room, said: dict[str, Any]) -> None:
    assert is_answer(room.run(room.says("keys", said)))
    room.run(undisturbed(room.fay))
    assert room.fay.view["epoch"] == 0


@given(
    text=st.text(max_size=60)
    | st.sampled_from(["2probe", "40", "41", "43", "44", "5", "6", "42[", '42["command"', "451-[", "4" * 99])
)
@settings(max_examples=EXAMPLES)
def test_any_text_that_is_no_packet(room: Room, text: str) -> None:
    async def say() -> None:
        async with Raw(room.circle.base) as raw:
            await raw.join({"v": 1, "rid": room.circle.secret.rid, "token": room.rob.token})
            await raw.say(text)

    room.run(say())
    room.run(undisturbed(room.fay))


@given(
    path=st.sampled_from(["/api/circles", "/api/challenge"]),
    body=ANY.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=3000),
    kind=st.sampled_from(
        ["application/json", "application/json; charset=utf-16", "text/plain", "multipart/form-data", ""]
    ),
)
@settings(max_examples=EXAMPLES)
def test_any_body_by_http(room: Room, path: str, body: bytes, kind: str) -> None:
    status, answer = room.run(room.posts(path, body, kind))
    assert 400 <= status < 500
    assert answer["refused"] in CODES - {"internal"}


@pytest.mark.parametrize(
    "value",
    [
        {"a": "x" * 20_000},
        "x" * 24_000,
        [[[[[[[[[[["deep"]]]]]]]]]]],
        {"type": "lock", "on": True, "extra": 1},
        list(range(3000)),
    ],
    ids=["long", "longer", "deep", "one field more", "wide"],
)
def test_what_is_huge_or_deep(room: Room, value: Any) -> None:
    for event in ("command", "media", "whisper", "keys"):
        ack = room.run(room.says(event, value))
        assert ack is None or set(ack[0]) == {"refused"}
    room.run(undisturbed(room.fay))
