"""The store's contract, held by memory and by a real Redis alike."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.circle import Circle, open_circle
from rooms.commits import Commit, kept
from server.store.base import Store
from server.store.memory import MemoryStore
from server.store.redis import RedisStore
from tests.builders import DOOR, START, a_circle, a_commit
from tests.redis_server import RedisServer

LONG = 3600.0
CIRCLE = a_circle(members=2, observers=1).state
FIRST = kept((), Commit(**a_commit(1, "fay", "ada")))
BOTH = kept(FIRST, Commit(**a_commit(2, "fay")))


def at_version(version: int) -> Circle:
    return CIRCLE.evolve(version=version)


@pytest.fixture(params=["memory", "redis"])
async def store(request: pytest.FixtureRequest, redis_server: RedisServer) -> AsyncIterator[Store]:
    redis_server.ask("FLUSHALL")
    store: Store = MemoryStore(time.time) if request.param == "memory" else RedisStore(redis_server.url)
    yield store
    await store.close()


async def gone(store: Store, id_: str) -> None:
    """Wait until a circle is no longer kept."""
    async with asyncio.timeout(10):
        while await store.load(id_) is not None:  # noqa: ASYNC110  nobody but the store can tell
            await asyncio.sleep(0.005)


async def test_what_is_kept_comes_back_whole(store: Store) -> None:
    assert await store.create("a", CIRCLE, LONG)
    assert await store.load("a") == CIRCLE
    assert await store.load("b") is None


async def test_a_taken_id_stays_with_its_circle(store: Store) -> None:
    assert await store.create("a", CIRCLE, LONG)
    assert not await store.create("a", open_circle(DOOR, START), LONG)
    assert await store.load("a") == CIRCLE


async def test_only_who_knows_the_version_replaces(store: Store) -> None:
    await store.create("a", at_version(7), LONG)
    assert not await store.replace("a", at_version(8), 6, LONG)
    assert not await store.replace("a", at_version(8), 8, LONG)
    assert await store.load("a") == at_version(7)
    assert await store.replace("a", at_version(8), 7, LONG)
    assert await store.load("a") == at_version(8)


@pytest.mark.parametrize("version", [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2**32, 2**40])
async def test_versions_of_every_length_are_told_apart(store: Store, version: int) -> None:
    await store.create("a", at_version(version), LONG)
    assert not await store.replace("a", at_version(0), version + 1, LONG)
    assert await store.replace("a", at_version(version + 1), version, LONG)
    assert await store.load("a") == at_version(version + 1)


async def test_of_racing_replaces_one_wins(store: Store) -> None:
    await store.create("a", at_version(1), LONG)
    rivals = [CIRCLE.evolve(version=2, turn=turn) for turn in range(10)]
    won = await asyncio.gather(*(store.replace("a", rival, 1, LONG) for rival in rivals))
    assert won.count(True) == 1
    assert await store.load("a") == rivals[won.index(True)]


async def test_of_racing_creates_one_wins(store: Store) -> None:
    rivals = [CIRCLE.evolve(turn=turn) for turn in range(10)]
    won = await asyncio.gather(*(store.create("a", rival, LONG) for rival in rivals))
    assert won.count(True) == 1
    assert await store.load("a") == rivals[won.index(True)]


async def test_what_was_deleted_can_neither_be_loaded_nor_replaced(store: Store) -> None:
    await store.create("a", CIRCLE, LONG)
    await store.delete("a")
    await store.delete("a")
    assert await store.load("a") is None
    assert not await store.replace("a", at_version(CIRCLE.version + 1), CIRCLE.version, LONG)
    assert await store.load("a") is None
    assert await store.create("a", CIRCLE, LONG)


async def test_a_circle_nobody_touches_expires(store: Store) -> None:
    await store.create("a", CIRCLE, 0.05)
    await gone(store, "a")
    assert not await store.replace("a", at_version(CIRCLE.version + 1), CIRCLE.version, LONG)
    assert await store.create("a", CIRCLE, LONG)


async def test_a_replace_renews_the_expiry(store: Store) -> None:
    await store.create("kept", at_version(1), 0.5)
    assert await store.replace("kept", at_version(2), 1, LONG)
    await store.create("later", CIRCLE, 0.5)
    await gone(store, "later")  # created after the other one, and with the same life
    assert await store.load("kept") == at_version(2)


async def test_a_replace_may_shorten_a_life(store: Store) -> None:
    await store.create("a", at_version(1), LONG)
    assert await store.replace("a", at_version(2), 1, 0.05)
    await gone(store, "a")


async def test_commits_are_kept_with_the_version_that_counts_them_and_with_no_other(store: Store) -> None:
    await store.create("a", at_version(1), LONG)
    assert await store.commits("a") == await store.commits("b") == ()
    assert not await store.replace("a", at_version(2), 7, LONG, FIRST)
    assert await store.commits("a") == ()
    assert await store.replace("a", at_version(2), 1, LONG, FIRST)
    assert await store.commits("a") == FIRST
    assert await store.replace("a", at_version(3), 2, LONG)
    assert await store.commits("a") == FIRST
    assert await store.replace("a", at_version(4), 3, LONG, BOTH)
    assert await store.commits("a") == BOTH
    assert await store.load("a") == at_version(4)


async def test_with_a_circle_its_commits_are_deleted_and_the_next_one_of_its_name_has_none(store: Store) -> None:
    await store.create("a", at_version(1), LONG)
    await store.replace("a", at_version(2), 1, LONG, BOTH)
    await store.delete("a")
    assert await store.commits("a") == ()
    await store.create("a", CIRCLE, LONG)
    assert await store.commits("a") == ()


async def test_commits_expire_with_their_circle_and_live_on_with_it(store: Store) -> None:
    for name in "ab":
        await store.create(name, at_version(1), LONG)
        await store.replace(name, at_version(2), 1, 0.3, BOTH)
    assert await store.replace("a", at_version(3), 2, LONG)
    await gone(store, "b")
    async with asyncio.timeout(10):
        while await store.commits("b"):  # noqa: ASYNC110  nobody but the store can tell
            await asyncio.sleep(0.005)
    assert await store.commits("a") == BOTH


async def test_it_says_that_it_is_ready(store: Store) -> None:
    assert await store.ready()


ID = st.sampled_from("ab")
VERSION = st.integers(0, 3)
STEP = st.one_of(
    st.tuples(st.just("create"), ID, VERSION, st.just(0)),
    st.tuples(st.just("replace"), ID, VERSION, VERSION),
    st.tuples(st.just("commit"), ID, VERSION, VERSION),
    st.tuples(st.just("delete"), ID, st.just(0), st.just(0)),
    st.tuples(st.just("load"), ID, st.just(0), st.just(0)),
)


async def take(store: Store, step: tuple[str, str, int, int]) -> object:
    name, id_, version, expected = step
    if name == "create":
        return await store.create(id_, at_version(version), LONG)
    if name == "replace":
        return await store.replace(id_, at_version(version), expected, LONG)
    if name == "commit":
        return await store.replace(
            id_, at_version(version), expected, LONG, kept((), Commit(**a_commit(version + 1, "ada")))
        )
    if name == "load":
        return await store.load(id_), await store.commits(id_)
    return await store.delete(id_)


@settings(max_examples=100)
@given(steps=st.lists(STEP, max_size=20))
async def test_memory_and_redis_answer_the_same_to_everything(
    redis_server: RedisServer, steps: list[tuple[str, str, int, int]]
) -> None:
    redis_server.ask("FLUSHALL")
    memory, redis = MemoryStore(time.time), RedisStore(redis_server.url)
    try:
        for step in steps:
            assert await take(memory, step) == await take(redis, step)
    finally:
        await redis.close()


class Watched(float):
    """A life that counts how often its end is looked at."""

    looks = 0

    def __radd__(self, other: float) -> "Watched":
        return Watched(other + float(self))

    def __le__(self, other: float) -> bool:
        Watched.looks += 1
        return super().__le__(other)

    def __gt__(self, other: float) -> bool:
        Watched.looks += 1
        return super().__gt__(other)


async def test_to_find_one_circle_in_memory_not_all_are_looked_at() -> None:
    memory = MemoryStore(lambda: 100.0)
    for number in range(100):
        await memory.create(str(number), CIRCLE, Watched(LONG))
    Watched.looks = 0
    for number in range(100):
        assert await memory.load(str(number)) == CIRCLE
    assert Watched.looks <= 200


async def test_what_has_expired_in_memory_is_forgotten_though_nobody_asks_for_it() -> None:
    now = 100.0
    memory, expiring = MemoryStore(lambda: now), at_version(7)
    held = sys.getrefcount(expiring)
    await memory.create("a", expiring, 5)
    assert sys.getrefcount(expiring) == held + 1
    now += 6
    assert await memory.load("another") is None
    assert sys.getrefcount(expiring) == held
