"""What can be done with the keys that one holds: words sealed and opened, names, and the facilitators' link handed on."""

from tests.bots.keys import hpke, words
from tests.bots.keys.certificate import root_of
from tests.bots.keys.living import Keys
from tests.bots.keys.octets import Bad, b64, unb64
from tests.bots.signaling import Refused

ROOM = frozenset({"title", "prompt", "script"})
DOOR = frozenset({"agreements", "settings"})


class Holding:
    """For `Keyed`, who comes by them."""

    keys: Keys | None

    @property
    def _held(self) -> Keys:
        assert self.keys is not None
        return self.keys

    # The facilitators' link, from hand to hand.

    def seed_for(self, seat: str) -> str:
        """A box that only the present keys of that seat open."""
        keys, id_ = self._held, unb64(seat, 8)
        entry = keys.epoch and keys.epoch.roster.at(id_)
        assert entry is not None
        assert keys.ground.seed is not None
        info = b"circle/1 seed" + keys.ground.rid
        return b64(hpke.seal(entry.keys.mk, keys.ground.seed, info=info, aad=id_))

    def take_seed(self, box: str) -> None:
        """From now on one can do what a facilitator's page does. Raises Bad unless it is this circle's."""
        keys = self._held
        info = b"circle/1 seed" + keys.ground.rid
        seed = hpke.unseal(keys.pair.receive, unb64(box, 80), info=info, aad=keys.seat)
        if root_of(seed) != keys.ground.root:
            raise Bad("another circle's seed")
        keys.ground = keys.ground._replace(seed=seed)

    # Words.

    def seal(self, text: str, kind: str, *about: object) -> str:
        """For those inside: one's own words, the room's, or the door's."""
        epoch, rid = self._held.epoch, self._held.ground.rid
        if epoch is None:
            raise Refused("no keys")
        if kind in DOOR:
            return b64(words.door(rid, epoch.block.link).seal(text, kind, *about))
        if kind in ROOM:
            return b64(words.seal_room(rid, epoch.block.rooms[-1], text, kind, *about))
        return b64(words.seal_own(epoch, self._held.pair, text, kind, *about))

    def unseal(self, sealed: str, kind: str, *about: object) -> str:
        """The same the other way; of own words, `about` begins with their author. Raises Bad."""
        keys = self._held
        if kind in DOOR:
            return words.door(keys.ground.rid, keys.link[1]).open(unb64(sealed), kind, *about)
        if kind in ROOM:
            return words.open_room(keys.ground.rid, keys.rooms, unb64(sealed), kind, *about)
        author = unb64(about[0], 8)
        return words.open_own(keys.shelf.epochs, author, unb64(sealed), kind, *about)

    def name_of(self, seat: str) -> str | None:
        """As the roster has it; None: not yet known."""
        return self._held.shelf.name(unb64(seat, 8))
