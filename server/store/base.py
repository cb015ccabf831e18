"""Where circles are kept while they meet: the port. Memory and Redis keep the same contract (tests/server/test_store.py)."""

from typing import Protocol

from rooms.circle import Circle
from rooms.commits import Commits


class Store(Protocol):
    """Circles by id. Every kept circle has an expiry from the moment it exists; `delete` leaves nothing behind."""

    async def create(self, id_: str, circle: Circle, ttl: float) -> bool:
        """Keep a new circle for `ttl` seconds. False if the id is taken."""
        ...

    async def load(self, id_: str) -> Circle | None: ...

    async def replace(
        self, id_: str, circle: Circle, expected: int, ttl: float, commits: Commits | None = None
    ) -> bool:
        """Compare-and-set by version: False if another version than `expected` is kept, or none. Renews the expiry.

        With `commits` these are kept from now on; without, those stay that are kept. They are as old as the circle, and go with it.
        """
        ...

    async def commits(self, id_: str) -> Commits:
        """Those of a circle, apart from it: they are many times its size, and seldom asked for."""
        ...

    async def delete(self, id_: str) -> None: ...

    async def ready(self) -> bool: ...

    async def close(self) -> None: ...
