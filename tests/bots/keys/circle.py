"""What stays the same of a circle as long as it lasts: its name, whose it is, and for facilitators the seed."""

from typing import NamedTuple

from tests.bots import links
from tests.bots.keys.certificate import Certificate, certify
from tests.bots.keys.derive import sha256
from tests.bots.keys.identity import Public
from tests.bots.keys.octets import unb64


class Ground(NamedTuple):
    rid: bytes
    root: bytes
    """RK's public key; pinned by the members' link"""
    seed: bytes | None = None

    def certify(self, of: Public, powers: int, until: int) -> Certificate:
        """Raises ValueError for who does not hold the seed."""
        if self.seed is None:
            raise ValueError("no seed")
        return certify(self.seed, self.rid, of, powers, until)

    def good(self, certificate: Certificate | None, of: Public, now: float, powers: int = 255) -> bool:
        """Whether it is there, good now, and gives one of these powers."""
        return (
            certificate is not None
            and certificate.powers & powers != 0
            and certificate.good(self.rid, self.root, of, now)
        )


def ground(secret: links.Secret, root: bytes | None = None) -> Ground:
    """`root`: what the server shows at the door, where the link does not give it. Raises ValueError unless the link pins it."""
    root = unb64(secret.root, 32) if root is None else root
    if sha256(root)[:16] != unb64(secret.fp, 16):
        raise ValueError("another circle's root")
    return Ground(unb64(secret.rid, 16), root, secret.seed)
