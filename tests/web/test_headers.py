"""What every answer carries, whatever was asked: pages, both APIs, files, errors."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bots import links
from tests.serving import Serving, settings
from tests.web.asking import Answer, ask, post, say

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self' blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "circle lit-html",
}
ALWAYS = {
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
OURS = {"camera", "microphone", "autoplay"}
NOBODYS = {"display-capture", "geolocation", "payment", "usb", "serial", "browsing-topics"}
PAGES = ("/", "/c/AAAA", "/f/AAAA", "/nothing", "/healthz", "/readyz", "/api/nothing", "/static/none/css/base.css")
HANDSHAKE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="


def policy(answer: Answer) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))


def permissions(answer: Answer) -> dict[str, str]:
    return dict(part.split("=", 1) for part in answer.headers["permissions-policy"].split(", "))


def answers(base: str, assets: str) -> Iterator[tuple[str, Answer]]:
    """One of each kind: found, refused, wrong method, wrong host, and every page."""
    for path in PAGES:
        yield path, ask(base, path)
    for path in ("css/base.css", "js/main.js", "icons/hearth.svg", "nothing.js"):
        yield path, ask(base, f"{assets}/{path}")
    yield "opened", post(base, "/api/circles", json.dumps(links.make().opening()).encode())
    yield "challenged", post(base, "/api/challenge", json.dumps({"rid": links.make().rid}).encode())
    yield "refused", post(base, "/api/circles", b"{}")
    yield "foreign", post(base, "/api/challenge", b"{}", origin="http://evil.example")
    for path in ("/", "/api/circles", f"{assets}/css/base.css"):
        yield f"wrong method {path}", ask(base, path, method="DELETE")
    yield "head", ask(base, method="HEAD")
    yield "wrong host", ask(base, host="evil.example")


def test_every_answer_carries_every_security_header_once(base: str, assets: str) -> None:
    kinds = dict(answers(base, assets))
    assert {answer.status for answer in kinds.values()} == {200, 201, 400, 404, 405}
    for what, answer in kinds.items():
        names = [name for name, _ in answer.pairs]
        assert len(names) == len(set(names)), what
        assert ALWAYS.items() <= answer.headers.items(), what
        assert {name: of for name, of in policy(answer).items() if name != "connect-src"} == CSP, what
        assert {name for name, of in permissions(answer).items() if of == "(self)"} == OURS, what
        assert {name for name, of in permissions(answer).items() if of == "()"} >= NOBODYS, what
        assert set(permissions(answer).values()) == {"(self)", "()"}, what


def test_no_answer_opens_itself_to_other_origins_or_leaves_something_in_the_browser(base: str, assets: str) -> None:
    for what, answer in answers(base, assets):
        assert not {name for name, _ in answer.pairs if name.startswith("access-control-")}, what
        assert not {"set-cookie", "server", "x-powered-by"} & answer.headers.keys(), what


def test_only_files_under_their_hash_may_be_kept(base: str, assets: str) -> None:
    for what, answer in answers(base, assets):
        found = what in {"css/base.css", "js/main.js", "icons/hearth.svg"}
        assert answer.headers["cache-control"] == ("public, max-age=31536000, immutable" if found else "no-store"), what


def test_pages_connect_to_this_server_and_nowhere_else(base: str) -> None:
    port = base.rsplit(":", 1)[1]
    assert policy(ask(base))["connect-src"] == f"'self' ws://localhost:{port} ws://127.0.0.1:{port}"


def test_by_https_sockets_are_sealed_too_and_the_browser_is_told_to_stay_there() -> None:
    given = settings(CIRCLE_PUBLIC_URL="https://circle.example", CIRCLE_ALLOWED_ORIGINS="https://other.example:8443")
    with Serving(given=given) as serving:
        for path, status in (("/", 200), ("/nothing", 404), ("/api/nothing", 404)):
            answer = ask(serving.base, path, host="circle.example")
            assert answer.status == status
            assert policy(answer)["connect-src"] == "'self' wss://circle.example wss://other.example:8443"
            assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("GET / HTTP/1.1\r\nHost: localhost", "200"),
        ("GET /nothing HTTP/1.1\r\nHost: localhost", "404"),
        ("GET / HTTP/1.1\r\nHost: evil.example", "400"),
        ("nonsense", "400"),
        (
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nOrigin: ORIGIN\r\n{HANDSHAKE}",
            "101",
        ),
        (
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nOrigin: http://x\r\n{HANDSHAKE}",
            "403",
        ),
        (f"GET / HTTP/1.1\r\nHost: localhost\r\n{HANDSHAKE}", "403"),
    ],
    ids=["page", "nothing", "foreign host", "no HTTP", "socket", "foreign socket", "socket elsewhere"],
)
def test_no_answer_says_what_software_this_is(base: str, text: str, status: str) -> None:
    head = say(base, text.replace("ORIGIN", base) + "\r\n\r\n").lower()
    assert head.split(" ")[1] == status
    assert "\nserver:" not in head
    assert not any(name in head for name in ("uvicorn", "websockets", "python", "starlette"))


class Broken:
    async def load(self, id_: str) -> None:
        raise OSError

    async def ready(self) -> bool:
        return True

    async def close(self) -> None:
        pass


def test_what_goes_wrong_here_carries_every_header_too() -> None:
    broken: Any = Broken()
    with Serving(store=broken) as serving:
        failed = post(serving.base, "/api/challenge", b'{"rid":"AAAAAAAAAAAAAAAAAAAAAA"}')
        assert (failed.status, failed.body) == (500, b'{"refused":"internal"}')
        for answer in (
            failed,
            ask(serving.base, "/socket.io/"),
            ask(serving.base, "/socket.io/?EIO=4&transport=polling"),
        ):
            assert ALWAYS.items() <= answer.headers.items()
            assert "content-security-policy" in answer.headers
            assert answer.headers["cache-control"] == "no-store"


def test_by_http_the_browser_is_not_told_to_stay_with_https() -> None:
    with Serving() as serving:
        assert "strict-transport-security" not in ask(serving.base).headers


def test_bluetooth_is_nobodys() -> None:
    with Serving() as serving:
        assert "bluetooth=()" in ask(serving.base).headers["permissions-policy"]


def test_a_wrong_method_is_told_the_right_ones() -> None:
    with Serving() as serving:
        assert set(ask(serving.base, method="DELETE").headers["allow"].split(", ")) == {"GET", "HEAD"}
        assert ask(serving.base, "/api/circles").headers["allow"] == "POST"


def test_a_public_address_in_numbers_is_answered() -> None:
    with Serving(given=settings(CIRCLE_PUBLIC_URL="http://[2001:db8::1]:8000")) as serving:
        assert ask(serving.base, host="[2001:db8::1]:8000").status == 200
