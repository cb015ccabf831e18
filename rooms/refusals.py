"""Why a command is refused. Each code completes the sentence "refused, because ..."; the browser has a kind sentence for each."""

from enum import StrEnum


class Refusal(StrEnum):
    """Codes that travel. A new one needs its sentence in `static/js/words.js`; a test says so."""

    MALFORMED = "malformed"
    """it cannot be read"""
    UNKNOWN = "unknown"
    """there is no such circle, or the proof does not fit (one code for all, so that nothing can be learnt)"""
    VERSION = "version"
    """it speaks another version of the protocol"""
    BUSY = "busy"
    """too much came at once"""
    EXISTS = "exists"
    """that circle is open already"""
    STALE = "stale"
    """the stick has moved since, or the circle changed too often meanwhile"""
    NOT_YOURS = "not_yours"
    """it is not yours to do"""
    NOT_NOW = "not_now"
    """it cannot be done at this moment"""
    NO_SUCH_SEAT = "no_such_seat"
    """nobody sits or waits there"""
    CANNOT_HOLD = "cannot_hold"
    """that seat only listens, or is away"""
    LOCKED = "locked"
    """the door is locked"""
    FULL = "full"
    """every seat is taken"""
    LATE = "late"
    """the circle has begun, and takes in nobody new"""
    NO_LISTENERS = "no_listeners"
    """nobody may only listen here, or only on a first visit, or only once the circle was asked"""
    INTERNAL = "internal"
    """something went wrong here"""


class Refused(Exception):
    """Raised where a command is refused; nothing has changed. Carries a code and never a text from outside."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code.value)
        self.code = code
