"""One real server for each file of these tests."""

import re
from collections.abc import Iterator

import pytest

from tests.serving import Serving
from tests.web.asking import ask


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """Where pages are served."""
    with Serving() as serving:
        yield serving.base


@pytest.fixture(scope="module")
def assets(base: str) -> str:
    """The address below which static files are served now."""
    found = re.search(r"/static/[0-9a-f]{16}(?=/)", ask(base).text)
    assert found
    return found[0]
