"""Who gets a place at the door or comes back to a seat: what a CONNECT shows, and from where it comes. Keeps nothing."""

from collections.abc import Callable
from typing import Any

from socketio.exceptions import ConnectionRefusedError as NotLetIn

from rooms.circle import Circle
from rooms.nouns import Outside
from rooms.refusals import Refusal
from server import links
from server.circles import Circles
from server.rates import Rates
from server.roster import Bound, Roster

MOST_SOCKETS = 256
"""of one network at once"""


class Entrance:
    def __init__(self, circles: Circles, roster: Roster, rates: Rates, secret: bytes, now: Callable[[], float]) -> None:
        self._circles, self._roster, self._rates = circles, roster, rates
        self._secret, self._now = secret, now

    async def admit(self, environ: dict[str, Any], auth: Any) -> Bound:
        """What this socket is from now on. Raises NotLetIn with a code."""
        # Browsers always send an Origin; the library checks it against the list only if it is there.
        if "HTTP_ORIGIN" not in environ:
            raise NotLetIn(Refusal.MALFORMED.value)
        network = self._rates.network(environ.get("asgi.scope") or {})
        if self._roster.count(network) >= MOST_SOCKETS or not self._rates.connect(network):
            raise NotLetIn(Refusal.BUSY.value)
        bound = await self._who(auth)
        bound.network = network
        return bound

    async def _who(self, auth: Any) -> Bound:
        """What this CONNECT payload proves; one code for every wrong proof."""
        if not isinstance(auth, dict) or len(auth) > 4:
            raise NotLetIn(Refusal.MALFORMED.value)
        if auth.get("v") != 1:
            raise NotLetIn(Refusal.VERSION.value)
        id_ = links.circle_id(auth.get("rid"))
        circle = await self._circles.look(id_) if id_ else None
        bound = self._proved(id_, circle, auth) if id_ is not None and circle is not None else None
        if bound is None:
            raise NotLetIn(Refusal.UNKNOWN.value)
        return bound

    def _proved(self, id_: str, circle: Circle, auth: dict[str, Any]) -> Bound | None:
        seat = links.seat_of(self._secret, id_, auth.get("token"), self._now())
        if seat is not None and (circle.seat(seat) or circle.knock(seat)):
            return Bound(id_, seat, None)
        if "signature" in auth:
            fits = links.challenge_fits(self._secret, id_, auth.get("nonce"), self._now())
            if fits and links.signature_fits(circle.door.root, auth["rid"], auth["nonce"], auth["signature"]):
                return Bound(id_, None, Outside.KEYHOLDER)
        elif links.join_fits(circle.door.join, auth.get("join")):
            return Bound(id_, None, Outside.STRANGER, link=circle.door.link, was=seat)
        return None
