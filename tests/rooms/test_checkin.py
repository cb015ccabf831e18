"""A check-in card is seen by who facilitates, and by all only if its writer says so. Nobody is measured by it."""

from rooms.nouns import Card
from rooms.shown import CircleView
from tests.builders import Meeting, a_circle, sealed

CARD = Card(wish="need", minutes="longer", answers="reflections", words=sealed("grey today"))


def card(meeting: Meeting, seen_by: str, of: str = "ada") -> Card | None:
    view = meeting.view(seen_by)
    assert isinstance(view, CircleView)
    return next(seat.card for seat in view.seats if seat.id == of)


def test_a_card_is_shown_to_facilitators_and_to_its_writer_only() -> None:
    meeting = a_circle(members=3, observers=1).do("ada", "check_in", card=CARD)
    assert [card(meeting, id_) for id_ in ("fay", "ada", "bo", "cy", "olive")] == [CARD, CARD, None, None, None]


def test_of_two_closed_cards_each_writer_sees_their_own() -> None:
    meeting = a_circle(members=2).do("ada", "check_in", card=CARD).do("bo", "check_in", card=Card(wish="share"))
    assert [card(meeting, "ada", of) for of in ("ada", "bo")] == [CARD, None]
    assert [card(meeting, "bo", of) for of in ("ada", "bo")] == [None, Card(wish="share")]


def test_a_card_is_shown_to_all_if_its_writer_opens_it() -> None:
    opened = CARD.evolve(open=True)
    meeting = a_circle(members=2, observers=1).do("ada", "check_in", card=opened)
    assert [card(meeting, id_) for id_ in ("fay", "bo", "olive")] == [opened] * 3


def test_a_duty_does_not_show_the_cards() -> None:
    meeting = (
        a_circle(members=2).do("ada", "check_in", card=CARD).do("fay", "set_duty", seat="bo", duty="time", on=True)
    )
    assert card(meeting, "bo") is None


def test_a_card_may_be_changed_and_taken_back() -> None:
    meeting = a_circle(members=2).do("ada", "check_in", card=CARD).do("ada", "check_in", card=Card(wish="listen"))
    assert card(meeting, "fay") == Card(wish="listen")
    assert card(meeting.do("ada", "check_in", card=None), "fay") is None


def test_a_card_goes_with_its_seat() -> None:
    meeting = a_circle(members=2).do("ada", "check_in", card=CARD).do("ada", "leave")
    assert sealed("grey today") not in str(meeting.state)


def test_who_stands_in_by_the_members_word_does_not_read_what_was_written_for_facilitators() -> None:
    meeting = a_circle(members=3).do("ada", "check_in", card=CARD).drop("fay").wait(30).do("bo", "volunteer")
    for id_ in ("ada", "cy"):
        meeting.do(id_, "confirm", seat="bo", yes=True)
    assert meeting.state.leads("bo")
    assert [card(meeting, id_) for id_ in ("ada", "bo", "cy")] == [CARD, None, None]
    meeting.do("bo", "name_successor", seat="cy").drop("bo").wait(30)
    assert meeting.state.leads("cy")
    assert card(meeting, "cy") is None
    assert card(meeting.arrive("fay"), "fay") == CARD


def test_whom_facilitators_named_to_stand_in_reads_it() -> None:
    meeting = a_circle().do("ada", "check_in", card=CARD).do("fay", "name_successor", seat="bo").drop("fay").wait(10)
    assert [card(meeting, id_) for id_ in ("bo",)] == [CARD]
