"""Which commands a walk tries together, so that it comes to where people come: into asides, to the end of a turn, without a leader."""

from tests.builders import COMMANDS

Story = tuple[tuple[str, ...], ...]
"""from which commands one is sent, step after step"""

# In this order, since the next one that is allowed is taken: people accept and pass on more often than anything is taken back.
OF_THE_STICK = (
    *("accept", "pass", "accept", "decline", "pass", "later", "accept", "lay_down", "offer", "recall", "pass", "skip"),
)
OF_CARE = (
    *("invite_aside", "invite_aside", "accept_aside", "accept_aside", "accept_aside", "decline_aside", "leave_aside"),
    *("pair_up", "come_back", "pause", "silence", "heads_up", "heads_up", "step_out", "step_in", "set_devices"),
)
OF_THE_AGENDA = (
    *("set_agenda", "go_to", "go_to", "go_to", "set_minutes", "set_prompt", "allot", "check_in", "accept", "accept"),
    *("offer", "ask_time", "give_time", "pass"),
)
OF_THE_DOOR = (
    *("ask_knock", "ask_knock", "answer_knock", "answer_knock", "admit", "admit", "turn_away", "withdraw", "consent"),
    *("consent", "ask_seat", "step_back", "lock", "shield", "set_link"),
)
OF_LEADING = (
    *("offer_lead", "offer_lead", "accept_lead", "decline_lead", "step_back_lead", "name_next", "name_successor"),
    *("set_duty", "set_terms", "volunteer", "confirm", "confirm"),
)
OF_KEYS = (
    *("introduce", "commit", "introduce", "keep_door", "commit", "set_duty", "introduce", "commit", "remove", "leave"),
)
_GROUPED = {*OF_THE_STICK, *OF_CARE, *OF_THE_AGENDA, *OF_THE_DOOR, *OF_LEADING, *OF_KEYS}
# Those that seat somebody new, that only the server sends, or that end the walk come in their own steps.
_ALONE = {"knock", "enter", "arrive", "drop", "wake", "close"}
BY_PEOPLE = tuple(sorted({*COMMANDS} - _ALONE))
ALL_OTHERS = tuple(kind for kind in BY_PEOPLE if kind not in _GROUPED)
GROUPS = (OF_CARE, OF_CARE, OF_THE_AGENDA, OF_THE_DOOR, OF_LEADING, OF_KEYS, ALL_OTHERS)

KNOCK = ("knock",)
BREATH = ("breath",)
"""until an offered stick may be accepted"""
_IN_HAND = (("offer",), BREATH, ("accept",))
STORIES: tuple[Story, ...] = (
    (("invite_aside",), ("accept_aside",), *(OF_THE_STICK,) * 3),
    (("invite_aside",), ("accept_aside",), OF_CARE, ("leave_aside", "come_back")),
    (("invite_aside",), ("decline_aside",)),
    (("set_agenda",), ("go_to",), *_IN_HAND, ("ask_time", "give_time"), *(OF_THE_AGENDA,) * 3),
    (*_IN_HAND, ("heads_up",), OF_CARE),
    (*_IN_HAND, ("lay_down",), ("offer",), ("decline", "later", "recall", "skip")),
    (KNOCK, ("introduce",), ("ask_knock",), ("answer_knock",), ("admit", "turn_away", "withdraw")),
    (("set_duty",), ("keep_door",), KNOCK, ("introduce",), ("admit",), ("commit",), ("introduce",), ("commit",)),
    (KNOCK, ("keep_door",), ("admit",), ("consent",), ("consent",), *(OF_THE_DOOR,) * 2),
    (("set_terms",), KNOCK, ("admit",), ("consent",), ("ask_seat", "step_back")),
    (("shield",), ("set_link",), KNOCK, ("lock", "remove"), OF_THE_DOOR),
    (("offer_lead",), ("accept_lead",), OF_THE_STICK, ("step_back_lead",)),
    (("offer_lead",), ("decline_lead",), ("set_terms",), ("name_next",)),
)
