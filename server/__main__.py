"""`python -m server`: reads the settings, says where to open the page and what is protected, and serves."""

import gc
import logging
import os
import socket
import sys
from typing import Any

import uvicorn

from server.app import build
from server.settings import SettingError, Settings, read

GREETING = """Roundhearth is ready. Open {url}
  Only the holder of the stick is heard; no member learns another's address.
  Sound, pictures and words are encrypted between those who sit in a circle; this server passes on
  what it cannot open. It sees addresses, times and who has the stick, and sends the pages that encrypt.
  {store} Nothing is logged from here on. Stop with Ctrl-C.
"""


TAKES_NOTHING = 20.0


class Server(uvicorn.Server):
    """Greets once it really serves, and then says nothing more."""

    greeting = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What stands now stays to the end. The collector need not walk through it again each time: packets wait for that.
        gc.collect()
        gc.freeze()
        sys.stdout.write(self.greeting)
        sys.stdout.flush()


def options(settings: Settings) -> dict[str, Any]:
    """How uvicorn runs: no log, small messages, no waste. Tests serve with the same."""
    return {
        "host": settings.host,
        "port": settings.port,
        "access_log": False,
        "log_level": "critical",
        "server_header": False,
        "ws": "websockets-sansio",
        "ws_max_size": 65_536,
        "ws_max_queue": 8,
        "ws_per_message_deflate": False,
        "limit_concurrency": 2_000,
        "timeout_graceful_shutdown": 3,
        "proxy_headers": True,
        "forwarded_allow_ips": settings.trusted_proxies,
    }


def listen(settings: Settings) -> socket.socket:
    """The port for pages, taken before anything else starts. Raises SettingError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform == "linux":
            # Its connections inherit it. Who takes nothing for so long is gone; the system by itself would wait on.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(TAKES_NOTHING * 1000))
        listening.bind((settings.host, settings.port))
    except OSError:
        listening.close()
        raise SettingError("PORT cannot be opened at CIRCLE_HOST. Stop what uses it, or set another one.") from None
    return listening


def serve(settings: Settings) -> None:
    logging.getLogger().setLevel(logging.WARNING)
    store = "Circles outlive a restart." if settings.redis_url else "Circles live in memory only."
    with listen(settings) as listening:
        server = Server(uvicorn.Config(build(settings), **options(settings)))
        server.greeting = GREETING.format(url=settings.public_url, store=store)
        try:
            server.run(sockets=[listening])
        except SystemExit:
            # uvicorn's way to say that the app did not start, and all that the app starts is the relay.
            form = "Stop what uses it, or set another one."
            raise SettingError(f"CIRCLE_MEDIA_PORT cannot be opened at CIRCLE_MEDIA_HOST. {form}") from None


def main() -> int:
    try:
        serve(read(os.environ))
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
