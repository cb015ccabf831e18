"""The shield, and a fresh link: against people who came to disturb."""

import pytest

from rooms.effects import Gate
from rooms.floor import gates
from rooms.nouns import Outside, Timings
from rooms.shown import CircleView, DoorView
from tests.builders import Meeting, a_circle, sealed

GRACES = Timings()
LINK = {"join": sealed("join", 32)}


@pytest.fixture
def meeting() -> Meeting:
    """Fay facilitates, Ada holds the stick, Bo guards the circle, Olive listens."""
    meeting = a_circle(members=3, observers=1).do("fay", "set_duty", seat="bo", duty="guardian", on=True)
    return meeting.gives("ada")


def shown(meeting: Meeting) -> set[str]:
    return {seat for (seat, kind), audience in gates_of(meeting).items() if kind == "video" and audience != "nobody"}


def gates_of(meeting: Meeting) -> dict[tuple[str, str], object]:
    return {(seat, str(kind)): audience for (seat, kind), audience in gates(meeting.state).items()}


@pytest.mark.parametrize("by", ["fay", "bo"])
@pytest.mark.parametrize("floor", ["round", "hands", "open", "silence", "facilitator"])
def test_one_press_shuts_every_gate_but_the_facilitators(meeting: Meeting, by: str, floor: str) -> None:
    meeting.do("fay", "set_floor", floor=floor).do(by, "shield", on=True)
    assert (meeting.heard, shown(meeting)) == ({"fay"}, {"fay"})
    views = [meeting.view(id_) for id_ in ("fay", "bo")]
    assert [view.shown for view in views if isinstance(view, CircleView)] == [("fay",)] * 2


def test_the_gates_are_shut_before_the_facilitators_open(meeting: Meeting) -> None:
    meeting.do("fay", "shield", on=True)
    assert meeting.told(Gate)[0] == Gate(seat="ada", kind="audio", audience="nobody")
    assert meeting.told(Gate)[-1] == Gate(seat="fay", kind="audio", audience="all")


def test_it_keeps_the_stick_where_it_is_and_lifting_it_gives_everything_back(meeting: Meeting) -> None:
    before = meeting.state
    meeting.do("bo", "shield", on=True).do("bo", "shield", on=False)
    assert meeting.state.evolve(version=before.version) == before
    assert meeting.heard == {"ada"}


def test_it_shuts_those_who_are_apart_too(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).do("cy", "accept_aside").do("fay", "shield", on=True)
    shut = [audience for (seat, _), audience in gates_of(meeting).items() if seat in {"bo", "cy"}]
    assert shut == ["nobody"] * 4


def test_the_door_is_shut_behind_it_and_as_it_was_after_it(meeting: Meeting) -> None:
    meeting.do("fay", "shield", on=True)
    assert meeting.refuses(Outside.STRANGER, "knock", seat="ned", link=1) == "locked"
    view = meeting.view(None)
    assert isinstance(view, DoorView)
    assert view.locked
    assert meeting.do("fay", "shield", on=False).knock("ned").state.knocks[0].id == "ned"


def test_who_was_let_in_waits_until_it_is_lifted(meeting: Meeting) -> None:
    meeting.knock("ned").do("fay", "shield", on=True).do("fay", "admit", seat="ned")
    assert "ned" not in meeting.ids
    assert meeting.do("fay", "shield", on=False).ids[-1] == "ned"


def test_facilitators_with_the_key_come_in_behind_it_and_are_heard(meeting: Meeting) -> None:
    assert meeting.do("fay", "shield", on=True).enter("finn").heard == {"fay", "finn"}


def test_seats_are_removed_one_by_one_behind_it(meeting: Meeting) -> None:
    meeting.do("fay", "shield", on=True).do("fay", "remove", seat="ada").do("fay", "remove", seat="olive")
    assert meeting.ids == ["fay", "bo", "cy"]
    assert meeting.state.shielded


def test_where_nobody_could_lift_it_it_falls(meeting: Meeting) -> None:
    meeting.do("fay", "shield", on=True).do("bo", "leave").drop("fay").wait(GRACES.adrift - 0.1)
    assert meeting.state.shielded
    assert not meeting.wait(0.1).state.shielded


def test_while_the_guardian_is_here_it_stands(meeting: Meeting) -> None:
    meeting.do("fay", "shield", on=True).drop("fay").wait(GRACES.adrift)
    assert meeting.state.shielded
    assert meeting.do("bo", "shield", on=False).heard == {"ada"}


def test_a_pause_does_not_silence_who_leads_behind_it(meeting: Meeting) -> None:
    assert meeting.do("bo", "pause", on=True).do("bo", "shield", on=True).heard == {"fay"}


def test_a_fresh_link_lets_nobody_knock_by_the_old_one(meeting: Meeting) -> None:
    meeting.do("fay", "set_link", **LINK)
    assert meeting.refuses(Outside.STRANGER, "knock", seat="ned", link=1) == "unknown"
    assert meeting.refuses(Outside.STRANGER, "knock", seat="ned", link=2) is None


def test_those_inside_keep_their_seats_and_see_that_there_is_a_fresh_link(meeting: Meeting) -> None:
    before = meeting.ids
    meeting.do("fay", "set_link", **LINK)
    assert meeting.ids == before
    for id_ in before:
        view = meeting.view(id_)
        assert isinstance(view, CircleView)
        assert view.link == 2


def test_the_doors_texts_are_sealed_anew_with_a_fresh_link_and_the_terms_are_still_the_same(meeting: Meeting) -> None:
    """Also after the beginning, when what was promised may not become another thing."""
    texts = {"agreements": 3228, "limits_words": 1052, "next_date": 148}
    before = meeting.do("fay", "recall").state.evolve(phase="lobby")
    old = Meeting(before, meeting.now).terms(
        limits="A", **{name: sealed(f"old-{name}", size) for name, size in texts.items()}
    )
    old.offers("ada").do(
        "fay", "set_link", **LINK, **{name: sealed(f"new-{name}", size) for name, size in texts.items()}
    )
    for id_ in (*old.ids, None):
        terms = old.view(id_).terms
        assert terms.limits == "A"
        assert [getattr(terms, name) for name in texts] == [sealed(f"new-{name}", size) for name, size in texts.items()]


def test_a_fresh_link_takes_no_text_of_the_terms_away_and_brings_none_that_there_was_not(meeting: Meeting) -> None:
    monday = sealed("monday", 148)
    assert meeting.refuses("fay", "set_link", **LINK, next_date=monday) == "stale"
    meeting.terms(next_date=monday)
    assert meeting.refuses("fay", "set_link", **LINK) == "stale"
    assert meeting.refuses("fay", "set_link", **LINK, next_date=monday) is None


def test_of_two_fresh_links_at_once_the_first_counts(meeting: Meeting) -> None:
    meeting.enter("finn").do("fay", "set_link", **LINK)
    assert meeting.refuses("finn", "set_link", link=2, **LINK) == "stale"


def test_who_stands_in_has_no_key_and_makes_no_link() -> None:
    meeting = a_circle().do("fay", "name_successor", seat="bo").drop("fay").wait(GRACES.stand_in)
    assert meeting.refuses("bo", "set_link", **LINK) == "not_yours"


def test_where_nobody_is_left_to_lead_any_member_may_lift_the_shield_and_only_lift_it(meeting: Meeting) -> None:
    meeting.do("fay", "shield", on=True).drop("fay")
    assert meeting.refuses("ada", "shield", on=False) == "not_yours"
    meeting.wait(GRACES.adrift).do("ada", "shield", on=False)
    assert not meeting.state.shielded
    assert meeting.refuses("ada", "shield", on=True) == "not_yours"


def test_a_fresh_link_sends_away_who_knocked_by_the_old_one(meeting: Meeting) -> None:
    meeting.knock("ned").do("fay", "set_link", link=2, **LINK)
    assert meeting.state.knocks == ()
    assert [(one.seat, one.reason) for one in meeting.state.gone] == [("ned", "expired")]
