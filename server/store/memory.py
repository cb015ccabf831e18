"""Circles in this process's memory: enough for one small machine. A restart ends them."""

from collections.abc import Callable

from rooms.circle import Circle
from rooms.commits import Commits

SWEEP_EVERY = 1.0


class MemoryStore:
    """Keeps the store's contract with a dictionary. Circles are frozen, so handing one out hands out no way to change it."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._kept: dict[str, tuple[Circle, Commits, float]] = {}
        self._swept = float("-inf")

    async def create(self, id_: str, circle: Circle, ttl: float) -> bool:
        if await self.load(id_) is not None:
            return False
        self._kept[id_] = (circle, (), self._now() + ttl)
        return True

    async def load(self, id_: str) -> Circle | None:
        self._forget()
        circle, _, until = self._kept.get(id_, (None, (), 0.0))
        return circle if until > self._now() else None

    async def replace(
        self, id_: str, circle: Circle, expected: int, ttl: float, commits: Commits | None = None
    ) -> bool:
        kept = await self.load(id_)
        if kept is None or kept.version != expected:
            return False
        self._kept[id_] = (circle, self._kept[id_][1] if commits is None else commits, self._now() + ttl)
        return True

    async def commits(self, id_: str) -> Commits:
        return self._kept[id_][1] if await self.load(id_) is not None else ()

    async def delete(self, id_: str) -> None:
        self._kept.pop(id_, None)

    async def ready(self) -> bool:
        return True

    async def close(self) -> None:
        self._kept.clear()

    def _forget(self) -> None:
        """Rarely, since it looks at all of them."""
        now = self._now()
        if self._swept <= now < self._swept + SWEEP_EVERY:
            return
        self._swept = now
        for id_ in [id_ for id_, (_, _, until) in self._kept.items() if until <= now]:
            del self._kept[id_]
