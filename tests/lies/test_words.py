"""A server that changes words, or puts them under another's name, in another's place, or another turn: nobody reads them as anybody's."""

from typing import NamedTuple

import pytest

from tests.bots.keys.octets import Bad
from tests.lies.circle import circle
from tests.lies.lies import About
from tests.lies.table import made
from tests.lies.words import READ, WHISPERS, all_written, reads


class Row(NamedTuple):
    """`of`: of `words.READ` or `words.WHISPERS`."""

    of: str
    field: str
    how: str
    to: str = "Ada"

    def __str__(self) -> str:
        return f"{self.of}, {self.field} {self.how}"


STANDING = (
    Row("agreements", "terms.agreements", "alter"),
    Row("limits_words", "terms.limits_words", "alter"),
    Row("next_date", "terms.next_date", "alter"),
    Row("next_date", "terms.next_date", "agenda.first.title"),
    Row("prompt", "prompt", "alter"),
    Row("prompt", "prompt", "script", "Fay"),
    Row("script", "script", "alter", "Fay"),
    Row("script", "script", "prompt", "Fay"),
    Row("title", "agenda.first.title", "alter"),
    Row("coming", "coming.@Cy.name", "alter"),
    Row("coming", "coming.@Cy.name", "agenda.first.title"),
    Row("card", "seats.@Bo.card.words", "alter"),
    Row("card", "seats.@Bo.card.words", "seats.@Ada.card.words"),
    *(Row(field, field, how) for field in ("lead_box", "handed") for how in ("alter", "swap")),
)
SAID = (
    *(Row("share", field, "alter") for field in ("text", "turn")),
    *(Row("share", field, "replay") for field in ("text", "turn")),
    Row("share", "by", "=@Ada"),
    Row("writing", "text", "alter"),
    Row("writing", "by", "=@Fay"),
    Row("writing", "type", "=note"),
    Row("note", "text", "alter", "Fay"),
    Row("note", "by", "=@Ada", "Fay"),
    Row("note", "type", "=writing", "Fay"),
)


@pytest.mark.parametrize("row", STANDING, ids=str)
async def test_words_that_stand_in_the_circle_are_read_as_they_were_written_or_not_at_all(row: Row) -> None:
    async with circle("Ada", "Bo") as here:
        await all_written(here)
        one, read = here.people[row.to], READ[row.of]
        assert read(here, one) != ""
        here.edge.lie = made(About(row.to, "view", row.field), row.how, here)
        before = one.view["version"]
        await here.fay.raises_hand()
        await one.line.until(lambda view: view["version"] > before)
        with pytest.raises(Bad):
            read(here, one)


@pytest.mark.parametrize("row", SAID, ids=str)
async def test_what_is_said_without_a_voice_is_its_authors_in_its_turn_or_nobodys(row: Row) -> None:
    async with circle("Ada", "Bo") as here:
        one = here.people[row.to]
        here.edge.lie = made(About(row.to, row.of, row.field), row.how, here)
        await WHISPERS[row.of](here)
        await here.until(lambda: any(told.to == one.seat and told.name == row.of for told in here.edge.told))
        last = [told.data for told in here.edge.told if told.to == one.seat and told.name == row.of][-1]
        assert reads(one, last)
        await here.until(lambda: bool(one.line.whispers) and one.line.whispers[-1] != last)
        assert not reads(one, one.line.whispers[-1])
