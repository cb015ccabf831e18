"""Static files under an address that holds the hash of the whole tree, so that browsers may keep them for ever.

They are read once, and served without the comments and the layout that our own are written with: those are for who reads the tree.
"""

import gzip
import hashlib
import re
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

KEEP = "public, max-age=31536000, immutable"
TEXT = {".js", ".mjs", ".css", ".svg", ".txt", ".json"}
# Whole lines, and the types that stand before a name. A comment that follows code on its line stays where it is.
_LINES = re.compile(r"^[ \t]*(?://.*|/\*\*?(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE)
_TYPES = re.compile(r"/\*\* @(?:type|param)(?:(?!\*/).)*\*/ ?")
_IN_STYLES = re.compile(r"/\*(?:(?!\*/)[\s\S])*\*/\n?")
_INDENTS = re.compile(r"\n[ \t\n]+")
# Where a line ends only for who reads it.
_ENDS = re.compile(r"(?<=[{;(])\n")
_ENDS_OF_STYLES = re.compile(r"(?<=[{;},])\n")
_LICENCE = re.compile(r"^/\*!")


class Held(NamedTuple):
    """A file as it is served."""

    kind: str
    plain: bytes
    packed: bytes | None
    """the same gzipped, where that makes it smaller"""


def bare(text: str) -> str:
    """A module of ours without comments, indents and ends of lines that say nothing to a browser; nothing else of it is touched."""
    if _LICENCE.match(text):
        return text
    return _ENDS.sub("", _INDENTS.sub("\n", _TYPES.sub("", _LINES.sub("", text))))


def bare_style(text: str) -> str:
    """The same of a style sheet."""
    return _ENDS_OF_STYLES.sub("", _INDENTS.sub("\n", _IN_STYLES.sub("", text)))


BARE = {".js": bare, ".css": bare_style}


def _hold(path: Path, vendored: bool) -> Held:
    data = path.read_bytes()
    if path.suffix in BARE and not vendored:
        data = BARE[path.suffix](data.decode()).encode()
    packed = gzip.compress(data, 9, mtime=0) if path.suffix in TEXT else None
    kind = guess_type(path.name)[0] or "application/octet-stream"
    kind = "text/javascript" if path.suffix in {".js", ".mjs"} else kind
    return Held(kind, data, packed if packed and len(packed) < len(data) else None)


class Assets:
    """Serves `/static/<hash>/<path>`; another hash, or another path, is not found."""

    def __init__(self, root: Path) -> None:
        digest = hashlib.sha256()
        self._files: dict[str, Held] = {}
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = path.relative_to(root).as_posix()
            held = self._files[name] = _hold(path, vendored=name.startswith("vendor/"))
            digest.update(name.encode() + b"\0" + held.plain)
        self.hash = digest.hexdigest()[:16]

    def address(self, path: str) -> str:
        return f"/static/{self.hash}/{path}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].removeprefix(f"{scope.get('root_path', '')}/{self.hash}/")
        held = self._files.get(name) if name != scope["path"] else None
        if held is None:
            response = Response(status_code=404)
        elif scope["method"] not in {"GET", "HEAD"}:
            response = Response(status_code=405, headers={"allow": "GET, HEAD"})
        else:
            response = _answer(held, packed=b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b""))
        await response(scope, receive, send)


def _answer(held: Held, *, packed: bool) -> Response:
    headers = {"cache-control": KEEP, "vary": "accept-encoding"}
    if packed and held.packed is not None:
        return Response(held.packed, media_type=held.kind, headers={**headers, "content-encoding": "gzip"})
    return Response(held.plain, media_type=held.kind, headers=headers)
