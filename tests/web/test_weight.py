"""What the circle's page makes a phone fetch: little, as it is served; what encrypts is weighed by itself; the rest comes when needed."""

import pytest

from tests.bench.weight import LIMIT, LIMIT_LATER, LIMIT_OF_KEYS, LIMIT_OF_WORD_LIST, fetched, weights


@pytest.fixture(scope="module")
def page(base: str) -> str:
    return f"{base}/c/{'A' * 22}"


def names(held: dict[str, bytes]) -> set[str]:
    return {address.split("/static/")[1].split("/", 1)[1] for address in held}


def test_what_is_weighed_is_all_that_the_page_has(page: str) -> None:
    at_once, all_of_it = names(fetched(page, later=False)), names(fetched(page))
    assert {"js/main.js", "js/views/ring.js", "css/base.css", "vendor/lit-html-3.3.3/lit-html.js"} <= at_once
    assert {"js/keys/keys.js", "vendor/hpke-core-1.9.0/hpke.js"} <= at_once
    assert any("socket.io" in name for name in at_once)
    assert {"js/views/tools.js", "js/media/worker.js"} <= all_of_it
    assert "js/views/tools.js" not in at_once
    assert not any("diceware" in name for name in at_once)


def test_the_circle_pages_scripts_and_styles_are_at_most_80_kb_gzipped_and_what_comes_later_26(page: str) -> None:
    found = weights(page)
    assert found["at_once"] <= LIMIT
    assert found["later"] <= LIMIT_LATER


def test_what_encrypts_is_at_most_45_kb_gzipped_and_the_words_to_read_aloud_18(page: str) -> None:
    found = weights(page)
    assert 20 < found["keys"] <= LIMIT_OF_KEYS
    assert 10 < found["word_list"] <= LIMIT_OF_WORD_LIST
