"""Which address gives which page, and that a page is made of words and files only."""

import json
import re

import pytest

from tests.bots import links
from tests.web.asking import Answer, ask, post
from tests.web.reading import Page

EXIT = "https://www.wikipedia.org/"
PAGES = ("/", "/c/AAAA", "/f/AAAA", "/nothing")


def secret_opened(base: str) -> links.Secret:
    """Of a circle that is there."""
    secret = links.make()
    assert post(base, "/api/circles", json.dumps(secret.opening()).encode()).status == 201
    return secret


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(base: str, path: str) -> None:
    page = Page(ask(base, path).text)
    assert page.scripts.strip() == ""
    assert page.all("style") == []
    for tag, held in page.tags:
        assert not [name for name in held if name.startswith("on") or name in {"style", "srcdoc", "nonce"}], tag
    for script in page.all("script"):
        assert script.keys() == {"type", "src"}
        assert script["type"] == "module"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_and_leads_nowhere_but_this_server_the_exit_and_the_phone(
    base: str, assets: str, path: str
) -> None:
    page = Page(ask(base, path).text)
    assert page.addresses
    away = [one["href"] for one in page.all("a") if one["href"] not in {"/", EXIT}]
    assert away
    assert all(one.startswith("tel:") for one in away)
    own = [one for one in page.addresses if one not in {"/", EXIT, *away}]
    assert [one for one in own if not one.startswith(f"{assets}/")] == []
    assert {tag for tag, _ in page.tags} & {"iframe", "object", "embed", "form", "base"} == set()


@pytest.mark.parametrize("path", PAGES)
def test_every_file_that_a_page_names_is_there(base: str, path: str) -> None:
    for address in Page(ask(base, path).text).addresses:
        if address.startswith("tel:") or address == EXIT:
            continue
        assert ask(base, address).status == 200, address


@pytest.mark.parametrize("path", PAGES)
def test_search_engines_are_asked_to_stay_away(base: str, path: str) -> None:
    assert {"name": "robots", "content": "noindex"} in Page(ask(base, path).text).all("meta")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_title_one_main_part_and_says_its_language(base: str, path: str) -> None:
    answer = ask(base, path)
    page = Page(answer.text)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert page.all("html") == [{"lang": "en", "dir": "ltr"}]
    assert len(page.all("title")) == len(page.all("main")) == 1


def test_a_circles_page_says_nothing_of_the_circle_and_not_whether_it_is_there(base: str) -> None:
    there, nowhere = secret_opened(base).rid, links.make().rid
    pages = {ask(base, path).body for rid in (there, nowhere, "%00", "x" * 3000) for path in (f"/c/{rid}", f"/f/{rid}")}
    assert len(pages) == 1
    assert there.encode() not in pages.pop()


def heading(answer: Answer) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "path", ["/nothing", "/c/", "/c/a/b", "/c/a%2Fb", "/index.html", "/.git/config", "/%00", "/%ff"]
)
def test_where_nothing_is_a_page_says_so_and_leads_back(base: str, path: str) -> None:
    answer = ask(base, path)
    assert answer.status == 404
    assert heading(answer) == "There is nothing at this address"
    assert {"class": "button plain", "href": "/"} in Page(answer.text).all("a")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/c/AAAA", "/f/AAAA", "/healthz", "/readyz"])
def test_pages_are_only_looked_at(base: str, path: str, method: str) -> None:
    answer = ask(base, path, method=method, body=b"x=1")
    assert answer.status == 405
    assert method == "TRACE" or heading(answer) == "That did not work"
    assert "x=1" not in answer.text


@pytest.mark.parametrize("host", ["LOCALHOST", "localhost:1", "127.0.0.1"])
def test_this_servers_own_names_are_answered(base: str, host: str) -> None:
    assert ask(base, host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "evil-localhost", "localhost@evil.example", "localhost/api/", "*"],
)
@pytest.mark.parametrize("path", ["/", "/api/circles", "/static/x", "/nothing", "/healthz/"])
def test_a_request_for_another_host_is_not_answered(base: str, path: str, host: str) -> None:
    answer = ask(base, path, host=host)
    assert answer.status == 400
    assert "location" not in answer.headers
    assert not host or host not in answer.text


def test_what_is_an_api_is_not_decided_by_the_host_that_a_client_names(base: str) -> None:
    for host in ("localhost:80/api/?", "localhost/api/#", "localhost:80\\api\\"):
        assert ask(base, "/nothing", host=host).headers["content-type"].startswith("text/")
    assert ask(base, "/nothing?/api/").headers["content-type"] == "text/html; charset=utf-8"
