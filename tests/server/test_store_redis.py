"""What Redis itself shows: every key with its expiry at every moment, in one command, and none after the end."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

import redis as client

from server.store.redis import RedisStore
from tests.builders import a_circle
from tests.redis_server import RedisServer

CIRCLE = a_circle(members=2).state
HOUR = 3_600_000


@contextmanager
def monitored(server: RedisServer, said: list[str]) -> Generator[None]:
    """Every command that Redis carries out meanwhile, scripts' own ones too."""
    with socket.create_connection(("127.0.0.1", server.port)) as monitor:
        monitor.sendall(b"MONITOR\r\n")
        lines = monitor.makefile("rb")
        assert lines.readline() == b"+OK\r\n"

        def read() -> None:
            for line in lines:
                if b"the end" in line:
                    return
                said.append(line.decode("latin-1"))

        reader = threading.Thread(target=read)
        reader.start()
        yield
        server.ask("ECHO", "the end")
        reader.join(10)
        assert not reader.is_alive()
        lines.close()


def writes(said: list[str]) -> list[str]:
    """The commands that leave a value behind."""
    return [line for line in said if any(f'"{word}"' in line.upper() for word in ("SET", "HSET", "SETNX", "APPEND"))]


async def test_a_new_circle_has_its_expiry_from_the_first_moment(redis_server: RedisServer) -> None:
    redis_server.ask("FLUSHALL")
    store = RedisStore(redis_server.url)
    said: list[str] = []
    with monitored(redis_server, said):
        await store.create("a", CIRCLE, 3600)
        await store.replace("a", CIRCLE.evolve(version=CIRCLE.version + 1), CIRCLE.version, 3600)
    assert len(writes(said)) == 2
    assert all('"PX" "3600000"' in line.upper() for line in writes(said))
    await store.close()


async def test_no_key_is_ever_without_an_expiry(redis_server: RedisServer) -> None:
    redis_server.ask("FLUSHALL")
    store = RedisStore(redis_server.url)
    await store.create("a", CIRCLE, 3600)
    assert redis_server.keys() == [b"circle:a"]
    assert 0 < redis_server.ask("PTTL", "circle:a") <= HOUR
    assert await store.replace("a", CIRCLE.evolve(version=CIRCLE.version + 1), CIRCLE.version, 7200)
    assert HOUR < redis_server.ask("PTTL", "circle:a") <= 2 * HOUR
    assert not await store.create("a", CIRCLE, 3600)
    assert redis_server.ask("PTTL", "circle:a") > HOUR
    await store.close()


async def test_deleting_leaves_no_key(redis_server: RedisServer) -> None:
    redis_server.ask("FLUSHALL")
    store = RedisStore(redis_server.url)
    for id_ in "abc":
        await store.create(id_, CIRCLE, 3600)
        await store.replace(id_, CIRCLE.evolve(version=CIRCLE.version + 1), CIRCLE.version, 3600)
        await store.delete(id_)
    assert redis_server.keys() == []
    await store.close()


async def test_a_replace_works_after_redis_has_forgotten_its_scripts(redis_server: RedisServer) -> None:
    store = RedisStore(redis_server.url)
    redis_server.ask("FLUSHALL")
    redis_server.ask("SCRIPT", "FLUSH")
    await store.create("a", CIRCLE, 3600)
    assert await store.replace("a", CIRCLE.evolve(version=CIRCLE.version + 1), CIRCLE.version, 3600)
    await store.close()


async def test_a_store_whose_redis_is_gone_is_not_ready_and_comes_back_with_it() -> None:
    server = RedisServer()
    store = RedisStore(server.url)
    assert not await store.ready()
    server.start()
    try:
        assert await store.ready()
        server.stop()
        assert not await store.ready()
        server.start()
        assert await store.ready()
    finally:
        server.stop()
        await store.close()


async def test_redis_that_fails_says_so_and_never_answers_wrongly() -> None:
    server = RedisServer()
    store = RedisStore(server.url)
    for work in (store.load("a"), store.create("a", CIRCLE, 1.0), store.replace("a", CIRCLE, 1, 1.0)):
        try:
            answer: object = await work
        except client.ConnectionError:
            answer = "failed"
        assert answer == "failed"
    await store.close()
