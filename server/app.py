"""The composition root: settings -> parts -> one ASGI app. The only module that sees everything."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import socketio

from rooms.nouns import Door, Timings
from rooms.refusals import Refusal, Refused
from server import links
from server.circles import Circles
from server.clock import Clock
from server.later import Later, later
from server.media.engine import MediaEngine
from server.media.relay.relay import Relay
from server.outbox import Outbox
from server.packets import Guard, Json, TextOnlyPacket, quiet_loggers
from server.rates import Rates
from server.roster import Roster
from server.settings import SettingError, Settings
from server.sockets import Sockets
from server.store.base import Store
from server.store.memory import MemoryStore
from server.store.redis import RedisStore
from server.switches import Switches
from web.headers import Headers
from web.helplines import SHIPPED_LINES, read_lines
from web.pages import Opener, pages
from web.templates import Away

LAG_LIMIT = 1.0
_network: ContextVar[str] = ContextVar("network", default="")


class Networks:
    """ASGI: keeps at hand from where a request comes, while it is answered. Pages need not know of it."""

    def __init__(self, app: Any, rates: Rates) -> None:
        self._app, self._rates = app, rates

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        _network.set(self._rates.network(scope))
        await self._app(scope, receive, send)


class Front(Opener):
    """What the pages may ask of the running server."""

    def __init__(self, circles: Circles, store: Store, rates: Rates, secret: bytes, now: Callable[[], float]) -> None:
        self._circles, self._store, self._rates = circles, store, rates
        self._secret, self._now = secret, now

    async def open(self, rid: str, door: Door) -> None:
        id_ = links.circle_id(rid)
        if id_ is None or not links.is_root(door.root) or not links.rid_fits(rid, door.root):
            raise Refused(Refusal.MALFORMED)
        if links.unb64(door.join, 32) is None or door.link != 1:
            raise Refused(Refusal.MALFORMED)
        if not self._rates.opening(_network.get()):
            raise Refused(Refusal.BUSY)
        await self._circles.open(id_, door)

    async def challenge(self, rid: str, random: bytes) -> tuple[str, int]:
        id_ = links.circle_id(rid) or ""
        circle = await self._circles.look(id_)
        return links.challenge(self._secret, id_, self._now(), random), circle.door.link if circle else 1

    async def ready(self) -> bool:
        began = time.monotonic()
        await asyncio.sleep(0)
        return time.monotonic() - began < LAG_LIMIT and await self._store.ready()


def _socket_server(settings: Settings, now: Callable[[], float]) -> socketio.AsyncServer:
    quiet_loggers()
    server = socketio.AsyncServer(
        async_mode="asgi",
        async_handlers=False,
        serializer=TextOnlyPacket,
        json=Json,
        transports=["websocket"],
        cors_allowed_origins=list(settings.origins),
        max_http_buffer_size=32_768,
        ping_interval=10,
        ping_timeout=8,
        logger=False,
        engineio_logger=False,
    )
    Guard(server, now)
    return server


def _store(settings: Settings, now: Callable[[], float]) -> Store:
    if settings.redis_url is None:
        return MemoryStore(now)
    try:
        return RedisStore(settings.redis_url)
    except (ValueError, TypeError):
        raise SettingError("REDIS_URL cannot be used. Look for a mistake in its address or its options.") from None


def _away(settings: Settings) -> Away:
    try:
        return Away(settings.exit_url, read_lines(settings.help_file or SHIPPED_LINES))
    except (OSError, ValueError):
        raise SettingError("CIRCLE_HELP_FILE cannot be used. It should have the form of web/help.json.") from None


def build(
    settings: Settings,
    *,
    store: Store | None = None,
    engine: MediaEngine | None = None,
    timings: Timings | None = None,
    now: Callable[[], float] = time.time,
    later: Later = later,
) -> Any:
    """One ASGI app of real parts; tests may hand in other ones, faster timings, or a time of their own (`now` and `later`)."""
    store = store or _store(settings, now)
    engine = engine or Relay(settings.media_host, settings.media_port, settings.public_ip)
    circles = Circles(store, engine, now, timings)
    server, rates = _socket_server(settings, now), Rates(now)
    roster = Roster(server, Outbox(server))
    clock = Clock(circles, now, later)
    switches = Switches(lambda id_, seats, said: roster.keys(id_, dict.fromkeys(seats, said)), later)
    circles.connect(roster, clock, switches)
    server.register_namespace(Sockets(circles, engine, roster, rates, switches, settings.secret, now))

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncGenerator[None]:
        await engine.start(roster)
        yield
        clock.stop()
        switches.stop()
        await engine.stop()
        await store.close()

    front = Front(circles, store, rates, settings.secret, now)
    web = pages(front, hosts=settings.hosts, origins=settings.origins, away=_away(settings), lifespan=lifespan)
    # Outside of everything, so that errors and what the library answers by itself carry them too.
    return Headers(socketio.ASGIApp(server, other_asgi_app=Networks(web, rates)), settings.origins)
