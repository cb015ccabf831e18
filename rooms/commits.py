"""Commits: how a circle's keys change. The circle knows their number and for whom they wrap; they themselves are kept beside it."""

from typing import Annotated, Literal

import msgspec

from rooms.opaque import Block, Hash, Roster, Signature, Wrap, Wraps
from rooms.rulebook import Command

MOST_KEPT = 8
"""at once; what somebody missed who was away for longer cannot be fetched"""
Epoch = Annotated[int, msgspec.Meta(ge=1, lt=2**32)]


class Commit(Command, frozen=True, kw_only=True):
    """New keys, for those for whom they are wrapped."""

    from_outside = False
    n: Epoch
    roster: Roster
    confirm: Hash
    signature: Signature
    block: Block
    wraps: Wraps


class Installed(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="installed"
):
    """These keys are here, and what others send with them can be read."""

    n: Epoch


class Fetch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="fetch"):
    """The commits after this one. The ack has them as `commits`, oldest first; if not all are there, the latest one alone."""

    after: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """A commit as one seat gets it: `wrap` is its own, null where there is none."""

    n: int
    roster: str
    confirm: str
    signature: str
    block: str
    wrap: Wrap | None
    type: Literal["commit"] = "commit"


class Switch(msgspec.Struct, frozen=True, kw_only=True):
    """From now on send with these keys."""

    n: int
    type: Literal["switch"] = "switch"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A commit as it is kept. `wraps` is empty in all but the latest."""

    n: int
    roster: str
    confirm: str
    signature: str
    block: str
    wraps: dict[str, str]


Commits = tuple[Kept, ...]
"""oldest first"""


def kept(before: Commits, commit: Commit) -> Commits:
    """What is kept from now on."""
    bare = tuple(msgspec.structs.replace(one, wraps={}) for one in before)
    return (*bare, _kept(commit))[-MOST_KEPT:]


def _kept(commit: Commit) -> Kept:
    return Kept(
        n=commit.n, roster=commit.roster, confirm=commit.confirm, signature=commit.signature, block=commit.block,
        wraps=commit.wraps,
    )  # fmt: skip


def for_seat(commit: Commit | Kept, seat: str) -> Committed:
    return Committed(
        n=commit.n, roster=commit.roster, confirm=commit.confirm, signature=commit.signature, block=commit.block,
        wrap=commit.wraps.get(seat),
    )  # fmt: skip


def missed(commits: Commits, after: int, seat: str) -> list[Committed]:
    """What a seat that has installed that one has missed. Where the first of it is kept no longer, the latest one alone."""
    later = [one for one in commits if one.n > after]
    gap = later and later[0].n != after + 1
    return [for_seat(one, seat) for one in (later[-1:] if gap else later)]
