"""What a view says that matters to keys. A seat is its 8 bytes."""

from typing import Any, NamedTuple

from tests.bots.keys.certificate import KEEPS_DOOR, STANDS_IN
from tests.bots.keys.octets import unb64
from tests.bots.keys.roster import LISTENS, SITS


class Place(NamedTuple):
    """A seat."""

    role: int
    leads: bool
    """by its role"""
    powers: int
    """that it has by the view: of a successor, of who keeps the door"""
    present: bool
    keys: str | None
    """an introduction that waits"""

    @property
    def here(self) -> bool:
        """With the keys that the roster has for it: who introduces others has lost those."""
        return self.present and self.keys is None


class Sight(NamedTuple):
    epoch: int
    link: int
    seats: dict[bytes, Place]


def see(view: dict[str, Any]) -> Sight | None:
    """None at the door."""
    if view.get("at") != "circle":
        return None
    seats = {unb64(seat["id"], 8): _place(view, seat) for seat in view["seats"]}
    return Sight(view["epoch"], view["link"], seats)


def _place(view: dict[str, Any], seat: dict[str, Any]) -> Place:
    stands_in = STANDS_IN if view["successor"] == seat["id"] else 0
    door = KEEPS_DOOR if "door" in seat["duties"] else 0
    return Place(
        role=LISTENS if seat["role"] == "observer" else SITS,
        leads=seat["role"] == "facilitator",
        powers=stands_in | door,
        present=seat["present"],
        keys=seat["keys"],
    )
