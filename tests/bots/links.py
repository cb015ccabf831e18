"""Links and sealed words in Python: the same as static/js/keys, written independently from docs/protocol.md."""

import base64
import hashlib
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIZES = {
    **dict.fromkeys(("note", "writing", "line", "prompt", "check_in", "script", "intention", "settings"), (1024,)),
    "name": (256,),
    **dict.fromkeys(("title", "link", "keys"), (120,)),
    "agreements": (3200,),
    "share": (1024, 4096),
}
"""bytes in all, of which the smallest that suffices is taken"""


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(key: bytes, label: str, context: str | None = None, length: int = 32) -> bytes:
    info = b"circle/1 " + label.encode() + (b"" if context is None else b"\0" + context.encode())
    return HKDF(SHA256(), length, salt=None, info=info).derive(key)


@dataclass(frozen=True)
class Secret:
    """What a link gives: the circle, its link secret, and for facilitators the seed."""

    rid: str
    link: bytes
    fp: str
    seed: bytes | None = None

    @property
    def join(self) -> str:
        return b64(hkdf(self.link, "join"))

    @property
    def root(self) -> str:
        return b64(Ed25519PrivateKey.from_private_bytes(self.seed or b"").public_key().public_bytes_raw())

    def opening(self) -> dict[str, object]:
        """What opens the circle at the server: nothing that opens it for the server."""
        kept = b64(hashlib.sha256(unb64(self.join)).digest())
        return {"rid": self.rid, "root": self.root, "join": kept, "link": 1}

    def sign(self, nonce: str) -> str:
        key = Ed25519PrivateKey.from_private_bytes(self.seed or b"")
        return b64(key.sign(f"circle/1 facilitator {self.rid} {nonce}".encode()))

    def members(self, base: str) -> str:
        return f"{base}/c/{self.rid}#1.{b64(self.link)}.{self.fp}"

    def facilitators(self, base: str) -> str:
        return f"{base}/f/{self.rid}#{b64(self.seed or b'')}"

    def seal(self, text: str, kind: str, *about: object, nonce: bytes | None = None) -> str:
        """`about`: what else the words belong to, as the author's seat and the turn. Raises ValueError for a text that is too long."""
        data = len(text.encode()).to_bytes(2, "big") + text.encode()
        size = min((size for size in SIZES[kind] if size >= len(data)), default=0)
        if not size:
            raise ValueError("too long")
        nonce = nonce or os.urandom(12)
        return b64(nonce + AESGCM(self._key(kind)).encrypt(nonce, data.ljust(size, b"\0"), self._aad(kind, about)))

    def open(self, sealed: str, kind: str, *about: object) -> str:
        """Raises InvalidTag where it was sealed for something else."""
        data = unb64(sealed)
        plain = AESGCM(self._key(kind)).decrypt(data[:12], data[12:], self._aad(kind, about))
        return plain[2 : 2 + int.from_bytes(plain[:2], "big")].decode()

    def _key(self, kind: str) -> bytes:
        return hkdf(self.link, "export words", kind)

    def _aad(self, kind: str, about: tuple[object, ...]) -> bytes:
        return " ".join(["circle/1", self.rid, kind, *map(str, about)]).encode()


def from_seed(seed: bytes, counter: int = 1) -> Secret:
    root = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    rid = b64(hashlib.sha256(b"circle/1 rid" + root).digest()[:16])
    return Secret(rid, hkdf(seed, f"link{counter}"), b64(hashlib.sha256(root).digest()[:16]), seed)


def make() -> Secret:
    return from_seed(os.urandom(32))


def parse(url: str) -> Secret:
    """The secret in a members' or facilitators' link. Raises ValueError for another one."""
    parts = urlsplit(url)
    _, kind, rid = parts.path.split("/")
    if kind == "f":
        secret = from_seed(unb64(parts.fragment))
        if secret.rid != rid:
            raise ValueError("the link's two halves do not belong together")
        return secret
    version, link, fp = parts.fragment.split(".")
    if kind != "c" or version != "1":
        raise ValueError("not a link of this version")
    return Secret(rid, unb64(link), fp)
