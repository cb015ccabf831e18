"""The time plan: how the minutes that are left for sharing are shared out, from what each one wished. Pure; made anew for each view.

Wishes that fit are granted, and what is then left goes first to those who need time, then evenly. Wishes that do not fit are drawn
towards two minutes alike; if not even two minutes each are there, everybody has the same.
"""

from collections.abc import Mapping
from typing import NamedTuple

from rooms.circle import Circle
from rooms.nouns import Seat, Step

WISHES = {"short": 120.0, "usual": 240.0, "longer": 360.0}
LEAST = 120.0
RESERVE = 0.1
SHARED: frozenset[str] = frozenset({"sharing", "second"})


class Wish(NamedTuple):
    """Seconds, and whether this one needs time today."""

    seconds: float
    needs: bool = False


def share_out(budget: float, wishes: Mapping[str, Wish]) -> dict[str, float]:
    """Seconds for each who wishes to speak. Never negative; sums to the budget (nothing, if it is spent)."""
    if not wishes:
        return {}
    left = max(0.0, budget)
    asked = sum(wish.seconds for wish in wishes.values())
    if asked <= left:
        return _and_the_rest(left - asked, wishes)
    least = {seat: min(LEAST, wish.seconds) for seat, wish in wishes.items()}
    floor = sum(least.values())
    if floor >= left:
        return {seat: left / len(wishes) for seat in wishes}
    shrink = (left - floor) / (asked - floor)
    return {seat: least[seat] + (wish.seconds - least[seat]) * shrink for seat, wish in wishes.items()}


def _and_the_rest(rest: float, wishes: Mapping[str, Wish]) -> dict[str, float]:
    """Who needs time has up to twice the wish; what is left after that goes to all alike."""
    needing = [seat for seat, wish in wishes.items() if wish.needs]
    asked = sum(wishes[seat].seconds for seat in needing)
    more = min(rest, asked)
    given = {seat: more * wishes[seat].seconds / asked for seat in needing} if asked else {}
    evenly = (rest - sum(given.values())) / len(wishes)
    return {seat: wish.seconds + given.get(seat, 0.0) + evenly for seat, wish in wishes.items()}


def wish_of(seat: Seat) -> Wish | None:
    """What a seat wishes; None for who only listens this time."""
    card = seat.card
    if not seat.may_hold or not seat.here or (card is not None and card.wish == "listen" and not seat.adjust):
        return None
    seconds = WISHES[card.minutes] if card is not None and card.wish != "unsure" else WISHES["usual"]
    return Wish(max(60.0, seconds + 60.0 * seat.adjust), card is not None and card.wish == "need")


def shared_step(circle: Circle) -> int | None:
    """Which step the plan is for: the sharing that it is now, or the next one ahead."""
    if circle.step is None:
        return None
    ahead = range(circle.step, len(circle.agenda))
    return next((at for at in ahead if circle.agenda[at].part in SHARED and circle.agenda[at].floor == "round"), None)


def time_plan(circle: Circle, now: float) -> dict[str, float]:
    """Seconds proposed for each who is still to speak in the sharing that it is now or that comes next; nobody without an agenda."""
    at = shared_step(circle)
    if at is None:
        return {}
    now = circle.clock(now)
    here = at == circle.step
    past = {*circle.round.heard, circle.holder} if here else set[str | None]()
    wishes = {seat.id: wish for seat in circle.seats if seat.id not in past and (wish := wish_of(seat))}
    return share_out(
        _budget(circle, circle.agenda[at], now, here=here) - circle.agenda[at].breath * len(wishes), wishes
    )


def _budget(circle: Circle, step: Step, now: float, *, here: bool) -> float:
    """Seconds left for turns. Where no answers follow that could be shortened, a tenth is held back."""
    spare = any(one.part == "answers" for one in circle.agenda)
    whole = 60 * step.minutes * (1.0 if spare else 1 - RESERVE)
    if not here:
        return whole
    left = whole - (now - circle.step_since)
    stick = circle.stick
    spoken = now - stick.since
    return left - max(0.0, (stick.allotted or 0.0) - spoken) if circle.holder else left


def turn_for(circle: Circle, seat: str, now: float) -> float | None:
    """Seconds for the turn that this seat begins now; None: no limit."""
    step = circle.part
    if step is None or step.turn is None:
        return None
    if step.part in SHARED:
        return max(60.0, round(time_plan(circle, now).get(seat, float(step.turn))))
    return float(step.turn)
