"""The headers of every answer. Plain ASGI middleware; knows nothing of circles."""

from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def policy(origins: tuple[str, ...]) -> str:
    """The content security policy: this origin and nothing else, nothing inline, no script from a string."""
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in origins)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "worker-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "media-src 'self' blob:",
            f"connect-src 'self' {sockets}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types circle lit-html",
        )
    )


def table(origins: tuple[str, ...]) -> list[tuple[bytes, bytes]]:
    permissions = (
        "camera=(self), microphone=(self), autoplay=(self), display-capture=(), geolocation=(), payment=(), "
        "usb=(), serial=(), bluetooth=(), browsing-topics=()"
    )
    rows = {
        "content-security-policy": policy(origins),
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": permissions,
        "referrer-policy": "no-referrer",
        "strict-transport-security": "max-age=63072000; includeSubDomains",
        "x-content-type-options": "nosniff",
    }
    if not origins[0].startswith("https:"):  # the first one is the public address; by http the header has no business
        del rows["strict-transport-security"]
    return [(name.encode(), value.encode()) for name, value in rows.items()]


class Headers:
    """Adds the table to every answer, and `no-store` unless the answer says otherwise."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app, self._table = app, table(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers: list[Any] = list(message.get("headers", []))
                cached = any(name.lower() == b"cache-control" for name, _ in headers)
                extra = [] if cached else [(b"cache-control", b"no-store")]
                message = {**message, "headers": [*headers, *self._table, *extra]}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
