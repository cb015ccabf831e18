"""What the server's tests stand on: a real server, and a real Redis for each module that asks for one."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.bots.signaling import Line
from tests.redis_server import RedisServer
from tests.server.listening import Catching
from tests.server.people import Circle
from tests.serving import Serving


@pytest.fixture(scope="module")
def redis_server() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@pytest.fixture
def serving() -> Iterator[Serving]:
    with Serving() as server:
        yield server


@pytest.fixture
async def circle(serving: Serving) -> AsyncIterator[Circle]:
    async with Circle(serving.base) as circle:
        yield circle


@pytest.fixture
async def fay(circle: Circle) -> Line:
    """Somebody who sits in the circle and is to notice nothing."""
    return await circle.facilitator()


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """Every record that any logger hands to the root."""
    caught: list[logging.LogRecord] = []
    handler = Catching(caught)
    logging.getLogger().addHandler(handler)
    yield caught
    logging.getLogger().removeHandler(handler)
