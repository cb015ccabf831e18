"""What of a Socket.IO text is read at all."""

import json
import logging
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from socketio import packet

from rooms.wire import MOST_BYTES, MOST_BYTES_OF_KEYS
from server.packets import DEEPEST, MOST_BYTES_OF_MEDIA, Json, TextOnlyPacket, nesting, quiet_loggers

LEAVES = st.none() | st.booleans() | st.integers() | st.text(alphabet='[]{}"\\, x\n\u2028é', max_size=8)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('[]{}"\\x', max_size=4), inner, max_size=3),
    max_leaves=25,
)


class Read(TextOnlyPacket):
    """As the server makes it, which sets this for all its packets."""

    json = Json


def depth(value: Any) -> int:
    """The oracle: how deep a value is, counted on the value itself."""
    if not isinstance(value, list | dict):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max((depth(one) for one in inner), default=0)


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


def refused(text: Any) -> bool:
    try:
        Read(encoded_packet=text)
    except ValueError:
        return True
    return False


def of_length(length: int, event: str, kind: str = "2") -> str:
    """A packet of this event with exactly so many letters."""
    bare = kind + json.dumps([event, ""])
    return bare[:-2] + "x" * (length - len(bare)) + bare[-2:]


@given(ANY, st.sampled_from([None, 2]), st.booleans())
@example({"[": ["]", '"', "\\", '\\"', "\\\\"]}, None, False)
def test_nesting_is_the_depth_of_the_value(value: Any, indent: int | None, ascii_only: bool) -> None:
    assert nesting(json.dumps(value, indent=indent, ensure_ascii=ascii_only)) == depth(value)


@given(st.text(alphabet='[]{}"\\x', max_size=60))
def test_nesting_of_what_is_no_json_is_some_number_too(text: str) -> None:
    assert 0 <= nesting(text) <= len(text)


@given(ANY, st.none() | st.integers(0, 10**9))
def test_what_the_library_says_itself_is_read_as_it_was_meant(value: Any, number: int | None) -> None:
    said = packet.Packet(packet.EVENT, data=["media", value], id=number, binary=False).encode()
    if depth(value) >= DEEPEST:
        assert refused(said)
        return
    read = Read(encoded_packet=said)
    assert (read.packet_type, read.id, read.data) == (packet.EVENT, number, ["media", value])
    assert (read.namespace, read.attachment_count) == (None, 0)


def test_a_value_may_be_so_deep_and_no_deeper() -> None:
    assert not refused("2" + json.dumps(["media", deep(DEEPEST - 1)]))
    assert refused("2" + json.dumps(["media", deep(DEEPEST)]))
    assert refused("0" + json.dumps(deep(DEEPEST + 1)))
    assert not refused("2" + json.dumps(["media", "[" * 100]))


@pytest.mark.parametrize("kind", "56")
@pytest.mark.parametrize("rest", ["", '["media"]', '1-["media",{"_placeholder":true,"num":0}]', '999999999-["media"]'])
def test_nothing_that_announces_attachments_is_read(kind: str, rest: str) -> None:
    assert refused(kind + rest)


@pytest.mark.parametrize("data", [b'2["media"]', b"\x00", bytearray(b"2"), memoryview(b'2["x"]'), 2, ["2"], {"a": 1}])
def test_nothing_but_text_is_read(data: Any) -> None:
    assert refused(data)


@pytest.mark.parametrize("text", ["2", "27", '2"x"', '2{"a":1}', "2null", "27true", "2[]", "27[]"])
def test_an_event_holds_a_list_that_begins_with_its_name(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    "event", ["", "nothing", "tell", "__init__", "connect_error", "mediax", 7, None, True, {}, ["media"]]
)
def test_an_event_that_nobody_knows_is_not_read(event: Any) -> None:
    assert refused("2" + json.dumps([event, {}]))
    assert refused("27" + json.dumps([event, {}]))


@pytest.mark.parametrize("text", ["3[]", '3["x"]', '37["x"]', "30[]", '3["media",{}]'])
def test_an_answer_is_not_read_since_we_never_ask(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    "text", ["x", " 2[]", "-1", "2[", '2["x"', "2['x']", "2[NaN]", '2["x"]]', '2["\\ud800"]', "2" + "9" * 200]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize("event", ["command", "whisper", "connect", "disconnect"])
def test_an_event_may_be_as_long_as_a_command_and_media_and_keys_longer(event: str) -> None:
    assert not refused(of_length(MOST_BYTES, event))
    assert refused(of_length(MOST_BYTES + 1, event))
    for longer, most in (("media", MOST_BYTES_OF_MEDIA), ("keys", MOST_BYTES_OF_KEYS)):
        assert not refused(of_length(most, longer))
        assert refused(of_length(most + 1, longer))


def test_only_the_events_media_and_keys_may_be_longer_and_no_other_packet() -> None:
    for kind in ("0", "4"):
        assert not refused(of_length(MOST_BYTES, "media", kind))
        assert refused(of_length(MOST_BYTES + 1, "media", kind))
    assert refused('2[["media"],"' + "x" * MOST_BYTES + '"]')
    assert refused('2{"media":"' + "x" * MOST_BYTES + '"}')
    assert refused('2["keys' + "x" * MOST_BYTES + '"]')
    assert not refused(of_length(MOST_BYTES_OF_MEDIA, "media", "27"))


@given(st.text(max_size=60) | st.text(alphabet='0123456789-/,?[]{}":x', max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    refused(text)


class Shown(msgspec.Struct):
    words: str


@given(ANY)
def test_json_is_written_and_read_as_it_is(value: Any) -> None:
    assert json.loads(Json.dumps(value, separators=(",", ":"))) == value
    assert Json.loads(json.dumps(value)) == value


def test_a_view_is_written_field_by_field() -> None:
    assert Json.dumps(["view", Shown("é")]) == '["view",{"words":"é"}]'


@pytest.mark.parametrize("text", ["", "{", "[1,]", "nul", '{"a":1}x', '"\\ud800"', "NaN", "1e999999999999999999999x"])
def test_json_that_is_none_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^refused$") as error:
        Json.loads(text)
    assert error.value.__suppress_context__


def test_the_libraries_loggers_say_nothing() -> None:
    loggers = [
        logging.getLogger(name) for name in ("engineio.server", "socketio.server", "aioice", "aiortc", "asyncio")
    ]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    quiet_loggers()
    assert not any(logger.isEnabledFor(logging.ERROR) for logger in loggers)


@pytest.mark.parametrize("digit", ["５", "٥", "५", "６", "２", "7", "9"])
def test_a_kind_is_one_of_four_plain_digits(digit: str) -> None:
    assert refused(digit + '1-["media",{"_placeholder":true,"num":0}]')


@pytest.mark.parametrize("name", ['/?",', "/" + "]" * 40 + ",", "/?" + "]" * 40 + ",", '/",'])
def test_nothing_before_the_json_hides_how_deep_it_is(name: str) -> None:
    assert refused("2" + name + json.dumps(["media", deep(40)]))


@given(st.text(max_size=60) | st.text(alphabet='0123456789٥６-/,?[]{}":x', max_size=40))
def test_what_is_read_announces_nothing(text: str) -> None:
    if not text or refused(text):
        return
    assert Read(encoded_packet=text).packet_type in range(5)
