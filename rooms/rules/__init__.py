"""The rows of the rule book, one file per feature. A new feature is a new file and its name here."""

from rooms.rules import (
    agenda,
    asides,
    checkin,
    devices,
    door,
    doorstep,
    floors,
    handover,
    hands,
    keys,
    leading,
    listening,
    pauses,
    presence,
    rounds,
    shield,
    stepping,
    stick,
    terms,
    time,
)

FEATURES = (
    *(door, doorstep, keys, listening, presence, stick, hands, floors, rounds, agenda, time, checkin, devices),
    *(pauses, stepping, asides, leading, handover, terms, shield),
)
RULES = tuple(rule for feature in FEATURES for rule in feature.RULES)
BY_COMMAND = {rule.command: rule for rule in RULES}
