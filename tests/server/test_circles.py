"""The shell around the rules: what it does, in which order, and what it does when something fails."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from rooms.circle import Circle
from rooms.commits import Commit, Commits, for_seat, kept
from rooms.effects import SwitchKeys
from rooms.nouns import Actor, Outside, Timings
from rooms.refusals import Refusal, Refused
from rooms.rules.door import Enter, Lock
from rooms.rules.presence import Drop, Wake
from rooms.whispers import Note
from server.circles import TRIES, Circles
from server.store.memory import MemoryStore
from tests.builders import DOOR, START, a_circle, a_commit, introduction, sealed, whole

ID = "c"


class Recorder:
    """Engine, teller and alarm in one: keeps in order what it was asked, and fails where it is told to."""

    def __init__(self) -> None:
        self.said: list[tuple[Any, ...]] = []
        self.failing: set[str] = set()

    def set(self, *arguments: Any) -> None:
        self.said.append(("set", *arguments))

    def keys(self, *arguments: Any) -> None:
        self.said.append(("keys", *arguments))

    def begin(self, *arguments: Any) -> None:
        self.said.append(("begin", *arguments))

    def forget(self, *arguments: Any) -> None:
        self.said.append(("forget", *arguments))

    def __getattr__(self, name: str) -> Callable[..., Awaitable[None]]:
        async def note(*arguments: Any) -> None:
            self.said.append((name, *arguments))
            if name in self.failing:
                raise RuntimeError("broken")

        return note

    @property
    def order(self) -> list[str]:
        """What was asked, the same at once said once."""
        names = [said[0] for said in self.said]
        return [name for index, name in enumerate(names) if index == 0 or names[index - 1] != name]

    def all(self, name: str) -> list[tuple[Any, ...]]:
        return [said[1:] for said in self.said if said[0] == name]


class Store(MemoryStore):
    """A real one that tells of its writes, takes its time, and has rivals who write in between."""

    def __init__(self, recorder: Recorder, now: Callable[[], float]) -> None:
        super().__init__(now)
        self._recorder = recorder
        self.rivals: list[Callable[[Circle], Circle]] = []
        self.failing = 0

    async def load(self, id_: str) -> Circle | None:
        await asyncio.sleep(0)
        return await super().load(id_)

    async def replace(
        self, id_: str, circle: Circle, expected: int, ttl: float, commits: Commits | None = None
    ) -> bool:
        await asyncio.sleep(0)
        if self.failing:
            self.failing -= 1
            raise OSError
        kept = await super().load(id_)
        if self.rivals and kept is not None:
            rival = self.rivals.pop(0)(kept).evolve(version=kept.version + 1)
            await super().replace(id_, rival, kept.version, ttl)
        self._recorder.said.append(("replace",))
        return await super().replace(id_, circle, expected, ttl, commits)

    async def delete(self, id_: str) -> None:
        self._recorder.said.append(("delete", id_))
        await super().delete(id_)


class Shell:
    """Circles of a process that has just started, with a circle in its store where Fay leads and Ada and Bo sit."""

    def __init__(self) -> None:
        self.now = START
        self.recorder = Recorder()
        self.store = Store(self.recorder, lambda: self.now)
        self.start()

    def start(self) -> None:
        """A new process on the same store."""
        parts: Any = self.recorder
        self.circles = Circles(self.store, parts, lambda: self.now, Timings())
        self.circles.connect(parts, parts, parts)
        self.recorder.said.clear()

    async def do(self, by: Actor, command: str, **fields: Any) -> Circle:
        known = whole(command, await self.store.load(ID) or a_circle().state, fields)
        self.recorder.said.clear()
        return await self.circles.handle(ID, known, by)

    async def kept(self) -> Circle:
        circle = await self.store.load(ID)
        assert circle is not None
        return circle

    async def refuses(self, by: Actor, command: str, **fields: Any) -> Refusal:
        with pytest.raises(Refused) as refused:
            await self.do(by, command, **fields)
        return refused.value.code


@pytest.fixture
async def shell() -> Shell:
    shell = Shell()
    await shell.store.create(ID, a_circle(members=2).state, 1e9)
    for seat in ("fay", "ada", "bo"):
        await shell.do(Outside.SERVER, "arrive", seat=seat)
    shell.recorder.said.clear()
    return shell


async def gives(shell: Shell, to: str) -> None:
    await shell.do("fay", "offer", to=to)
    await shell.do(to, "accept")


async def test_first_stored_then_gated_then_told_then_the_rest(shell: Shell) -> None:
    await gives(shell, "ada")
    assert shell.recorder.order == ["replace", "gate", "tell", "set"]
    assert (ID, "ada", "audio", "all") in shell.recorder.all("gate")
    await shell.do("fay", "remove", seat="ada")
    assert shell.recorder.order == ["replace", "gate", "tell", "drop", "end", "set"]
    assert (ID, "ada", "audio", "nobody") in shell.recorder.all("gate")
    assert shell.recorder.all("end") == [(ID, "ada", "removed")]
    assert shell.recorder.all("drop") == [(ID, "ada")]


async def test_everybody_is_told_their_own_view_of_what_is_stored(shell: Shell) -> None:
    after = await shell.do(Outside.STRANGER, "knock", seat="cy")
    ((id_, views, at_door),) = shell.recorder.all("tell")
    assert (id_, after) == (ID, await shell.kept())
    assert views.keys() == {"fay", "ada", "bo", "cy"}
    assert {view.version for view in (*views.values(), at_door)} == {after.version}
    assert [view.at for view in (views["fay"], views["cy"], at_door)] == ["circle", "waiting", "door"]
    assert [len(views[seat].knocks) for seat in ("fay", "ada")] == [1, 0]


async def test_what_changes_nothing_is_not_stored_and_nobody_is_told(shell: Shell) -> None:
    before = await shell.kept()
    assert await shell.do("fay", "lock", on=False) == await shell.kept() == before
    assert shell.recorder.order == ["set"]


async def test_what_is_refused_changes_nothing_and_nobody_is_told(shell: Shell) -> None:
    before = await shell.kept()
    assert await shell.refuses("ada", "lock", on=True) == "not_yours"
    assert await shell.refuses("fay", "offer", to="ada", turn=99) == "stale"
    assert shell.recorder.said == []
    assert await shell.kept() == before
    with pytest.raises(Refused, match="unknown"):
        await shell.circles.handle("nowhere", Wake(), Outside.SERVER)
    assert shell.recorder.said == []


async def test_a_command_that_meets_rivals_is_tried_again_on_what_they_left(shell: Shell) -> None:
    shell.store.rivals = [lambda circle: circle.evolve(waiting=circle.waiting + 1)] * (TRIES - 1)
    before = await shell.kept()
    after = await shell.do("fay", "lock", on=True)
    assert (after.locked, after.waiting) == (True, before.waiting + TRIES - 1)
    assert after == await shell.kept()
    assert shell.recorder.order == ["replace", "tell", "set"]
    assert len(shell.recorder.all("tell")) == 1


async def test_after_five_rivals_a_command_is_stale_and_nobody_is_told(shell: Shell) -> None:
    assert TRIES == 5
    shell.store.rivals = [lambda circle: circle] * TRIES
    assert await shell.refuses("fay", "lock", on=True) == "stale"
    assert shell.recorder.order == ["replace"]
    assert not (await shell.kept()).locked
    assert (await shell.do("fay", "lock", on=True)).locked


async def test_what_a_rival_has_made_impossible_is_refused_for_that(shell: Shell) -> None:
    shell.store.rivals = [lambda circle: circle.without("ada", "left")]
    assert await shell.refuses("fay", "offer", to="ada") == "cannot_hold"


async def test_commands_of_one_circle_wait_for_one_another(shell: Shell) -> None:
    first = (await shell.kept()).version
    commands = [Lock(on=number % 2 == 0) for number in range(20)]
    await asyncio.gather(*(shell.circles.handle(ID, command, "fay") for command in commands))
    assert [views["fay"].version for _, views, _ in shell.recorder.all("tell")] == list(range(first + 1, first + 21))
    assert len(shell.recorder.all("replace")) == 20


@pytest.mark.parametrize("part", ["gate", "tell", "end", "drop"])
async def test_what_fails_after_a_command_is_stored_is_counted_and_fails_nothing(shell: Shell, part: str) -> None:
    await gives(shell, "ada")
    shell.recorder.failing = {part}
    after = await shell.do("fay", "remove", seat="ada")
    assert after == await shell.kept()
    assert after.seat("ada") is None
    assert shell.circles.troubles == len(shell.recorder.all(part)) > 0
    assert {"gate", "tell", "end", "set"} <= set(shell.recorder.order)


async def test_closing_shuts_all_gates_tells_everybody_why_and_leaves_nothing(shell: Shell) -> None:
    await gives(shell, "ada")
    after = await shell.do("fay", "close")
    assert after.phase == "closed"
    assert shell.recorder.order[:2] == ["replace", "gate"]
    assert {audience for *_, audience in shell.recorder.all("gate")} == {"nobody"}
    assert shell.recorder.all("tell") == []
    assert set(shell.recorder.all("end")) == {(ID, seat, "closed") for seat in ("fay", "ada", "bo")}
    assert shell.recorder.all("set") == [(ID, None)]
    for name in ("delete", "close_circle", "end_all"):
        assert shell.recorder.all(name) == [(ID,)]
    assert await shell.circles.look(ID) is None
    assert await shell.refuses(Outside.SERVER, "wake") == "unknown"


async def test_a_closed_circles_id_may_be_opened_again_as_if_never_used(shell: Shell) -> None:
    await shell.do("fay", "close")
    shell.recorder.said.clear()
    await shell.circles.open(ID, DOOR)
    assert shell.recorder.order == ["open_circle", "set"]
    assert (await shell.kept()).seats == ()


async def test_a_circle_is_opened_once_and_wakes_by_itself(shell: Shell) -> None:
    await shell.circles.open("new", DOOR)
    assert shell.recorder.said == [("open_circle", "new"), ("set", "new", START + Timings().stand_in)]
    with pytest.raises(Refused, match="exists"):
        await shell.circles.open("new", DOOR)
    assert len(shell.recorder.said) == 2


async def test_at_the_first_touch_of_a_new_process_everybody_is_away_with_seat_and_stick_kept(shell: Shell) -> None:
    await gives(shell, "ada")
    await shell.do(Outside.STRANGER, "knock", seat="cy")
    shell.now += 5
    shell.start()
    after = await shell.do(Outside.SERVER, "arrive", seat="fay")
    since = {one.id: one.away_since for one in (*after.seats, *after.knocks)}
    assert since == {"fay": None, "ada": shell.now, "bo": shell.now, "cy": shell.now}
    assert (after.holder, [seat.id for seat in after.seats]) == ("ada", ["fay", "ada", "bo"])
    assert shell.recorder.all("open_circle") == [(ID,)]
    adopting = shell.recorder.all("gate")[:6]
    assert {said[1:] for said in adopting} == {
        (seat, kind, "nobody") for seat in ("fay", "ada", "bo") for kind in ("audio", "video")
    }
    later = await shell.do(Outside.SERVER, "arrive", seat="ada")
    assert [seat.present for seat in later.seats] == [True, True, False]
    assert (ID, "ada", "audio", "all") in shell.recorder.all("gate")
    assert shell.recorder.all("open_circle") == []


async def test_a_circle_whose_time_was_over_before_the_first_touch_is_deleted(shell: Shell) -> None:
    shell.now += Timings().longest + 1
    shell.start()
    assert await shell.refuses(Outside.SERVER, "arrive", seat="fay") == "unknown"
    assert shell.recorder.all("delete") == [(ID,)]
    assert shell.recorder.all("open_circle") == shell.recorder.all("tell") == []
    assert await shell.circles.look(ID) is None


async def test_who_cannot_be_told_of_their_end_hears_no_longer(shell: Shell) -> None:
    shell.recorder.failing = {"end"}
    await shell.do("fay", "remove", seat="ada")
    assert shell.recorder.all("drop") == [(ID, "ada")]


@pytest.mark.parametrize("part", ["close_circle", "end_all", "delete"])
async def test_closing_ends_everything_that_can_be_ended(
    shell: Shell, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.recorder.failing = {part}
    if part == "delete":
        monkeypatch.setattr(shell.store, "delete", shell.recorder.delete)
    await shell.do("fay", "close")
    assert {"delete", "close_circle", "end_all"} <= set(shell.recorder.order)
    assert shell.circles.troubles == 1


async def test_a_rival_at_the_first_touch_leaves_nobody_present_who_is_not(shell: Shell) -> None:
    shell.store.rivals = [lambda circle: circle]
    shell.start()
    after = await shell.do(Outside.SERVER, "arrive", seat="fay")
    assert [seat.present for seat in after.seats] == [True, False, False]


async def test_what_cannot_be_opened_here_leaves_no_circle_behind(shell: Shell) -> None:
    shell.recorder.failing = {"open_circle"}
    with pytest.raises(RuntimeError):
        await shell.circles.open("new", DOOR)
    shell.recorder.failing = set()
    await shell.circles.open("new", DOOR)
    await shell.circles.handle("new", Wake(), Outside.SERVER)


async def test_a_commit_is_kept_handed_out_and_only_then_counted_in_a_view(shell: Shell) -> None:
    seats = ("fay", "ada", "bo")
    after = await shell.do("fay", "commit", **a_commit(1, *seats))
    assert shell.recorder.order == ["replace", "keys", "begin", "tell", "set"]
    (commit,) = await shell.store.commits(ID)
    assert shell.recorder.all("keys") == [(ID, {seat: for_seat(commit, seat) for seat in seats})]
    everybody = frozenset(seats)
    assert shell.recorder.all("begin") == [(ID, SwitchKeys(n=1, seats=everybody, here=everybody, within=1.0))]
    ((_, views, _),) = shell.recorder.all("tell")
    assert {view.epoch for view in views.values()} == {after.epoch} == {1}


async def test_of_two_commits_at_once_one_is_kept_and_the_other_is_stale(shell: Shell) -> None:
    made = [Commit(**a_commit(1, *seats)) for seats in (("fay", "ada"), ("fay", "bo"))]
    done = await asyncio.gather(*(shell.circles.handle(ID, one, "fay") for one in made), return_exceptions=True)
    assert [isinstance(one, Refused) and one.code for one in done] == [False, Refusal.STALE]
    assert await shell.store.commits(ID) == kept((), made[0])
    assert len(shell.recorder.all("keys")) == 1


async def test_a_commit_that_a_rival_overtakes_is_not_kept(shell: Shell) -> None:
    shell.store.rivals = [lambda circle: circle.evolve(epoch=1)]
    assert await shell.refuses("fay", "commit", **a_commit(1, "fay", "ada", "bo")) is Refusal.STALE
    assert await shell.store.commits(ID) == ()
    assert shell.recorder.all("keys") == []


async def test_other_commands_leave_the_commits_as_they_are_and_do_not_ask_for_them(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shell.do("fay", "commit", **a_commit(1, "fay", "ada", "bo"))
    before = await shell.store.commits(ID)
    monkeypatch.setattr(shell.store, "commits", None)
    await gives(shell, "ada")
    monkeypatch.undo()
    assert await shell.store.commits(ID) == before


async def test_what_was_missed_is_told_to_a_seat_and_to_nobody_else(shell: Shell) -> None:
    for n in (1, 2, 3):
        await shell.do("fay", "commit", **a_commit(n, "fay", "ada", "bo"))
    assert [(one.n, one.wrap is None) for one in await shell.circles.missed(ID, 1, "ada")] == [(2, True), (3, False)]
    await shell.do(Outside.STRANGER, "knock", seat="cy")
    for id_, seat, code in ((ID, "cy", "not_yours"), (ID, "nobody", "not_yours"), ("x", "ada", "unknown")):
        with pytest.raises(Refused, match=code):
            await shell.circles.missed(id_, 0, seat)


async def test_with_a_circle_its_commits_and_its_switch_go(shell: Shell) -> None:
    await shell.do("fay", "commit", **a_commit(1, "fay", "ada", "bo"))
    await shell.do("fay", "close")
    assert await shell.store.commits(ID) == ()
    assert shell.recorder.all("forget") == [(ID,)]


async def test_a_whisper_is_told_to_whom_the_rules_allow_and_nothing_is_stored(shell: Shell) -> None:
    before = await shell.kept()
    await shell.circles.whisper(ID, Note(text=sealed("words")), "ada")
    told = {"type": "note", "text": sealed("words"), "by": "ada", "at": START}
    assert shell.recorder.said == [("whisper", ID, frozenset({"fay"}), told)]
    assert await shell.kept() is before


async def test_a_whisper_that_no_rule_allows_or_to_no_circle_is_told_to_nobody(shell: Shell) -> None:
    for id_, by, code in (
        (ID, "fay", Refusal.NOT_NOW),
        (ID, "nobody", Refusal.NOT_YOURS),
        ("x", "ada", Refusal.UNKNOWN),
    ):
        with pytest.raises(Refused) as refused:
            await shell.circles.whisper(id_, Note(text=sealed("words")), by)
        assert refused.value.code is code
    assert shell.recorder.said == []


async def test_a_whisper_waits_until_what_was_begun_before_is_told(shell: Shell) -> None:
    enter = Enter(seat="finn", keys=introduction("finn", 1))
    await asyncio.gather(
        shell.circles.handle(ID, enter, Outside.KEYHOLDER), shell.circles.whisper(ID, Note(text=sealed("w")), "ada")
    )
    assert shell.recorder.order[-1] == "whisper"
    assert shell.recorder.all("whisper")[0][1] == frozenset({"fay", "finn"})


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was slept; nobody sleeps."""
    slept: list[float] = []
    real: Callable[[float], Any] = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds) if seconds else None
        await real(0)

    monkeypatch.setattr("server.circles.asyncio.sleep", sleep)
    return slept


async def test_what_the_server_itself_has_to_say_is_said_again_until_the_store_takes_it(
    shell: Shell, waits: list[float]
) -> None:
    shell.store.failing = 5
    await shell.circles.insist(ID, Drop(seat="ada"))
    ada = (await shell.kept()).seat("ada")
    assert ada is not None
    assert not ada.present
    assert waits == [1, 2, 5, 5, 5]
    assert shell.circles.troubles == 5
    assert len(shell.recorder.all("tell")) == 1


async def test_it_is_said_again_after_rivals_too(shell: Shell, waits: list[float]) -> None:
    shell.store.rivals = [lambda circle: circle] * TRIES
    await shell.circles.insist(ID, Drop(seat="ada"))
    assert waits == [1]
    assert [seat.present for seat in (await shell.kept()).seats] == [True, False, True]


async def test_it_is_not_said_again_once_its_reason_is_gone(shell: Shell, waits: list[float]) -> None:
    await shell.circles.insist(ID, Drop(seat="nobody"))
    assert waits == []
    shell.store.failing = 9
    await shell.circles.insist(ID, Drop(seat="ada"), lambda: len(waits) < 2)
    assert waits == [1, 2]
    assert all(seat.present for seat in (await shell.kept()).seats)


async def test_so_many_circles_are_open_at_once_and_no_more(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.circles.MOST_CIRCLES", 2)
    await shell.circles.open("second", DOOR)
    with pytest.raises(Refused, match="busy"):
        await shell.circles.open("third", DOOR)
    await shell.do("fay", "close")
    await shell.circles.open("third", DOOR)
