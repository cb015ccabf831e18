"""The terms of a circle. Before it begins they may all be settled; after that, what was promised at the door is kept."""

from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.rulebook import WHOEVER_LEADS, Command, Guard, Rule
from rooms.terms import Terms, keeps_promises


class SetTerms(Command, frozen=True, kw_only=True):
    """What the circle is held by. Shown to all before they join."""

    terms: Terms


# People come in on these words: consent to one thing is no consent to another. What the group learns is for its next meeting.
_PROMISES_KEPT = Guard(
    "it has not begun; or agreements, limits and cameras stay as promised, and nobody may listen who could not before",
    lambda circle, command, _by, _now: circle.phase == "lobby" or keeps_promises(circle.terms, command.terms),
)


def set_terms(circle: Circle, command: SetTerms, _by: Actor, _now: float) -> Circle:
    return circle.evolve(terms=command.terms)


RULES = (Rule(SetTerms, WHOEVER_LEADS, (_PROMISES_KEPT,), set_terms),)
