"""How often a network, a circle or a seat may ask for what: every rate but those of single sockets."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from server.limits import Buckets, prefix

OPENINGS = (1 / 20, 10.0)
CONNECTS = (1.0, 60.0)
# A whole circle may come through one address, as from a hall or a library; and several circles meet there.
KNOCKS = (5 / 60, 12.0)
ALL_KNOCKS = (30 / 60, 60.0)
EVENTS = (200.0, 400.0)
# Each publication is offered to every listener, and each offer is answered.
NEW_MEDIA = (1.0, 5.0)
WHISPERS = {
    "share": (1.0, 4.0), "reaction": (0.5, 4.0), "writing": (0.5, 5.0), "line": (0.5, 5.0), "note": (0.2, 5.0), "beat": (0.5, 4.0),
}  # fmt: skip
# What anybody may send, and everybody's view changes by it.
COMMANDS = {
    "answer_knock": (0.1, 4.0), "introduce": (0.2, 6.0), "keep_door": (0.2, 6.0), "raise_hand": (0.5, 8.0), "check_in": (0.5, 8.0),
    "set_devices": (1.0, 10.0), "step_out": (0.2, 6.0), "step_in": (0.2, 6.0), "invite_aside": (0.2, 6.0),
    "consent": (0.2, 6.0), "confirm": (0.2, 6.0), "ask_seat": (0.2, 6.0),
}  # fmt: skip
# A commit goes to everybody, and what was missed may be long. Who lets in one after another commits as often.
KEYS = {"commit": (0.5, 8.0), "installed": (1.0, 16.0), "fetch": (0.2, 4.0)}
EACH = {**WHISPERS, **COMMANDS, **KEYS}
"""of each kind, for each seat"""


class Rates:
    """Knows networks by keyed hashes only, under a key of this start."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._key = now, secrets.token_bytes(32)
        self._openings, self._connects = Buckets(*OPENINGS), Buckets(*CONNECTS)
        self._knocks, self._all_knocks = Buckets(*KNOCKS), Buckets(*ALL_KNOCKS)
        self._events, self._media = Buckets(*EVENTS), Buckets(*NEW_MEDIA)
        self._each = {kind: Buckets(*rate) for kind, rate in EACH.items()}

    def network(self, scope: Mapping[str, Any]) -> str:
        """From where a request or a socket comes, by its ASGI scope."""
        client = scope.get("client") or ("",)
        return prefix(client[0], self._key)

    def opening(self, network: str) -> bool:
        return self._openings.take(network, self._now())

    def connect(self, network: str) -> bool:
        return self._connects.take(network, self._now())

    def knock(self, circle: str, network: str) -> bool:
        now = self._now()
        return self._knocks.take(f"{circle} {network}", now) and self._all_knocks.take(network, now)

    def event(self, circle: str, network: str) -> bool:
        """By network too, so that nobody uses up what a circle's other people may send."""
        return self._events.take(f"{circle} {network}", self._now())

    def new_media(self, circle: str, seat: str) -> bool:
        return self._media.take(f"{circle} {seat}", self._now())

    def each(self, kind: str, circle: str, seat: str) -> bool:
        """By seat, not by socket: coming back gives nobody more. Kinds that have no rate of their own are free."""
        return kind not in self._each or self._each[kind].take(f"{circle} {seat}", self._now())
