"""Plain requests to a real server, and answers as they came."""

import http.client
import socket
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

WITHIN = 20.0


class Answer(NamedTuple):
    status: int
    pairs: tuple[tuple[str, str], ...]
    """every header, names in lower case, in their order"""
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        return dict(self.pairs)

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    base: str,
    path: str = "/",
    *,
    method: str = "GET",
    host: str | None = None,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """One request on a connection of its own. The path goes out letter by letter, and no header is added but Host and length."""
    where = urlsplit(base)
    line = http.client.HTTPConnection("127.0.0.1", where.port or 0, timeout=WITHIN)
    line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    length = {} if body is None else {"Content-Length": str(len(body))}
    for name, value in {"Host": where.netloc if host is None else host, **length, **(headers or {})}.items():
        line.putheader(name, value)
    try:
        line.endheaders(body)
        answer = line.getresponse()
        pairs = tuple((name.lower(), value) for name, value in answer.getheaders())
        return Answer(answer.status, pairs, answer.read())
    finally:
        line.close()


def say(base: str, text: str) -> str:
    """Bytes that need be no HTTP. Returns the head of what is said to them."""
    with socket.create_connection(("127.0.0.1", urlsplit(base).port or 0), WITHIN) as line:
        line.sendall(text.encode())
        heard = b""
        while b"\r\n\r\n" not in heard and (more := line.recv(4096)):
            heard += more
    return heard.split(b"\r\n\r\n")[0].decode()


def post(base: str, path: str, body: bytes, **changed: str | None) -> Answer:
    """As our own pages post, save for what is changed: `content_type="text/plain"`; None takes a header away."""
    own: dict[str, str | None] = {"origin": base, "content_type": "application/json", "sec_fetch_site": "same-origin"}
    headers = {name.replace("_", "-"): value for name, value in (own | changed).items() if value is not None}
    return ask(base, path, method="POST", headers=headers, body=body)
