"""What a browser fetches for the circle page: JS and CSS as they are served, followed through imports, each file gzipped."""

import gzip
import re
import urllib.request
from urllib.parse import urljoin, urlsplit

from tests.bench.process import serving
from tests.bench.rows import Row

LIMIT = 80.0
LIMIT_LATER = 26.0
LIMIT_OF_KEYS = 45.0
LIMIT_OF_WORD_LIST = 18.0
KEYS = re.compile(r"/js/keys/|/vendor/hpke-core|/js/media/(?:worker|keyring|sframe|framing)\.js")
WORD_LIST = re.compile(r"/vendor/diceware")
"""what encrypts is weighed by itself; so is the list from which five words are read aloud, fetched once one sits"""
MODULE = re.compile(
    r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']|new URL\(\s*["']([^"']+)["']\s*,\s*import\.meta\.url"""
)
STYLE = re.compile(r"""@import\s+(?:url\()?\s*["']?([^"')\s;]+)|url\(\s*["']?([^"')]+)""")
TAG = re.compile(r"""<(?:script|link)\b[^>]*?\b(?:src|href)=["']([^"']+)["'][^>]*>""")
LATER = re.compile(r"\bimport\s*\([^)]*\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COUNTED = (".js", ".mjs", ".css")
FONTS = (".woff", ".woff2", ".ttf", ".otf", ".eot")


def named_in(address: str, text: str, *, later: bool) -> set[str]:
    """The addresses that a page, a style sheet or a module refers to; with `later` also what is fetched only when it is needed."""
    path = urlsplit(address).path
    if path.endswith(COUNTED):
        # Types live in comments, and their imports are never fetched.
        code = COMMENT.sub("", text)
        found = (STYLE if path.endswith(".css") else MODULE).findall(code if later else LATER.sub("", code))
        names = {name for pair in found for name in pair if name and not name.startswith(("data:", "#"))}
    else:
        names = set(TAG.findall(text))
    return {urljoin(address, name) for name in names}


def fetched(page: str, *, later: bool = True) -> dict[str, bytes]:
    """Everything reachable from a page that is JS, CSS or a font, by address."""
    held: dict[str, bytes] = {}
    waiting = {page}
    while waiting:
        address = waiting.pop()
        with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server
            held[address] = answer.read()
        if not address.endswith(FONTS):
            named = named_in(address, held[address].decode(), later=later)
            waiting |= {one for one in named - held.keys() if urlsplit(one).path.endswith(COUNTED + FONTS)}
    del held[page]
    return held


def kilobytes(held: dict[str, bytes]) -> float:
    return sum(len(gzip.compress(data, 6)) for address, data in held.items() if address.endswith(COUNTED)) / 1000


def weights(page: str) -> dict[str, float]:
    """In kB, gzipped: the page `at_once` and what comes `later`, without `keys` and the `word_list`."""
    at_once, held = fetched(page, later=False), fetched(page)
    if not any(address.endswith("main.js") for address in at_once):
        raise RuntimeError("the page does not refer to its own module")
    keys = {address: data for address, data in held.items() if KEYS.search(address)}
    word_list = {address: data for address, data in held.items() if WORD_LIST.search(address)}
    own = {address: data for address, data in held.items() if address not in keys and address not in word_list}
    return {
        "at_once": kilobytes({address: data for address, data in own.items() if address in at_once}),
        "later": kilobytes({address: data for address, data in own.items() if address not in at_once}),
        "keys": kilobytes(keys),
        "word_list": kilobytes(word_list),
    }


def measure() -> list[Row]:
    with serving() as (base, _):
        page = f"{base}/c/{'A' * 22}"
        found, held = weights(page), fetched(page)
    fonts = [data for address, data in held.items() if address.endswith(FONTS)]
    return [
        Row("circle page without keys, JS and CSS, gzipped", found["at_once"], "kB", LIMIT),
        Row("what only some need of it, fetched later", found["later"], "kB", LIMIT_LATER),
        Row("keys, their library and the Worker, gzipped", found["keys"], "kB", LIMIT_OF_KEYS),
        Row("the list of words to read aloud, fetched later", found["word_list"], "kB", LIMIT_OF_WORD_LIST),
        Row("circle page, fonts", len(fonts), "files", 0, note=f"{len(held)} files in all"),
    ]
