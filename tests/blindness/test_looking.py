"""The scanner and what it looks at: no form of a marker escapes it, and nothing of what passes or stands there is left out."""

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.blindness import capture, memory, streams
from tests.blindness.capture import TCP, Packet
from tests.blindness.kept import Kept
from tests.blindness.markers import LENGTH, Kind, Marker, Marks
from tests.blindness.scanner import BLOCK, Scanner
from tests.blindness.watch import capturing
from tests.redis_server import RedisServer
from tests.serving import free_port

TEXT = "q7x1aëw0pz3k"
WORD = Marker(Kind.WORD, "word", TEXT.encode())
SECRET = Marker(Kind.SECRET, "secret", bytes(range(190, 222)))
WAYS = {
    "utf-8": TEXT.encode(),
    "utf-16": TEXT.encode("utf-16-le"),
    "wide letters in Python's memory": TEXT.encode("utf-32-le"),
    "narrow letters in Python's memory": TEXT.encode("latin-1"),
    "hex": TEXT.encode().hex().encode(),
    "large hex": TEXT.encode().hex().upper().encode(),
    "JSON": json.dumps(TEXT).encode(),
    "an address": quote(TEXT).encode(),
    "a log's repr": repr(TEXT.encode("latin-1")).encode(),
    **{f"base64 at {at}": base64.b64encode(bytes(at) + TEXT.encode() + b"!") for at in range(3)},
    **{f"base64url at {at}": base64.urlsafe_b64encode(b"ab"[:at] + TEXT.encode()) for at in range(3)},
    "JSON in base64": base64.b64encode(b'{"text": ' + json.dumps(TEXT).encode()),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_word_is_found_in_whatever_form_it_is_written(way: str) -> None:
    scanner = Scanner([WORD, SECRET])
    noise = os.urandom(3000)
    assert scanner.find(noise) == set()
    for at in range(5):
        assert scanner.find(noise[at:] + WAYS[way] + noise) == {WORD}


def test_a_secret_is_found_as_bytes_and_as_text() -> None:
    scanner = Scanner([WORD, SECRET])
    data = SECRET.data
    percent = "".join(f"%{byte:02x}" for byte in data).encode()
    for written in (data, data.hex().encode(), base64.b64encode(b"1" + data), base64.urlsafe_b64encode(data), percent):
        assert scanner.find(b"." + written + b".") == {SECRET}


@pytest.mark.parametrize("at", range(BLOCK - 40, BLOCK + 3))
def test_a_marker_is_found_across_the_scanners_own_borders(at: int) -> None:
    assert Scanner([SECRET]).find(bytes(at) + SECRET.data) == {SECRET}


def test_a_word_with_another_last_letter_is_another_word() -> None:
    for form in WAYS["utf-8"], WAYS["hex"], WAYS["utf-16"][:-1]:
        assert Scanner([WORD]).find(form[:-1] + b"~") == set()


def test_a_frame_is_known_by_pieces_that_no_other_frame_of_its_stream_has() -> None:
    marks = Marks()
    same, own = os.urandom(20), [os.urandom(LENGTH) for _ in range(3)]
    for piece in own:
        marks.frame("ada", "audio", same + bytes(4) + piece)
    assert {marker.data for marker in marks.all()} == set(own)


def test_what_a_browser_says_on_a_websocket_is_read_through_its_mask() -> None:
    mask, said = b"\x11\x22\x33\x44", SECRET.data * 5
    masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(said))
    head = b"GET /socket.io/ HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"
    stream = head + bytes([0x81, 0x80 | 126]) + len(said).to_bytes(2, "big") + mask + masked
    assert Scanner([SECRET]).find(stream) == set()
    assert streams.unmasked(stream) == said
    assert streams.unmasked(b"GET / HTTP/1.1\r\n\r\n" + masked) == b""


def segment(number: int, data: bytes, flags: int = 0) -> Packet:
    return Packet(TCP, 1, 2, flags, number, data)


def test_segments_that_come_twice_are_one_stream_and_a_hole_is_no_stream() -> None:
    begun = [segment(9, b"", streams.SYN), segment(10, b"abc")]
    assert streams.put_together([*begun, segment(11, b"bcd"), segment(10, b"abc"), segment(14, b"e")]) == [b"abcde"]
    with pytest.raises(ValueError, match="hole"):
        streams.put_together([*begun, segment(14, b"e")])


async def test_all_that_passes_a_port_is_captured_and_nothing_of_others(tmp_path: Path) -> None:
    port, other, said = free_port(), free_port(), [os.urandom(size) for size in (20, 200_000)]
    loop = asyncio.get_running_loop()
    with capturing(tmp_path / "network", [str(port)]) as listening:
        server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", port)
        async with server:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said[1])
            await writer.drain()
            await reader.read()
            writer.close()
        with socket.socket(type=socket.SOCK_DGRAM) as sender:
            for to in (port, other):
                await loop.run_in_executor(None, sender.sendto, said[0], ("127.0.0.1", to))
        assert listening.ends() == 0
    put = streams.put_together(capture.read((tmp_path / "network").read_bytes()))
    assert put.count(said[0]) == 1
    assert any(len(one) > 1000 and said[1].startswith(one) for one in put)


def test_memory_is_read_as_it_is_now_even_what_a_process_has_let_go() -> None:
    program = (
        "import sys; a = bytes(range(190, 222)) * 3; b = bytes(a[:32]); del a; print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        scanner = Scanner([SECRET, WORD])
        found = set[Marker]().union(*map(scanner.find, memory.parts(process.pid, scanner.longest)))
        process.communicate()
    assert found == {SECRET}


def test_all_that_redis_is_told_and_keeps_is_read_as_bytes() -> None:
    with RedisServer() as redis, Kept(redis) as kept:
        redis.ask("SET", "a", TEXT, "PX", "1")  # type: ignore[arg-type]
        redis.ask("SET", "b", "kept")
        assert kept.dump() in {1, 2}
        redis.ask("DEL", "b")
        everything = kept.everything()
    assert TEXT.encode() in everything
    assert b"b kept" in everything
