"""What the circle's page makes a phone fetch: little, as it is served; what only facilitators need comes when they need it."""

from tests.bench.weight import LIMIT, LIMIT_FOR_FACILITATORS, fetched, kilobytes


def test_the_circle_pages_scripts_and_styles_are_at_most_80_kb_gzipped(base: str) -> None:
    page = f"{base}/c/{'A' * 22}"
    at_once, all_of_it = fetched(page, later=False), fetched(page)
    names = {address.split("/static/")[1].split("/", 1)[1] for address in at_once}
    assert {"js/main.js", "js/views/ring.js", "css/base.css", "vendor/lit-html-3.3.3/lit-html.js"} <= names
    assert any("socket.io" in name for name in names)
    assert any(address.endswith("views/tools.js") for address in all_of_it.keys() - at_once.keys())
    assert kilobytes(at_once) <= LIMIT
    assert kilobytes(all_of_it) <= LIMIT_FOR_FACILITATORS
