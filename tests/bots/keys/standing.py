"""One page's place in the chain of commits: what it takes, fetches, installs, and whether it is inside (7.4)."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from tests.bots.keys import commit
from tests.bots.keys.checks import Case, Receiver, check
from tests.bots.keys.commit import Commit
from tests.bots.keys.door import door_key
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.octets import Bad, b64
from tests.bots.keys.roster import Roster

Fetch = Callable[[int], Awaitable[list[dict[str, Any]]]]
"""the commits after that one, as the server has them"""

AGAIN = 2.0
"""seconds after which one asks again"""


class Standing:
    """`shown` is the newest roster that the server sent, believed or not; `last` the newest of a chain that holds."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self.shown: Roster | None = None
        self.last: Roster | None = None
        self.refused: str | None = None
        """why the last commit was not taken"""
        self.unsure = False
        """taken over a gap: the next heartbeat must agree"""
        self._asked = 0, 0.0
        """for which epoch, and when"""
        self._answered = 0
        """up to which epoch the server has answered"""

    async def take(self, receiver: Receiver, message: dict[str, Any], now: float) -> Epoch | None:
        """A commit that has come. None: nothing to install."""
        try:
            new, wrapped = commit.read(message)
        except Bad as bad:
            self.refused = str(bad)
            return None
        self.shown = new.roster
        if self.last is not None and new.roster.n > self.last.n + 1:
            return await self.catch_up(receiver, self.last.n, now)
        if self.last is not None and new.roster.n <= self.last.n:
            return None
        return self._check(Case(receiver, self.last, new, wrapped, now))

    async def catch_up(self, receiver: Receiver, after: int, now: float) -> Epoch | None:
        """What was missed. Where the server has not all of it, the latest alone."""
        read: list[tuple[Commit, bytes | None]] = []
        try:
            read = [commit.read(one) for one in await self._fetch(after)]
        except Bad as bad:
            self.refused = str(bad)
        if not read:
            return None
        self.shown = read[-1][0].roster
        self._answered = self.shown.n
        if self.last is None or read[0][0].roster.n != self.last.n + 1:
            return self._jump(receiver, *read[-1], now)
        return self._follow(receiver, read, now)

    def _follow(self, receiver: Receiver, read: list[tuple[Commit, bytes | None]], now: float) -> Epoch | None:
        """One after another. Where one does not hold, only who leads can have mended it with the latest."""
        for new, wrapped in read[:-1]:
            self._check(Case(receiver, self.last, new, wrapped, now, passed=True))
            if self.refused is not None:
                return self._jump(receiver, *read[-1], now)
        new, wrapped = read[-1]
        return self._check(Case(receiver, self.last, new, wrapped, now))

    def _jump(self, receiver: Receiver, new: Commit, wrapped: bytes | None, now: float) -> Epoch | None:
        jump = self.last is not None
        epoch = self._check(Case(receiver, self.last, new, wrapped, now, jump=jump))
        self.unsure = self.unsure or (jump and epoch is not None)
        return epoch

    async def look(self, receiver: Receiver, epoch: int, now: float) -> Epoch | None:
        """Once for each commit that the server tells of and that has not come; again, while there is no answer."""
        known = self.last.n if self.last is not None else 0
        if epoch <= max(known, self._answered) or (epoch <= self._asked[0] and now - self._asked[1] < AGAIN):
            return None
        self._asked = epoch, now
        return await self.catch_up(receiver, known if known else epoch - 1, now)

    def _check(self, case: Case) -> Epoch | None:
        self.refused = None
        try:
            epoch = check(case)
        except Bad as bad:
            self.refused = str(bad)
            return None
        # Who is in no roster yet has no chain to go on with: the first commit that wraps for them begins it.
        if case.before is not None or epoch is not None:
            self.last = case.new
        return epoch

    @property
    def broken(self) -> bool:
        """The server's newest commit is none that one could take."""
        return self.refused is not None and self.last is not None and self._newest > self.last.n

    @property
    def _newest(self) -> int:
        return self.shown.n if self.shown is not None else 0

    def forget(self) -> None:
        """All but what the server shows: one comes anew."""
        self.last, self.refused, self.unsure = None, None, False

    def keepers(self, here: frozenset[bytes]) -> Iterable[tuple[str, bytes]]:
        """Door keys by seat, of those here whom the newest roster certifies: for who is inside, and has no door to see them at."""
        for entry in self.shown.entries if self.shown else ():
            if entry.certificate is not None and entry.seat in here:
                yield b64(entry.seat), door_key(entry.keys, entry.certificate)
