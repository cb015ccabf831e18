"""Lines to call, for the help panel: ours, or those of whoever runs the server. Read once, at the start."""

from pathlib import Path
from typing import Annotated

import msgspec

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
MOST_LINES = 60
SHIPPED_LINES = Path(__file__).with_name("help.json")


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: whom to call, when somebody answers, whose page says so, and when that was last looked up."""

    region: Annotated[str, msgspec.Meta(pattern=r"^([A-Z]{2}|)\Z")]
    """of two letters (ISO 3166-1); empty: everywhere"""
    country: Short
    name: Short
    call: Short
    hours: Short
    source: Short
    checked: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}(-\d{2})?\Z")]

    @property
    def dial(self) -> str:
        """For a tel: link."""
        return "".join(sign for sign in self.call if sign.isdigit() or sign == "+")


def read_lines(file: Path) -> tuple[Line, ...]:
    """The lines in a file. Raises OSError or ValueError: not there, not JSON, or another form."""
    try:
        return msgspec.json.decode(
            file.read_bytes(), type=Annotated[tuple[Line, ...], msgspec.Meta(max_length=MOST_LINES)]
        )
    except msgspec.MsgspecError:
        raise ValueError from None


def nearest_first(lines: tuple[Line, ...], accepted: str) -> tuple[Line, ...]:
    """Those of the regions in an Accept-Language header first, in their order; the others as they stand."""
    tags = [part.split(";")[0].strip() for part in accepted[:200].split(",")]
    regions = [tag.rsplit("-", 1)[1].upper() for tag in tags if "-" in tag]
    rank = {region: place for place, region in reversed(list(enumerate(regions)))}
    return tuple(sorted(lines, key=lambda line: rank.get(line.region, len(regions))))
