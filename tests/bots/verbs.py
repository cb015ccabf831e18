"""What can be said in a circle beside the stick: the agenda, cards, time, hands, stepping out, whispers, the end."""

import json
from typing import Any

from tests.bots.signaling import Line, View


class Verbs:
    """For `Participant`, who has a line and seals the words."""

    line: Line
    card: dict[str, Any] | None = None
    """that one has checked in with"""

    @property
    def seat(self) -> str:
        raise NotImplementedError

    @property
    def view(self) -> View:
        raise NotImplementedError

    def seal(self, text: str, kind: str, *about: object) -> str:
        raise NotImplementedError

    async def chooses(self, agenda: str) -> None:
        await self.line.command("set_agenda", agenda=agenda)

    async def goes_on(self) -> None:
        """To the next step of the agenda."""
        at = self.view["step"]
        await self.line.command("go_to", step=at + 1, seen=at)

    async def asks_all(self, question: str) -> None:
        await self.line.command("set_prompt", prompt=self.seal(question, "prompt"))

    async def checks_in(self, wish: str, words: str = "", *, minutes: str = "usual", open_: bool = False) -> None:
        self.card = {"wish": wish, "words": words, "minutes": minutes, "open_": open_}
        sealed = self.seal(json.dumps([words, "", ""]), "check_in", self.seat) if words else None
        card = {"wish": wish, "minutes": minutes, "answers": None, "words": sealed, "open": open_}
        await self.line.command("check_in", card=card)

    async def raises_hand(self) -> None:
        await self.line.command("raise_hand", up=True)

    async def asks_for_time(self) -> None:
        await self.line.command("ask_time", turn=self.view["turn"])

    async def gives_time(self, seconds: int | None) -> None:
        await self.line.command("give_time", turn=self.view["turn"], seconds=seconds)

    async def steps_out(self, wish: str) -> None:
        await self.line.command("step_out", wish=wish)

    async def steps_in(self) -> None:
        await self.line.command("step_in")

    async def reacts(self, reaction: str) -> None:
        await self.line.whisper("reaction", reaction=reaction)

    async def writes(self, kind: str, text: str) -> None:
        """A writing to all, a line among those who facilitate, or a note to them."""
        await self.line.whisper(kind, text=self.seal(text, kind, self.seat))

    async def closes(self) -> None:
        """The circle, for everybody."""
        await self.line.command("close")
