"""Every condition of every row refuses. A row without its cases here fails, and so does a case that another condition refuses."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from rooms.nouns import Actor, Card, Outside
from rooms.refusals import Refusal, Refused
from rooms.rules import BY_COMMAND, RULES
from rooms.terms import TERMS
from tests.builders import COMMANDS, Meeting, a_circle, a_commit, introduction, sealed, whole

STRANGER, KEYHOLDER, SERVER = Outside.STRANGER, Outside.KEYHOLDER, Outside.SERVER
NED: dict[str, Any] = {"seat": "ned"}
KNOCK: dict[str, Any] = {**NED, "link": 1}
LISTEN: dict[str, Any] = {**KNOCK, "role": "observer"}
LINK: dict[str, Any] = {"join": sealed("join", 32)}


class Case(NamedTuple):
    """Somebody sends a command in a circle, and the condition with this number (0: who) does not hold."""

    command: str
    guard: int
    circle: Callable[[], Meeting]
    by: Actor
    fields: Mapping[str, Any] = MappingProxyType({})


def held() -> Meeting:
    """Fay, Ada (who holds the stick), Bo and Olive, who listens."""
    return a_circle(members=2, observers=1).gives("ada")


def offered() -> Meeting:
    return held().do("ada", "pass", to="bo")


def resting() -> Meeting:
    return held().do("ada", "lay_down")


def full() -> Meeting:
    return a_circle(members=1, capacity=3).knock("ned").knock("ora").do("fay", "admit", seat="ned")


def adrift() -> Meeting:
    return resting().drop("fay").wait(30)


def sixteen() -> Meeting:
    meeting = a_circle(members=11)
    for number in range(4):
        meeting.enter(f"finn-{number}")
    return meeting


def twelve_wait() -> Meeting:
    meeting = a_circle()
    for number in range(12):
        meeting.knock(f"knock-{number}")
    return meeting


def planned() -> Meeting:
    """The same in a meeting of sixty minutes, at its doors."""
    return a_circle(members=2, observers=1).do("fay", "set_agenda", agenda="sixty")


def checking_in() -> Meeting:
    """Ada holds the stick in the check-in round."""
    return planned().do("fay", "go_to", step=4, seen=0).gives("ada")


def inviting() -> Meeting:
    """Ada holds the stick; Fay asks Bo to come apart."""
    return held().do("fay", "invite_aside", seats=("bo",))


def paused() -> Meeting:
    return held().do("fay", "pause", on=True)


PAIRS = {"groups": (("ada", "bo"),), "minutes": 5}


def late() -> Meeting:
    """The same ten minutes later, where nobody new comes in after five."""
    return held().terms(late="closed", late_after=5).wait(600)


def rotating() -> Meeting:
    return held().terms(rotates=True)


def volunteered() -> Meeting:
    """Nobody leads; Bo would, with Ada and Cy to say so."""
    return a_circle(members=3).drop("fay").wait(30).do("bo", "volunteer")


def asked() -> Meeting:
    """Fay, Ada and Olive are asked whether Ned may listen."""
    return (
        a_circle(members=1, observers=1).terms(observers="ask").knock("ned", "observer").do("fay", "admit", seat="ned")
    )


def given(duty: str) -> Meeting:
    """The same, and Bo has a duty."""
    return held().do("fay", "set_duty", seat="bo", duty=duty, on=True)


def keyed() -> Meeting:
    """The same, and all have keys."""
    return held().do("fay", "commit", **a_commit(1, "fay", "ada", "bo", "olive"))


KEYS = {"keys": introduction("keys")}
WORDS = {"words": sealed("words")}
STEP = {"step": 1, "seen": 0}
OLD = {"turn": 1}
CASES = (
    Case("knock", 0, held, KEYHOLDER, KNOCK),
    Case("knock", 1, lambda: held().do("fay", "set_link", **LINK), STRANGER, KNOCK),
    Case("knock", 2, lambda: held().do("fay", "lock", on=True), STRANGER, KNOCK),
    Case("knock", 3, late, STRANGER, KNOCK),
    Case("knock", 4, lambda: held().terms(observers="none"), STRANGER, LISTEN),
    Case("knock", 5, full, STRANGER, {**KNOCK, "seat": "pat"}),
    Case("knock", 6, twelve_wait, STRANGER, KNOCK),
    Case("withdraw", 0, held, "ada"),
    Case("enter", 0, held, STRANGER, NED),
    Case("enter", 1, sixteen, KEYHOLDER, NED),
    Case("admit", 0, lambda: held().knock("ned"), "ada", {"seat": "ned"}),
    Case("admit", 1, held, "fay", {"seat": "ada"}),
    Case("admit", 2, lambda: held().knock("ned", "observer").terms(observers="none"), "fay", {"seat": "ned"}),
    Case("admit", 3, full, "fay", {"seat": "ora"}),
    Case("admit", 4, lambda: given("door").knock("ned"), "bo", {"seat": "ned"}),
    Case("turn_away", 0, lambda: held().knock("ned"), "ada", {"seat": "ned"}),
    Case("turn_away", 1, held, "fay", {"seat": "ada"}),
    Case("lock", 0, held, "ada", {"on": True}),
    Case("ask_knock", 0, lambda: held().knock("ned"), "ada", {"seat": "ned", **WORDS}),
    Case("ask_knock", 1, held, "fay", {"seat": "ned", **WORDS}),
    Case("answer_knock", 0, held, "ada", WORDS),
    Case("answer_knock", 1, lambda: held().knock("ned"), "ned", WORDS),
    Case("keep_door", 0, held, "ada", {"key": sealed("key", 137)}),
    Case("introduce", 0, lambda: held().knock("ned"), "ned", KEYS),
    Case("commit", 0, lambda: held().knock("ned"), "ned", a_commit(1, "fay")),
    Case("commit", 1, held, "fay", a_commit(2, "fay")),
    Case("commit", 2, lambda: held().knock("ned"), "fay", a_commit(1, "fay", "ned")),
    Case("commit", 3, keyed, "ada", a_commit(2, "fay", "ada", "olive")),
    Case("arrive", 0, held, "ada", {"seat": "ada"}),
    Case("arrive", 1, held, SERVER, {"seat": "nobody"}),
    Case("drop", 0, held, "fay", {"seat": "ada"}),
    Case("drop", 1, held, SERVER, {"seat": "nobody"}),
    Case("wake", 0, held, "fay"),
    Case("leave", 0, held, "nobody"),
    Case("remove", 0, held, "ada", {"seat": "bo"}),
    Case("remove", 1, held, "fay", {"seat": "nobody"}),
    Case("remove", 2, held, "fay", {"seat": "fay"}),
    Case("remove", 3, lambda: held().enter("finn"), "fay", {"seat": "finn"}),
    Case("offer", 0, resting, "ada", {"to": "bo"}),
    Case("offer", 1, resting, "fay", {"to": "bo", **OLD}),
    Case("offer", 2, held, "fay", {"to": "bo"}),
    Case("offer", 3, lambda: resting().do("fay", "set_floor", floor="silence"), "fay", {"to": "bo"}),
    Case("offer", 4, resting, "fay", {"to": "olive"}),
    Case("accept", 0, offered, "ada"),
    Case("accept", 1, offered, "bo", OLD),
    Case("accept", 2, lambda: a_circle(breath=2).offers("bo"), "bo"),
    Case("decline", 0, offered, "fay"),
    Case("decline", 1, offered, "bo", OLD),
    Case("later", 0, offered, "fay"),
    Case("later", 1, offered, "bo", OLD),
    Case("pass", 0, held, "fay"),
    Case("pass", 1, held, "ada", OLD),
    Case("pass", 2, held, "ada", {"to": "olive"}),
    Case("lay_down", 0, offered, "bo"),
    Case("lay_down", 1, held, "ada", OLD),
    Case("recall", 0, lambda: adrift().offers("bo", by="ada").do("bo", "accept"), "ada"),
    Case("recall", 1, held, "fay", OLD),
    Case("recall", 2, resting, "fay"),
    Case("skip", 0, held, "bo"),
    Case("skip", 1, held, "fay", OLD),
    Case("skip", 2, resting, "fay"),
    Case("raise_hand", 0, held, "olive", {"up": True}),
    Case("raise_hand", 1, held, "ada", {"up": True}),
    Case("set_floor", 0, adrift, "ada", {"floor": "open"}),
    Case("set_devices", 0, held, "olive", {"microphone": True, "camera": True}),
    Case("name_successor", 0, held, "ada", {"seat": "bo"}),
    Case("name_successor", 1, held, "fay", {"seat": "olive"}),
    Case("set_order", 0, held, "ada", {"seats": ("fay", "ada", "bo", "olive")}),
    Case("set_order", 1, held, "fay", {"seats": ("fay", "ada", "bo", "bo")}),
    Case("set_way", 0, held, "ada", {"backwards": True, "unheard_first": False}),
    Case("set_agenda", 0, held, "ada", {"agenda": "quick"}),
    Case("set_agenda", 1, held, "fay", {"agenda": "quick"}),
    Case("go_to", 0, planned, "ada", STEP),
    Case("go_to", 1, planned, "fay", {"step": 2, "seen": 1}),
    Case("go_to", 2, planned, "fay", {"step": 11, "seen": 0}),
    Case("go_to", 3, checking_in, "fay", {"step": 5, "seen": 4}),
    Case("set_minutes", 0, planned, "ada", {"step": 1, "minutes": 2}),
    Case("set_minutes", 1, planned, "fay", {"step": 11, "minutes": 2}),
    Case("set_script", 0, planned, "ada", {"step": 1, "script": None}),
    Case("set_script", 1, planned, "fay", {"step": 11, "script": None}),
    Case("set_prompt", 0, held, "ada", {"prompt": None}),
    Case("ask_time", 0, checking_in, "bo"),
    Case("ask_time", 1, checking_in, "ada", OLD),
    Case("ask_time", 2, held, "ada"),
    Case("give_time", 0, checking_in, "ada", {"seconds": 60}),
    Case("give_time", 1, checking_in, "fay", {"seconds": 60, **OLD}),
    Case("give_time", 2, resting, "fay", {"seconds": 60}),
    Case("allot", 0, held, "ada", {"seat": "ada", "minutes": 1}),
    Case("allot", 1, held, "fay", {"seat": "nobody", "minutes": 1}),
    Case("check_in", 0, held, "olive", {"card": None}),
    Case("check_in", 1, lambda: planned().do("fay", "go_to", step=10, seen=0), "ada", {"card": Card()}),
    Case("check_in", 2, lambda: held().do("fay", "shield", on=True), "ada", {"card": Card(open=True)}),
    Case("set_duty", 0, held, "ada", {"seat": "ada", "duty": "time", "on": True}),
    Case("set_duty", 1, held, "fay", {"seat": "olive", "duty": "time", "on": True}),
    Case("pause", 0, adrift, "ada", {"on": True}),
    Case("silence", 0, held, "ada", {"seconds": 30}),
    Case("silence", 1, paused, "fay", {"seconds": 30}),
    Case("heads_up", 0, held, "fay"),
    Case("heads_up", 1, held, "ada", OLD),
    Case("heads_up", 2, paused, "ada"),
    Case("heads_up", 3, lambda: held().do("ada", "heads_up").wait(10), "ada"),
    Case("step_out", 0, held, "nobody", {"wish": "fine"}),
    Case("step_in", 0, held, "nobody"),
    Case("invite_aside", 0, held, "olive", {"seats": ("bo",)}),
    Case("invite_aside", 1, inviting, "bo", {"seats": ("ada",)}),
    Case("invite_aside", 2, held, "fay", {"seats": ("olive",)}),
    Case("invite_aside", 3, lambda: inviting().knock("ned").do("fay", "admit", seat="ned"), "ned", {"seats": ("bo",)}),
    Case("invite_aside", 4, held, "fay", {"seats": ("ada",)}),
    Case("invite_aside", 5, lambda: inviting().do("bo", "decline_aside"), "fay", {"seats": ("bo",)}),
    Case("accept_aside", 0, inviting, "fay"),
    Case("accept_aside", 1, lambda: inviting().do("ada", "pass", to="bo"), "bo"),
    Case("decline_aside", 0, inviting, "fay"),
    Case("leave_aside", 0, inviting, "bo"),
    Case("pair_up", 0, resting, "ada", PAIRS),
    Case("pair_up", 1, held, "fay", PAIRS),
    Case("pair_up", 2, lambda: resting().drop("bo"), "fay", PAIRS),
    Case("come_back", 0, inviting, "ada", {"seat": "bo"}),
    Case("close", 0, held, "ada"),
    Case("offer_lead", 0, held, "ada", {"seat": "bo"}),
    Case("offer_lead", 1, held, "fay", {"seat": "olive"}),
    Case("accept_lead", 0, lambda: held().do("fay", "offer_lead", seat="ada"), "bo"),
    Case("decline_lead", 0, lambda: held().do("fay", "offer_lead", seat="ada"), "bo"),
    Case("step_back_lead", 0, held, "ada"),
    Case("step_back_lead", 1, lambda: held().enter("finn").drop("finn"), "fay"),
    Case("name_next", 0, rotating, "ada", {"seat": "ada", "handed": None}),
    Case("name_next", 1, held, "fay", {"seat": "ada", "handed": None}),
    Case("name_next", 2, rotating, "fay", {"seat": "olive", "handed": None}),
    Case("decline_next", 0, lambda: rotating().do("fay", "name_next", seat="bo", handed=None), "ada"),
    Case("volunteer", 0, adrift, "olive"),
    Case("volunteer", 1, held, "ada"),
    Case("volunteer", 2, volunteered, "ada"),
    Case("volunteer", 3, lambda: volunteered().wait(60), "bo"),
    Case("confirm", 0, volunteered, "bo", {"seat": "bo", "yes": True}),
    Case("confirm", 1, volunteered, "ada", {"seat": "cy", "yes": True}),
    Case("consent", 0, asked, "olive", {"seat": "ned", "yes": False}),
    Case("consent", 1, asked, "ada", {"seat": "bo", "yes": False}),
    Case("ask_seat", 0, held, "ada", {"on": True}),
    Case("ask_seat", 1, lambda: held().terms(capacity=3), "olive", {"on": True}),
    Case("step_back", 0, held, "fay"),
    Case("step_back", 1, lambda: held().terms(observers="none"), "bo"),
    Case("step_back", 2, lambda: a_circle(members=1, observers=8), "ada"),
    Case("step_back", 3, held, "ada"),
    Case("set_terms", 0, held, "ada", {"terms": TERMS}),
    Case("set_terms", 1, held, "fay", {"terms": TERMS.evolve(camera="holder")}),
    Case("shield", 0, held, "ada", {"on": True}),
    Case("set_link", 0, held, "ada", {"link": 2, **LINK}),
    Case("set_link", 1, held, "fay", {"link": 3, **LINK}),
    Case("set_link", 2, held, "fay", {**LINK, "next_date": sealed("monday", 148)}),
)


def conditions() -> set[tuple[str, int]]:
    return {(kind, number) for kind, command in COMMANDS.items() for number in range(1 + len(BY_COMMAND[command].when))}


def test_every_condition_of_every_row_has_its_case() -> None:
    assert {(case.command, case.guard) for case in CASES} == conditions()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.command}-{case.guard}")
def test_a_command_is_refused_by_the_first_condition_that_does_not_hold(case: Case) -> None:
    meeting = case.circle()
    before = meeting.state
    rule = BY_COMMAND[COMMANDS[case.command]]
    guards = (rule.who, *rule.when)
    command = whole(case.command, before, dict(case.fields))
    holding = [guard.holds(before, command, case.by, meeting.now) for guard in guards]
    assert holding.index(False) == case.guard
    with pytest.raises(Refused) as refused:
        meeting.do(case.by, case.command, **case.fields)
    assert refused.value.code is guards[case.guard].otherwise
    assert meeting.state is before


def test_these_codes_are_the_rules() -> None:
    assert {guard.otherwise for rule in RULES for guard in (rule.who, *rule.when)} == {
        *(Refusal.NOT_YOURS, Refusal.NOT_NOW, Refusal.STALE, Refusal.NO_SUCH_SEAT, Refusal.CANNOT_HOLD),
        *(Refusal.LOCKED, Refusal.FULL, Refusal.BUSY, Refusal.LATE, Refusal.NO_LISTENERS, Refusal.UNKNOWN),
    }


def test_a_refusal_carries_its_code_and_no_text_from_outside() -> None:
    with pytest.raises(Refused) as refused:
        held().do("fay", "remove", seat="a-secret-id")
    assert (str(refused.value), refused.value.args) == ("no_such_seat", ("no_such_seat",))


@pytest.mark.parametrize("kind", sorted(COMMANDS))
@pytest.mark.parametrize("by", ["fay", "ada", "nobody", STRANGER, KEYHOLDER, SERVER])
def test_a_closed_circle_refuses_everything_from_everybody(kind: str, by: Actor) -> None:
    meeting = held().do("fay", "close")
    fields: dict[str, Any] = {"seat": "ada", "to": "bo", "turn": meeting.state.turn}
    fields |= {"on": True, "up": True, "floor": "round", "microphone": True, "camera": True}
    fields |= {"seats": (), "backwards": True, "unheard_first": True, "agenda": "free", "step": 0, "seen": None}
    fields |= {"terms": TERMS, "yes": True, "link": 2, **LINK, **WORDS}
    fields |= {
        "minutes": 1,
        "prompt": None,
        "script": None,
        "handed": None,
        "seconds": 60,
        "card": None,
        "duty": "time",
    }
    fields |= {"wish": "fine", "groups": (("fay", "ada"),), "key": sealed("key", 137), **a_commit(1, "ada")}
    fields |= KEYS if kind == "introduce" else {}
    known = {name: value for name, value in fields.items() if name in COMMANDS[kind].__struct_fields__}
    assert meeting.refuses(by, kind, **known) == "unknown"


def test_nobody_is_the_server_by_calling_themselves_so() -> None:
    for name in (outside.value for outside in Outside):
        assert a_circle().refuses(name, "wake") == "not_yours"
        assert a_circle().refuses(name, "enter", **NED) == "not_yours"
        assert a_circle().refuses(name, "knock", **KNOCK) == "not_yours"
