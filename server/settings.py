"""Everything that can be set, read once from the environment. A wrong or unknown name stops the start with a sentence."""

import ipaddress
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

PREFIX = "CIRCLE_"


class SettingError(Exception):
    """A setting cannot be used. The text says which, and what to do; it never repeats a secret."""


@dataclass(frozen=True)
class Settings:
    """How this server runs."""

    port: int
    redis_url: str | None
    host: str
    public_url: str
    public_ip: str
    media_port: int
    media_host: str
    secret: bytes
    exit_url: str
    help_file: Path | None
    allowed_origins: tuple[str, ...]
    trusted_proxies: str

    @property
    def local(self) -> bool:
        """Whether it serves this machine only."""
        return urlsplit(self.public_url).hostname in {"localhost", "127.0.0.1"}

    @property
    def origins(self) -> tuple[str, ...]:
        """Where pages may come from, exactly."""
        parts = urlsplit(self.public_url)
        own = [f"{parts.scheme}://{parts.netloc}"]
        if self.local:
            own += [f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1")]
        return tuple(dict.fromkeys((*own, *self.allowed_origins)))

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that are answered."""
        names = [urlsplit(origin).hostname or "" for origin in self.origins]
        return tuple(dict.fromkeys(f"[{name}]" if ":" in name else name for name in names))


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < port < 65536:
        raise ValueError
    return port


def _url(text: str) -> str:
    """An origin in the form in which browsers send it."""
    parts = urlsplit(text.strip().lower().rstrip("/"))
    own = {"http": 80, "https": 443}
    if parts.scheme not in own or not parts.hostname or parts.username is not None or not text.isascii():
        raise ValueError
    if parts.path or parts.query or parts.fragment or "*" in text or any(letter.isspace() for letter in text.strip()):
        raise ValueError
    port = "" if parts.port in {None, own[parts.scheme]} else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def _page(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme != "https" or not parts.hostname or any(letter.isspace() for letter in text.strip()):
        raise ValueError
    return text.strip()


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ValueError
    return path


def _urls(text: str) -> tuple[str, ...]:
    return tuple(_url(part.strip()) for part in text.split(",") if part.strip())


def _address(text: str) -> str:
    return str(ipaddress.ip_address(text))


def _redis(text: str) -> str:
    parts = urlsplit(text)
    where = parts.path if parts.scheme == "unix" else parts.hostname
    if parts.scheme not in {"redis", "rediss", "unix"} or not where or parts.port == 0:
        raise ValueError
    return text


def _secret(text: str) -> bytes:
    if len(text) < 32:
        raise ValueError
    return text.encode()


def _proxies(text: str) -> str:
    for part in text.split(","):
        ipaddress.ip_network(part.strip())
    return text


class Row(NamedTuple):
    """One setting: its name, how it is read, its form in words, its default in words, what it is for."""

    name: str
    read: Callable[[str], Any]
    form: str
    default: str
    use: str


ROWS = (
    Row("PORT", _port, "a number from 1 to 65535", "8000", "where pages and signalling are served"),
    Row("REDIS_URL", _redis, "redis://, rediss:// or unix://", "none: memory", "keeps circles through a restart"),
    Row("CIRCLE_HOST", _address, "an IP address", "127.0.0.1", "the address to listen on for pages"),
    Row("CIRCLE_PUBLIC_URL", _url, "https://name", "http://localhost:PORT", "where people open the page"),
    Row("CIRCLE_PUBLIC_IP", _address, "an IP address", "127.0.0.1", "where browsers reach the media port"),
    Row("CIRCLE_MEDIA_PORT", _port, "a number from 1 to 65535", "8001", "sound and picture, UDP and TCP"),
    Row("CIRCLE_MEDIA_HOST", _address, "an IP address", "CIRCLE_PUBLIC_IP", "the address to listen on for media"),
    Row("CIRCLE_EXIT_URL", _page, "https://name/page", "https://www.wikipedia.org/", "where the quick exit leads"),
    Row("CIRCLE_HELP_FILE", _file, "the path of a file", "web/help.json", "lines to call, in the help panel"),
    Row("CIRCLE_SECRET", _secret, "32 characters or more", "new at each start", "signs seat tokens"),
    Row("CIRCLE_SECRET_FILE", str, "a path", "none", "a file that holds CIRCLE_SECRET"),
    Row("CIRCLE_ALLOWED_ORIGINS", _urls, "https://a,https://b", "none", "further origins whose pages may connect"),
    Row("CIRCLE_TRUSTED_PROXIES", _proxies, "IP addresses", "127.0.0.1", "proxies whose forwarded headers count"),
)


def read(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment. Raises SettingError with one sentence that says what to do."""
    known = {row.name for row in ROWS}
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            raise SettingError(f"{name} is not a setting. Take it out, or look for its right name in README.md.")
    given = {row.name: _read(row, environ[row.name]) for row in ROWS if environ.get(row.name)}
    port = given.get("PORT", 8000)
    public_ip = given.get("CIRCLE_PUBLIC_IP", "127.0.0.1")
    return Settings(
        port=port,
        redis_url=given.get("REDIS_URL"),
        host=given.get("CIRCLE_HOST", "127.0.0.1"),
        public_url=given.get("CIRCLE_PUBLIC_URL", f"http://localhost:{port}"),
        public_ip=public_ip,
        media_port=given.get("CIRCLE_MEDIA_PORT", 8001),
        media_host=given.get("CIRCLE_MEDIA_HOST", public_ip),
        secret=_find_secret(given),
        exit_url=given.get("CIRCLE_EXIT_URL", "https://www.wikipedia.org/"),
        help_file=given.get("CIRCLE_HELP_FILE"),
        allowed_origins=given.get("CIRCLE_ALLOWED_ORIGINS", ()),
        trusted_proxies=given.get("CIRCLE_TRUSTED_PROXIES", "127.0.0.1"),
    )


def _read(row: Row, text: str) -> Any:
    try:
        return row.read(text)
    except ValueError:
        raise SettingError(f"{row.name} cannot be read. It should be {row.form}.") from None


def _find_secret(given: Mapping[str, Any]) -> bytes:
    path = given.get("CIRCLE_SECRET_FILE")
    if path is None:
        return given.get("CIRCLE_SECRET") or secrets.token_bytes(32)
    try:
        return _secret(Path(path).read_text().strip())
    except (OSError, ValueError):
        form = "It should name a readable file with 32 characters or more."
        raise SettingError(f"CIRCLE_SECRET_FILE cannot be used. {form}") from None


def table() -> str:
    """The settings as a Markdown table, for the README."""
    lines = ["| name | form | default | for |", "|---|---|---|---|"]
    lines += [f"| `{row.name}` | {row.form} | {row.default} | {row.use} |" for row in ROWS]
    return "\n".join(lines) + "\n"
