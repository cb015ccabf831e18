"""Feedback in its turn: ten times a second, reports once, and nothing for whom nothing is due."""

from server.media.relay.ticker import SLOTS, TICKS_PER_SECOND, Ticker
from tests.server.media.rig import CIRCLE, Clock, Rig

SECOND = SLOTS * TICKS_PER_SECOND


class Counting:
    def __init__(self) -> None:
        self.ticks = self.seconds = 0

    def tick(self) -> None:
        self.ticks += 1

    def second(self) -> None:
        self.seconds += 1


def test_each_has_ten_ticks_and_one_report_a_second() -> None:
    ticker, many = Ticker(), [Counting() for _ in range(50)]
    for one in many:
        ticker.add(one)
    for _ in range(5 * SECOND):
        ticker.step()
    assert {(one.ticks, one.seconds) for one in many} == {(5 * TICKS_PER_SECOND, 5)}


def test_what_is_due_is_spread_over_the_tick() -> None:
    ticker, many = Ticker(), [Counting() for _ in range(2 * SLOTS)]
    for one in many:
        ticker.add(one)
    for step in range(1, SLOTS + 1):
        ticker.step()
        assert sum(one.ticks for one in many) == 2 * step


def test_nothing_is_due_for_whom_has_ended() -> None:
    ticker, one = Ticker(), Counting()
    ticker.add(one)
    ticker.discard(one)
    ticker.discard(one)
    for _ in range(SECOND):
        ticker.step()
    assert (one.ticks, len(ticker)) == (0, 0)


class Ending(Counting):
    """Whose tick ends another one."""

    def __init__(self, ticker: Ticker, other: Counting) -> None:
        super().__init__()
        self._ticker, self._other = ticker, other

    def tick(self) -> None:
        super().tick()
        self._ticker.discard(self._other)


def test_an_end_in_the_middle_of_a_step_disturbs_nobody() -> None:
    ticker, other = Ticker(), Counting()
    ending = Ending(ticker, other)
    ticker.add(ending)
    for _ in range(SLOTS - 1):
        ticker.add(Counting())
    ticker.add(other)  # in the same slot
    for _ in range(SECOND):
        ticker.step()
    assert ending.ticks == TICKS_PER_SECOND


async def test_only_who_publishes_is_ticked_for() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ticker = vars(rig.relay)["_ticker"]
        for number in range(100):
            await rig.relay.open_circle(f"idle {number}")
        ann, bo = await rig.pair()
        assert len(ticker) == 1
        await ann.publish()
        await bo.publish()
        assert len(ticker) == 2
        bo.publisher.say_goodbye()
        await rig.until(lambda: ("bo", "publish") in rig.lost)
        assert len(ticker) == 1
        await rig.relay.drop(CIRCLE, "ann")
        assert len(ticker) == 0
