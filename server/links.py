"""What opens a circle, checked: join proofs, facilitators' challenges, seat tokens. Pure: time and random bytes are arguments.

The server holds nothing by which it could open a circle itself: a hash, a public key, and its own signing secret.
"""

import base64
import binascii
import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from itsdangerous import BadSignature, Signer

CHALLENGE_LIFE = 60.0
TOKEN_LIFE = 12 * 3600.0


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: object, length: int) -> bytes | None:
    """The bytes of an unpadded base64url text, or None if it is no such text of exactly this many bytes."""
    if not isinstance(text, str) or len(text) != (length * 4 + 2) // 3:
        return None
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == length and b64(data) == text else None


def circle_id(rid: object) -> str | None:
    """What the server calls a circle: the hash of its rid. None if it is no rid."""
    data = unb64(rid, 16)
    return b64(hashlib.sha256(data).digest()) if data is not None else None


def rid_fits(rid: object, root: object) -> bool:
    """Whether a circle's name follows from its facilitators' key: nobody else can open one under that name, also after its end."""
    key = unb64(root, 32)
    return key is not None and rid == b64(hashlib.sha256(b"circle/1 rid" + key).digest()[:16])


def join_fits(kept: str, join: object) -> bool:
    """Whether a join proof belongs to the kept SHA-256(join)."""
    data = unb64(join, 32) or b""
    return hmac.compare_digest(b64(hashlib.sha256(data).digest()), kept)


def signature_fits(root: str, rid: str, nonce: str, signature: object) -> bool:
    """Whether the facilitators' key has signed this nonce for this circle."""
    key, data = unb64(root, 32), unb64(signature, 64)
    if key is None or data is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(data, f"circle/1 facilitator {rid} {nonce}".encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def is_root(root: object) -> bool:
    """Whether it is a public key at all."""
    key = unb64(root, 32)
    try:
        return key is not None and bool(Ed25519PublicKey.from_public_bytes(key))
    except ValueError:
        return False


def _signer(secret: bytes, use: str) -> Signer:
    return Signer(secret, salt=f"roundhearth {use}", digest_method=hashlib.sha256)


def _sign(secret: bytes, use: str, *parts: str) -> str:
    return _signer(secret, use).sign(".".join(parts)).decode()


def _unsign(secret: bytes, use: str, text: object, parts: int) -> list[str] | None:
    if not isinstance(text, str) or len(text) > 256 or not text.isascii():
        return None
    try:
        signed = _signer(secret, use).unsign(text).decode()
    except BadSignature:
        return None
    # The last letter of a signature has bits that nobody reads: only the one spelling that we give out is taken.
    if _sign(secret, use, signed) != text:
        return None
    found = signed.split(".")
    return found if len(found) == parts else None


def challenge(secret: bytes, id_: str, now: float, random: bytes) -> str:
    """A nonce for facilitators to sign: good for 60 s and for one circle. Nothing about it is kept."""
    return _sign(secret, "challenge", id_, str(int(now + CHALLENGE_LIFE)), b64(random))


def challenge_fits(secret: bytes, id_: str, nonce: object, now: float) -> bool:
    found = _unsign(secret, "challenge", nonce, 3)
    return found is not None and found[0] == id_ and float(found[1]) >= now


def token(secret: bytes, id_: str, seat: str, now: float) -> str:
    """What lets a browser come back to its seat. Void as soon as the seat is gone."""
    return _sign(secret, "seat", id_, seat, str(int(now + TOKEN_LIFE)))


def seat_of(secret: bytes, id_: str, text: object, now: float) -> str | None:
    """The seat that a token is for, in this circle; None if it does not fit."""
    found = _unsign(secret, "seat", text, 3)
    return found[1] if found is not None and found[0] == id_ and float(found[2]) >= now else None
