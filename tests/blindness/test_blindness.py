"""The server is deaf and blind: nothing of meetings full of markers is in its memory, in Redis, in its log or on its network.

And the looking is good for something: where bots leave out the encryption, the same scanner finds all of it.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.blindness.markers import Kind, Marker, Marks
from tests.blindness.meeting import Meeting
from tests.blindness.unsealed import encryption_off
from tests.blindness.watch import Place, Watch
from tests.conftest import PROFILE

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("store", ["redis", "memory"])]
MEETINGS, AT_ONCE = (50 if PROFILE == "soak" else 10), 10
ALL, EACH, SOME, NONE = "all of them", "some of each", "some of them", "none of them"
WHEREVER = {Place.REDIS: ALL, Place.LOG: ALL, Place.NETWORK: ALL}
NOWHERE_ELSE = {Place.REDIS: NONE, Place.LOG: NONE, Place.NETWORK: NONE}
READABLE = {
    Kind.WORD: {**WHEREVER, Place.MEMORY: ALL},
    Kind.SECRET: {**WHEREVER, Place.MEMORY: ALL},
    Kind.SHOWN: {**WHEREVER, Place.MEMORY: ALL},
    Kind.EPOCH: {**WHEREVER, Place.MEMORY: SOME},
    Kind.WHISPER: {**WHEREVER, Place.REDIS: NONE, Place.MEMORY: SOME},
    Kind.PICTURE: {**NOWHERE_ELSE, Place.MEMORY: ALL},
    Kind.SOUND: {**NOWHERE_ELSE, Place.MEMORY: EACH},
}
"""where how many are found without encryption; README.md says why"""
FOR_A_MOMENT = frozenset({Kind.WORD, Kind.SECRET, Kind.SHOWN})
"""in memory, where circles are kept in Redis"""


async def hold(watch: Watch, marks: Marks) -> None:
    """All meetings, some at once; the memory is looked through whenever something new stands there, and when all is over."""
    for first in range(0, MEETINGS, AT_ONCE):
        meetings = [Meeting(watch.base, marks, first + at) for at in range(AT_ONCE)]
        try:
            for part in (Meeting.waits_at_the_door, Meeting.hands_on, Meeting.goes_on):
                await asyncio.gather(*map(part, meetings))
                keys = await asyncio.to_thread(watch.look_inside, marks.all())
                assert keys == watch.keys_of(AT_ONCE)
            await asyncio.gather(*(meeting.ends() for meeting in meetings))
        finally:
            await asyncio.gather(*(meeting.close() for meeting in meetings))
    assert watch.look_inside(marks.all()) == 0
    watch.look_back(marks.all())


async def watched(folder: Path, store: str) -> tuple[frozenset[Marker], Watch]:
    """What there was to be found, and where it was."""
    marks = Marks()
    with Watch(folder, redis=store == "redis") as watch:
        await hold(watch, marks)
    megabytes = {str(place): round(watch.looked[place] / 1e6, 1) for place in watch.places}
    print(f"{MEETINGS} meetings, {len(marks.all())} markers, circles in {store}; looked through, in MB: {megabytes}")
    return marks.all(), watch


def holds(wanted: str, found: set[Marker], of: set[Marker]) -> bool:
    """Where some suffice, all are welcome."""
    if wanted == EACH:
        return {marker.what for marker in found} == {marker.what for marker in of}
    return {ALL: found == of, SOME: bool(found), NONE: not found}[wanted]


def amounts(kind: Kind, store: str) -> dict[Place, str]:
    """As in READABLE, for this store."""
    places = READABLE[kind]
    return {**places, Place.MEMORY: SOME} if store == "redis" and kind in FOR_A_MOMENT else places


def differing(markers: frozenset[Marker], watch: Watch, store: str, kinds: Iterable[Kind]) -> list[str]:
    """Where another number of them is found than should be."""
    wrong: list[str] = []
    for kind in kinds:
        of_kind = {marker for marker in markers if marker.kind is kind}
        for place in watch.places:
            found = of_kind & watch.found[place]
            print(f"{kind}: in {place} {len(found)} of {len(of_kind)}")
            if not holds(amounts(kind, store)[place], found, of_kind):
                missing = Counter(marker.what for marker in of_kind - found)
                wrong.append(f"{kind} in {place}: {len(found)} of {len(of_kind)}, missing are {dict(missing)}")
    return wrong


async def test_no_word_secret_sound_or_picture_of_any_meeting_is_found_at_the_server(
    store: str, tmp_path: Path
) -> None:
    markers, watch = await watched(tmp_path, store)
    assert {marker.kind for marker in markers} == set(Kind)
    for place in watch.places:
        hits = Counter(
            f"{marker.kind}: {marker.what}" for marker in watch.found[place] if marker.kind is not Kind.SHOWN
        )
        assert hits == {}, place
    assert differing(markers, watch, store, [Kind.SHOWN]) == [], "what is there is not found"


async def test_without_encryption_the_same_scanner_finds_all_of_it(store: str, tmp_path: Path) -> None:
    with encryption_off():
        markers, watch = await watched(tmp_path, store)
    assert differing(markers, watch, store, Kind) == []
