"""Five words that are the same for all who came by links to the same circle (7.8)."""

from collections.abc import Sequence

from tests.bots.keys.derive import sha256

LIST, COUNT = 7776, 5


def numbers(rid: bytes, root: bytes) -> list[int]:
    """Places in the list."""
    rest = int.from_bytes(sha256(b"circle words", rid, root), "big")
    places: list[int] = []
    for _ in range(COUNT):
        rest, place = divmod(rest, LIST)
        places.append(place)
    return places


def words(rid: bytes, root: bytes, eff: Sequence[str]) -> list[str]:
    """`eff`: the EFF long list."""
    assert len(eff) == LIST
    return [eff[place] for place in numbers(rid, root)]
