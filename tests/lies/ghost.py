"""What a server can make by itself: keys that a root of its own vouches for, and somebody whom it admits, and who knows what it knows: the
proof of the link that everybody shows at the door, and no secret."""

import time
from dataclasses import replace
from typing import Any

from tests.bots import links
from tests.bots.keys import arrival, door, introduction
from tests.bots.keys.certificate import DAY
from tests.bots.keys.circle import Ground
from tests.bots.keys.identity import Pair
from tests.bots.keys.octets import b64, unb64
from tests.bots.participant import Participant


class Liar:
    def __init__(self, beside: Participant) -> None:
        """In the same circle as this person."""
        made_up = links.make()
        self.ground = Ground(unb64(beside.line.secret.rid), unb64(made_up.root), made_up.seed)
        self.pair = Pair.make()
        self.certificate = self.ground.certify(self.pair.public, 7, int(time.time()) + DAY)
        self.door_key = b64(door.door_key(self.pair.public, self.certificate))


class Ghost(Participant):
    """`kind`: of the introduction that is shown."""

    def __init__(self, link: str, name: str, kind: int = 0) -> None:
        super().__init__(link, name)
        self.kind = kind
        self._proof = self.line.secret.join
        self.line.secret = replace(self.line.secret, link=bytes(32))

    async def sits_down(self, fay: Participant) -> None:
        await self.line.connect({"v": 1, "rid": self.line.secret.rid, "join": self._proof})
        view = await self.line.until(lambda view: bool(view["keepers"]))
        fields: dict[str, Any] = {"name": b64(bytes(284)), "note": None, "boxes": {}, "role": "member"}
        await self.line.take_seat("knock", **fields)
        # As the server would do it: with the right of who facilitates, and no press of theirs.
        await fay.line.command("admit", seat=self.seat, name=b64(bytes(285)))
        await self.line.until(lambda view: view["at"] == "circle")
        await self.line.command("introduce", **self._shows(fay, view["keepers"]))

    def _shows(self, fay: Participant, keepers: list[dict[str, str]]) -> dict[str, Any]:
        liar, epoch = Liar(fay), fay.keyed.epoch
        assert epoch is not None
        if self.kind == 1:
            return {"keys": b64(introduction.facilitator(liar.pair.public, liar.certificate).raw)}
        if self.kind == 2:
            resume = arrival.Resume(bytes(32), epoch.roster.n, self.name)
            return {"keys": arrival.back(liar.ground, unb64(self.seat), liar.pair, resume)}
        boxed = [(one["seat"], unb64(one["key"])) for one in keepers]
        ground = liar.ground._replace(root=unb64(fay.line.view["root"]), seed=None)
        return arrival.stranger(ground, bytes(32), liar.pair, self.name, bytes(32), boxed, time.time())
