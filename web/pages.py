"""The routes: pages, two small APIs, health, static files. What they need of the server they declare here as `Opener`."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from rooms.nouns import Door
from rooms.refusals import Refusal, Refused
from web.assets import Assets
from web.templates import Away, Templates

T = TypeVar("T")

HERE = Path(__file__).resolve().parent
MOST_BYTES = 2048
STATUS = {Refusal.EXISTS: 409, Refusal.BUSY: 429}


class Opener(Protocol):
    """What the pages ask of the running server."""

    async def open(self, rid: str, door: Door) -> None: ...
    async def challenge(self, rid: str, random: bytes) -> tuple[str, int]: ...
    async def ready(self) -> bool: ...


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a browser sends to open a circle: nothing that opens it for the server."""

    rid: str
    root: str
    join: str
    link: int


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rid: str


def pages(opener: Opener, *, hosts: tuple[str, ...], origins: tuple[str, ...], away: Away, lifespan: Any) -> Starlette:
    """The web half of the app."""
    assets = Assets(HERE.parent / "static")
    templates = Templates(HERE, assets.address, away)

    def page(name: str, status: int = 200) -> Callable[[Request], Any]:
        async def show(request: Request) -> Response:
            return templates.show(name, request.headers.get("accept-language", ""), status)

        return show

    async def wrong(request: Request, error: Exception) -> Response:
        status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
        answer: Response
        if request.scope["path"].startswith("/api/"):
            code = Refusal.INTERNAL if status >= 500 else Refusal.MALFORMED
            answer = JSONResponse({"refused": code.value}, status)
        else:
            answer = templates.show("message.html", request.headers.get("accept-language", ""), status)
        answer.headers.update(headers or {})
        return answer

    api = Api(opener, origins)
    return Starlette(
        routes=[
            Route("/", page("start.html")),
            Route("/c/{rid}", page("circle.html")),
            Route("/f/{rid}", page("circle.html")),
            Route("/api/circles", api.open, methods=["POST"]),
            Route("/api/challenge", api.challenge, methods=["POST"]),
            Route("/api/goodbye", api.goodbye, methods=["POST"]),
            Route("/healthz", api.healthy),
            Route("/readyz", api.ready),
            Mount("/static", assets),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={HTTPException: wrong, Exception: wrong},
        lifespan=lifespan,
    )


class Api:
    """The few things that travel by HTTP. JSON only, from our own pages only."""

    def __init__(self, opener: Opener, origins: tuple[str, ...]) -> None:
        self._opener, self._origins = opener, origins

    async def open(self, request: Request) -> Response:
        try:
            asked = await self._read(request, Opening)
            await self._opener.open(asked.rid, Door(root=asked.root, join=asked.join, link=asked.link))
        except Refused as refused:
            return JSONResponse({"refused": refused.code.value}, STATUS.get(refused.code, 400))
        return JSONResponse({"ok": True}, 201)

    async def challenge(self, request: Request) -> Response:
        try:
            asked = await self._read(request, Asking)
            nonce, link = await self._opener.challenge(asked.rid, secrets.token_bytes(16))
        except Refused as refused:
            return JSONResponse({"refused": refused.code.value}, STATUS.get(refused.code, 400))
        return JSONResponse({"nonce": nonce, "link": link})

    async def goodbye(self, _request: Request) -> Response:
        """Whoever exits in haste leaves nothing of ours in the browser but the history's line."""
        return Response(status_code=204, headers={"clear-site-data": '"cache", "storage"'})

    async def healthy(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(self, _request: Request) -> Response:
        return PlainTextResponse("ok") if await self._opener.ready() else PlainTextResponse("not ready", 503)

    async def _read(self, request: Request, shape: type[T]) -> T:
        """The body in that shape. Raises Refused(malformed): too long, another type, or from a foreign page."""
        headers = request.headers
        own = headers.get("origin") in self._origins and headers.get("sec-fetch-site", "same-origin") == "same-origin"
        if not own or headers.get("content-type", "").split(";")[0] != "application/json":
            raise Refused(Refusal.MALFORMED)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise Refused(Refusal.MALFORMED)
        try:
            return msgspec.json.decode(body, type=shape)
        except msgspec.MsgspecError:
            raise Refused(Refusal.MALFORMED) from None
