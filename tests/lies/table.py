"""The lies about keys, a row each: what is told to whom, which field of it, how it is changed, in which happening, what comes of it."""

from typing import NamedTuple

from tests.lies.circle import Circle
from tests.lies.edge import Lie
from tests.lies.lies import HOW, About, all_of, swap


class Row(NamedTuple):
    """`how`: of `lies`, or with what else it is swapped; `when`: of `happenings`; `then`: of `outcomes`."""

    message: str
    field: str
    how: str
    when: str
    then: str
    to: str = "Ada"
    fetched: bool = False
    """what is fetched is changed in the same way"""

    def lie(self, circle: Circle) -> Lie:
        abouts = [About(self.to, self.message, self.field)]
        if self.fetched:
            abouts.append(About(self.to, "fetch", f"commits.last.{self.field}".rstrip(".")))
        return all_of(*(made(about, self.how, circle) for about in abouts))

    def __str__(self) -> str:
        of = f"{self.message} {self.field or 'itself'}" + " and as fetched" * self.fetched
        return f"{of}, {self.how}, to {self.to}"


def made(about: About, how: str, circle: Circle) -> Lie:
    if how in HOW:
        return HOW[how](about, circle.seat, circle.edge.told)
    return swap(about, circle.seat, circle.edge.told, how)


COMMIT = ("n", "roster", "confirm", "signature", "block", "wrap")
ROWS = (
    # A commit that is not as it was made is not taken; the true one is fetched.
    *(
        Row("commit", field, how, "somebody_comes", "mended")
        for field in COMMIT
        for how in ("alter", "replay", "withhold")
    ),
    Row("commit", "wrap", "swap", "somebody_comes", "mended"),
    Row("commit", "", "replay", "somebody_comes", "mended"),
    Row("commit", "", "withhold", "somebody_comes", "mended"),
    Row("commit", "", "reorder", "two_come", "mended"),
    # Where what is fetched is no better, the old keys stay, and it is said.
    *(
        Row("commit", field, how, "somebody_comes", "shown", fetched=True)
        for field in COMMIT
        for how in ("alter", "replay")
    ),
    Row("commit", "wrap", "swap", "somebody_comes", "shown", fetched=True),
    Row("commit", "", "withhold", "somebody_comes", "shown", fetched=True),
    # Who is not told to switch does so by themselves.
    *(Row("switch", "n", how, "somebody_comes", "mended") for how in ("alter", "replay", "withhold")),
    Row("switch", "", "withhold", "somebody_comes", "mended"),
    Row("switch", "", "reorder", "two_come", "mended"),
    # A sign that is none is missed.
    *(Row("beat", "beat", how, "a_minute_passes", "silent") for how in ("alter", "replay")),
    *(Row("beat", "", how, "a_minute_passes", "silent") for how in ("withhold", "replay")),
    Row("beat", "", "reorder", "a_minute_passes", "unmoved"),
    # What a view says moves no keys to anybody but those who sit there already.
    Row("view", "epoch", "replay", "a_moment_passes", "unmoved"),
    Row("view", "epoch", "alter", "a_moment_passes", "nobody_new"),
    *(Row("view", field, "alter", "a_moment_passes", "unmoved") for field in ("leads", "link")),
    *(Row("view", field, "alter", "a_moment_passes", "nobody_new") for field in ("seats.@Bo.role", "seats.@Ada.role")),
    *(
        Row("view", field, "alter", "a_moment_passes", "nobody_new", "Fay")
        for field in ("epoch", "link", "leads", "seats.@Bo.role")
    ),
    Row("view", "successor", "=@Bo", "a_moment_passes", "nobody_new", "Fay"),
    Row("view", "seats.@Bo.present", "alter", "half_a_minute_passes", "nobody_new", "Fay"),
    Row("view", "seats.@Bo.keys", "replay", "a_reload", "nobody_new", "Fay"),
    Row("view", "seats.@Bo", "withhold", "a_moment_passes", "stops_sending"),
    Row("view", "seats.@Bo", "withhold", "a_moment_passes", "nobody_new", "Fay"),
    Row("view", "seats.@Fay", "withhold", "a_moment_passes", "stops_sending"),
    Row("view", "", "withhold", "somebody_comes", "mended"),
    Row("view", "", "reorder", "two_come", "mended"),
)
