"""One meeting in which everything is said that can be said, each thing once, each of it a marker."""

from tests.blindness.markers import Kind, Marks
from tests.blindness.people import Voice, all_play
from tests.bots import links
from tests.bots.keys import words
from tests.bots.keys.derive import sha256
from tests.bots.keys.living import Keys
from tests.bots.keys.octets import b64, unb64
from tests.bots.signaling import Line, View

PICTURES, SOUNDS, LAST = 12, 40, 6
"""frames of each; the last ones of sound come after all else"""


class Meeting:
    """Fay facilitates; Ada knocks with a note, is asked, and leads as well later on; Bo speaks."""

    def __init__(self, base: str, marks: Marks, number: int) -> None:
        self.secret, self.marks = links.make(), marks
        self.fresh = links.from_seed(self.secret.seed or b"", 2)
        """the next link"""
        kinds = {"agreements": "agreements", "limits_words": "settings", "next_date": "title"}
        self._terms = {field: (marks.word(field), kind) for field, kind in kinds.items()}
        network = f"10.{number >> 8}.{number & 255}.1"
        self._opener = Line(base, self.secret)
        self._opener.headers["X-Forwarded-For"] = network
        by = [self.secret.facilitators(base), *[self.secret.members(base)] * 2]
        self.people = [Voice(link, marks, 200.0 + 7 * number + 60 * at, network) for at, link in enumerate(by)]
        self.fay, self.ada, self.bo = self.people

    async def waits_at_the_door(self) -> None:
        """Until Ada has answered and Bo has knocked."""
        await self._opener.open_circle()
        await self.fay.enter()
        await self.fay.until_keyed()
        await self._settles()
        await self._asks_ada()
        await self.bo.knock()
        await self.fay.line.until(lambda view: all(self.fay.seat in knock["boxes"] for knock in view["knocks"]))
        self._tell_secrets()

    async def hands_on(self) -> None:
        """All sit down; then the facilitators' link is on its way to Ada."""
        for one in (self.ada, self.bo):
            await self.fay.admit(one)
        for one in self.people:
            await one.sit()
            await one.publish()
        await self._makes_a_fresh_link()
        for one in self.people:
            assert list(one.names().values()) == [of.name for of in self.people]
        await self.fay.offers_lead(self.ada)
        await self.ada.line.until(lambda view: view["lead_box"] is not None)

    async def _settles(self) -> None:
        """Words that stand in the circle for all who come."""
        fay, say = self.fay, self.marks.word
        step = {"part": "own", "floor": "round", "minutes": 10, "writing": True}
        steps = [{**step, "title": fay.seal(say("title"), "title")} for _ in range(2)]
        steps[0]["script"] = fay.seal(say("script"), "script")
        await fay.line.command("set_agenda", agenda=steps)
        await fay.line.command("set_script", step=1, script=fay.seal(say("script"), "script"))
        await fay.asks_all(say("prompt"))
        view = await fay.line.until(lambda view: view["at"] == "circle")
        await fay.line.command("set_terms", terms={**view["terms"], **self._texts(self.secret)})

    def _texts(self, secret: links.Secret) -> dict[str, str]:
        """The terms in the group's own words, for who has this link."""
        sealing = words.door(unb64(secret.rid), secret.link)
        return {field: b64(sealing.seal(text, kind)) for field, (text, kind) in self._terms.items()}

    async def _makes_a_fresh_link(self) -> None:
        join = b64(sha256(unb64(self.fresh.join)))
        await self.fay.line.command("set_link", link=2, join=join, **self._texts(self.fresh))
        for one in self.people:
            await one.line.until(lambda _view, one=one: sends_by(one, self.fresh))

    async def _asks_ada(self) -> None:
        fay, ada = self.fay, self.ada
        await ada.line.connect()
        await ada.keyed.knock("member", self.marks.word("note"))
        ada.keyed.live()
        await fay.line.until(lambda view: any(fay.seat in knock["boxes"] for knock in view["knocks"]))
        step = words.doorstep(unb64(self.secret.rid), held(ada).secret)
        question, answer = self.marks.word("question"), self.marks.word("answer")
        asked = step.seal(question, "note", "question", ada.seat)
        await fay.line.command("ask_knock", seat=ada.seat, words=b64(asked))
        view = await ada.line.until(lambda view: view["question"] is not None)
        assert step.open(unb64(view["question"]), "note", "question", ada.seat) == question
        await ada.line.command("answer_knock", words=b64(step.seal(answer, "note", "answer", ada.seat)))
        view = await fay.line.until(lambda view: view["knocks"][0]["answer"] is not None)
        assert step.open(unb64(view["knocks"][0]["answer"]), "note", "answer", ada.seat) == answer

    async def goes_on(self) -> None:
        """All that passes between those who sit there; ends with what the server keeps nowhere."""
        fay, ada, bo = self.people
        await ada.accepts_lead()
        await fay.line.until(lambda view: role_of(view, ada.seat) == "facilitator")
        await ada.checks_in("share", self.marks.word("check-in"))
        await fay.offer(bo)
        await bo.accept()
        await bo.plays("audio", SOUNDS)
        await all_play(self.people, PICTURES)
        await fay.hears(bo, "audio", SOUNDS // 2)
        for listener, of in ((fay, bo), (ada, fay), (bo, ada)):
            await listener.hears(of, "video", PICTURES // 3)
        await self._whispers()
        await bo.plays("audio", LAST)
        self._tell_secrets()
        for epoch in held(fay).shelf.epochs.values():
            self.marks.secret("epoch", epoch.secret, Kind.EPOCH)

    async def _whispers(self) -> None:
        fay, ada, bo = self.people
        told = [("writing", fay, bo), ("line", fay, ada), ("note", bo, fay)]
        for kind, by, to in told:
            text = self.marks.whisper(kind)
            await by.writes(kind, text)
            await _reads(to, kind, text)
        text = self.marks.whisper("share")
        await bo.share(text)
        await _reads(ada, "share", text)

    def _tell_secrets(self) -> None:
        """To those who look for them, as far as there are any by now."""
        assert self.secret.seed is not None
        self.marks.secret("seed", self.secret.seed)
        self.marks.secret("link", self.secret.link)
        self.marks.secret("link", self.fresh.link)
        self.marks.secret("public key", held(self.fay).pair.public.mk, Kind.SHOWN)
        for one in (self.ada, self.bo):
            self.marks.secret("knock", held(one).secret)
        for key in held(self.fay).rooms.values():
            self.marks.secret("room", key)

    async def ends(self) -> None:
        await self.fay.closes()
        for one in self.people:
            assert await one.line.until_ended() == "closed"

    async def close(self) -> None:
        for one in self.people:
            await one.close()


async def _reads(one: Voice, kind: str, text: str) -> None:
    told = await one.line.until_whisper(lambda told: told["type"] == kind)
    assert one.read(told) == text


def held(one: Voice) -> Keys:
    assert one.keyed.keys is not None
    return one.keyed.keys


def sends_by(one: Voice, link: links.Secret) -> bool:
    """Whether their frames go out under keys that came with this link."""
    epoch = one.keyed.epoch
    return epoch is not None and epoch.block.link == link.link and held(one).sends == epoch.roster.n


def role_of(view: View, seat: str) -> str:
    return next(one["role"] for one in view["seats"] if one["id"] == seat)
