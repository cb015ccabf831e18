"""The browser is tested against what Python reckons now, not against what it once reckoned."""

import json

import pytest

from tests.bots import links
from tests.static import vectors

HELD = json.loads(vectors.PATH.read_text("utf-8"))


def test_the_vectors_that_the_browser_reads_are_what_python_reckons_now() -> None:
    assert vectors.PATH.read_text("utf-8") == vectors.current()


@pytest.mark.parametrize("which", ["members", "facilitators"])
def test_a_written_link_is_read_back_as_the_same_secret(which: str) -> None:
    for circle in HELD["circles"]:
        if which == "facilitators" and circle["counter"] != 1:
            continue  # the counter does not travel in the facilitators' link
        secret = links.parse(circle[which])
        assert links.b64(secret.link) == circle["link"]
        assert (secret.rid, secret.fp, secret.join) == (circle["rid"], circle["fp"], circle["join"])


def test_every_sealed_word_has_the_length_of_its_kind_alone_and_a_long_share_another_one() -> None:
    lengths = {(one["kind"], len(one["sealed"])) for one in HELD["sealed"]}
    pages = {"note", "prompt", "check_in", "script", "intention", "settings", "share", "writing", "line"}
    assert lengths == {
        ("name", 379),
        ("title", 198),
        ("share", 5499),
        ("agreements", 4304),
        *((page, 1403) for page in pages),
    }


def test_what_is_longer_than_its_largest_size_is_not_sealed() -> None:
    secret = links.make()
    assert secret.open(secret.seal("x" * 1022, "note"), "note") == "x" * 1022
    with pytest.raises(ValueError, match="too long"):
        secret.seal("x" * 1023, "note")
