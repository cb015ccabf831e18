"""The two APIs: what they take, and that everything else gets one and the same answer."""

import json
from typing import Any

import pytest

from tests.bots import links
from tests.serving import Serving
from tests.web.asking import Answer, ask, post

PATHS = ("/api/circles", "/api/challenge")
MOST = 2048


def body(path: str) -> dict[str, Any]:
    """One that is taken."""
    opening = links.make().opening()
    return opening if path == "/api/circles" else {"rid": opening["rid"]}


def sent(value: object) -> bytes:
    return json.dumps(value).encode()


def malformed(answer: Answer) -> bool:
    same = (answer.status, answer.body) == (400, b'{"refused":"malformed"}')
    return same and answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", PATHS)
def test_what_our_own_pages_send_is_taken(base: str, path: str) -> None:
    for changed in ({}, {"sec_fetch_site": None}, {"content_type": "application/json; charset=utf-8"}):
        assert post(base, path, sent(body(path)), **changed).status in {200, 201}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "changed",
    [
        *({"sec_fetch_site": site} for site in ("cross-site", "same-site", "none", "")),
        *({"origin": origin} for origin in (None, "", "null", "http://evil.example", "http://localhost.evil.example")),
        *(
            {"content_type": kind}
            for kind in (None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
        ),
        {"content_type": "text/plain; application/json"},
    ],
    ids=str,
)
def test_what_a_foreign_page_could_send_is_refused(base: str, path: str, changed: dict[str, str | None]) -> None:
    assert malformed(post(base, path, sent(body(path)), **changed))


def test_an_origin_that_only_resembles_ours_is_foreign(base: str) -> None:
    for origin in (base + "0", base[:-1], base + "/", base.replace("http", "https"), base.upper(), f"{base}, {base}"):
        assert malformed(post(base, "/api/challenge", sent(body("/api/challenge")), origin=origin)), origin


@pytest.mark.parametrize("path", PATHS)
def test_a_body_may_be_so_long_and_no_longer(base: str, path: str) -> None:
    good = sent(body(path))
    assert post(base, path, good.ljust(MOST)).status in {200, 201}
    assert malformed(post(base, path, sent(body(path)).ljust(MOST + 1)))
    assert malformed(post(base, path, b" " * 3_000_000))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"null", b"[]", b"7", b'"x"', b"{}", b"\xff\xfe", b'{"rid":"\\ud800"}', b"[" * 2000, b'{"rid":' * 200],
    ids=str,
)
def test_what_is_no_json_of_that_shape_is_refused(base: str, path: str, text: bytes) -> None:
    assert malformed(post(base, path, text))


@pytest.mark.parametrize("path", PATHS)
def test_every_field_has_its_type_and_no_other_field_is_taken(base: str, path: str) -> None:
    for name in body(path):
        for wrong in (None, 7.5, True, [], {}, ["x"], "7" if name == "link" else 7):
            assert malformed(post(base, path, sent({**body(path), name: wrong}))), (name, wrong)
        assert malformed(post(base, path, sent({key: value for key, value in body(path).items() if key != name}))), name
    assert malformed(post(base, path, sent({**body(path), "more": 1})))


def test_what_opens_a_circle_has_exactly_its_form(base: str) -> None:
    good = body("/api/circles")
    for name in ("rid", "root", "join"):
        text = str(good[name])
        for wrong in ("", text[:-1], text + "A", text + "=", "+" + text[1:], " " + text[1:], "é" + text[1:]):
            assert malformed(post(base, "/api/circles", sent({**good, name: wrong}))), (name, wrong)
    for link in (0, 2, -1, 2**70):
        assert malformed(post(base, "/api/circles", sent({**good, "link": link}))), link
    assert post(base, "/api/circles", sent(good)).status == 201


def test_a_circle_is_opened_once(base: str) -> None:
    good = sent(body("/api/circles"))
    first, second = post(base, "/api/circles", good), post(base, "/api/circles", good)
    assert (first.status, first.body) == (201, b'{"ok":true}')
    assert (second.status, second.body) == (409, b'{"refused":"exists"}')


def test_too_many_openings_at_once_from_one_network_are_refused() -> None:
    stopped = 1_790_000_000.0
    with Serving(now=lambda: stopped) as serving:
        answers = [post(serving.base, "/api/circles", sent(body("/api/circles"))) for _ in range(12)]
    assert [answer.status for answer in answers] == [201] * 10 + [429] * 2
    assert answers[-1].body == b'{"refused":"busy"}'


def test_whoever_opens_many_circles_keeps_no_other_network_from_opening_one() -> None:
    stopped = 1_790_000_000.0
    with Serving(now=lambda: stopped) as serving:
        while post(serving.base, "/api/circles", sent(body("/api/circles"))).status == 201:
            pass
        elsewhere = {"X-Forwarded-For": "203.0.113.9"}
        assert post(serving.base, "/api/circles", sent(body("/api/circles")), **elsewhere).status == 201


def test_nobody_learns_from_a_challenge_whether_a_circle_is_there(base: str) -> None:
    good = body("/api/circles")
    assert post(base, "/api/circles", sent(good)).status == 201
    seen: dict[str, str] = {
        "there": good["rid"],
        "nowhere": links.make().rid,
        "no rid at all": "x",
        "empty": "",
        "long": "A" * 1900,
    }
    for what, rid in seen.items():
        answer = post(base, "/api/challenge", sent({"rid": rid}))
        assert answer.status == 200, what
        told = json.loads(answer.body)
        assert (told.keys(), told["link"]) == ({"nonce", "link"}, 1), what
        assert len(rid) < 2 or rid not in told["nonce"], what


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/circles/x"])
def test_where_no_api_is_the_answer_is_json_too(base: str, path: str) -> None:
    answer = ask(base, path)
    assert (answer.status, answer.body) == (404, b'{"refused":"malformed"}')


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_apis_are_only_posted_to(base: str, path: str, method: str) -> None:
    answer = ask(base, path, method=method, headers={"Origin": base})
    assert (answer.status, answer.body) == (405, b'{"refused":"malformed"}')


def test_a_circles_name_belongs_to_its_facilitators_key_and_nobody_else_opens_one_under_it(base: str) -> None:
    theirs, mine = links.make(), links.make()
    stolen = {**mine.opening(), "rid": theirs.rid, "join": theirs.opening()["join"]}
    assert malformed(post(base, "/api/circles", sent(stolen)))
    assert post(base, "/api/circles", sent(theirs.opening())).status == 201
