"""How many streams there may be, and from where: shared out by network, and few for those who have proved nothing. Pure."""

from collections.abc import Iterable

from server.limits import prefix
from server.media.relay.ice import Address

MOST = 512
MOST_UNPROVED = MOST // 2
PER_NETWORK = 64
"""two large circles behind one firewall; a network is what one household or office can have: /24, or /56 of IPv6"""


class Places:
    """Who has proved nothing gives way to newcomers, the oldest first: a genuine one needs a moment only."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._networks: dict[Address, str] = {}
        self._unproved: dict[Address, None] = {}

    def take(self, address: Address) -> tuple[bool, Address | None]:
        """Whether one more may come from there, and who has to go for it."""
        network = prefix(address[0].removeprefix("tcp "), self._key)
        gone: Address | None = None
        if sum(known == network for known in self._networks.values()) >= PER_NETWORK:
            gone = _first(one for one in self._unproved if self._networks[one] == network)
            if gone is None:
                return False, None
        elif len(self._unproved) >= MOST_UNPROVED or len(self._networks) >= MOST:
            gone = _first(self._unproved)
            if gone is None:
                return False, None
        if gone is not None:
            self.leave(gone)
        self._networks[address] = network
        self._unproved[address] = None
        return True, gone

    def proved(self, address: Address) -> None:
        self._unproved.pop(address, None)

    def leave(self, address: Address) -> None:
        self._networks.pop(address, None)
        self._unproved.pop(address, None)

    def __len__(self) -> int:
        return len(self._networks)


def _first(addresses: Iterable[Address]) -> Address | None:
    return next(iter(addresses), None)
