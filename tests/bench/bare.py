"""`python -m tests.bench.bare PORT`: what a stick pass is compared with. Bare python-socketio that tells everybody the same bytes."""

import asyncio
import sys
from typing import Any

import socketio
import uvicorn


def build() -> Any:
    """`keep` takes what shall be told; every `command` tells it to everybody and is acknowledged afterwards, as in a circle."""
    server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], cors_allowed_origins="*")
    kept: dict[str, Any] = {}

    async def keep(_sid: str, view: Any) -> dict[str, bool]:
        kept["view"] = view
        return {"ok": True}

    async def command(_sid: str, _data: Any) -> dict[str, bool]:
        await server.emit("view", kept["view"])
        return {"ok": True}

    server.on("keep", keep)
    server.on("command", command)
    return socketio.ASGIApp(server, static_files={"/readyz": {"content_type": "text/plain", "filename": __file__}})


def main(port: int) -> None:
    """The same uvicorn as `python -m server` has."""
    config = uvicorn.Config(
        build(),
        host="127.0.0.1",
        port=port,
        access_log=False,
        log_level="critical",
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=65_536,
        ws_max_queue=8,
        ws_per_message_deflate=False,
        limit_concurrency=2_000,
        timeout_graceful_shutdown=1,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
    )
    asyncio.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main(int(sys.argv[1]))
