"""How much may come how fast: token buckets. Pure; time is an argument. Addresses come in hashed and are forgotten."""

import hashlib
import ipaddress
from dataclasses import dataclass, field


@dataclass
class Bucket:
    """`burst` at once, then `rate` per second."""

    rate: float
    burst: float
    left: float = field(init=False)
    last: float | None = None

    def __post_init__(self) -> None:
        self.left = self.burst

    def take(self, now: float) -> bool:
        """Whether one more is allowed now; if so, it is counted."""
        if self.last is not None:
            self.left = min(self.burst, self.left + max(0.0, now - self.last) * self.rate)
        self.last = now
        if self.left < 1:
            return False
        self.left -= 1
        return True

    def full(self, now: float) -> bool:
        """Whether nothing has been taken for so long that it need not be remembered."""
        return self.last is None or self.left + (now - self.last) * self.rate >= self.burst


class Buckets:
    """A bucket per key. Full ones are forgotten; of very many the oldest go first."""

    def __init__(self, rate: float, burst: float, most: int = 10_000) -> None:
        self._rate, self._burst, self._most = rate, burst, most
        self._buckets: dict[str, Bucket] = {}

    def take(self, key: str, now: float) -> bool:
        if key not in self._buckets and len(self._buckets) >= self._most:
            self.forget(now)
        return self._buckets.setdefault(key, Bucket(self._rate, self._burst)).take(now)

    def forget(self, now: float) -> None:
        """Drop what need not be remembered, and the oldest half if that is not enough."""
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if not bucket.full(now)}
        if len(self._buckets) >= self._most:
            self._buckets = dict(list(self._buckets.items())[self._most // 2 :])

    def __len__(self) -> int:
        return len(self._buckets)


def prefix(address: str, key: bytes) -> str:
    """A network's keyed hash (/24, or /56 for IPv6): tells neighbours apart from strangers, and nobody's address to anyone."""
    try:
        found = ipaddress.ip_address(address)
        # A socket that serves both families writes IPv4 so.
        found = (found.ipv4_mapped or found) if found.version == 6 else found
        network = str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 56}", strict=False))
    except ValueError:
        network = "unknown"
    return hashlib.blake2b(network.encode(), key=key[:64], digest_size=12).hexdigest()
