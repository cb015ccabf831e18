"""A facilitator who needs nobody: lets in whoever knocks, and offers the stick when it rests."""

import asyncio
from contextlib import suppress

from tests.bots.member import Member
from tests.bots.participant import FOREVER
from tests.bots.signaling import Refused, View

DOOR, REST = 2.0, 2.5
"""seconds until somebody is let in, and for which the stick rests"""
LEAVE_IT = 20.0
"""seconds for which both are left to another facilitator, if there is one"""


class Host(Member):
    async def keep_the_door(self) -> None:
        """Let everybody in, for ever; and in again, for whose keys nobody can vouch."""
        while True:
            view = await self.line.until(lambda view: bool(view["knocks"]) or bool(_asking(view)), FOREVER)
            waiting, asking = [knock["seat"] for knock in view["knocks"]], _asking(view)
            await asyncio.sleep(self._patience(DOOR))
            for press, seats in ((self.keyed.let_in, waiting), (self.keyed.take_in, asking)):
                for seat in seats:
                    with suppress(Refused, TimeoutError):  # gone meanwhile, or no seat is free
                        await press(seat)

    async def keep_the_stick(self) -> None:
        """Offer it whenever it rests: in a round to the next one, else to whoever asks."""
        while True:
            view = await self.line.until(lambda view: self._whom(view) is not None, FOREVER)
            await asyncio.sleep(self._patience(REST))
            to = self._whom(self.view)
            if to is not None and self.view["turn"] == view["turn"]:
                with suppress(Refused):  # somebody was faster
                    await self.line.command("offer", to=to, turn=view["turn"])

    async def until_the_end(self) -> None:
        """Of the circle, for whatever reason."""
        await self.line.until_ended(FOREVER)

    def _whom(self, view: View) -> str | None:
        """Who should be offered the stick now; None: nobody."""
        if view["stick"]["state"] != "resting" or view["floor"] not in ("round", "hands"):
            return None
        able = [seat["id"] for seat in view["seats"] if seat["present"] and seat["role"] != "observer"]
        if view["next"] is not None or view["floor"] == "hands":
            return view["next"]
        return next(iter(able), None)

    def _patience(self, alone: float) -> float:
        others = (seat for seat in self.view["seats"] if seat["id"] != self.seat)
        return LEAVE_IT if any(seat["role"] == "facilitator" and seat["present"] for seat in others) else alone


def _asking(view: View) -> list[str]:
    """Seats with keys for which nobody can vouch."""
    return [seat["id"] for seat in view["seats"] if seat["boxes"]]
