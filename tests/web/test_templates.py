"""Languages: each sentence of a page can be translated, and a translation is one file and nothing else."""

import itertools
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from tests.serving import Serving
from tests.test_tree import ROOT
from tests.web.asking import ask
from tests.web.reading import Page
from web import pages
from web.templates import Away, Templates, choose

NAME = "Roundhearth"
SHOWN = (("start.html", 200), ("circle.html", 200), ("message.html", 404), ("message.html", 405), ("message.html", 500))
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}


def sentences() -> set[str]:
    """What the templates hand to gettext, as a translator's tools find it."""
    found = extract_from_dir(ROOT / "web/templates", [("**.html", "jinja2.ext:babel_extract")], OPTIONS)
    return {str(message) for _, _, message, _, _ in found}


def marked(sentence: str) -> str:
    return f"«{sentence}»"


def add_language(root: Path, name: str, translated: set[str]) -> None:
    """The one file: each of these sentences in marks."""
    catalog = Catalog(locale=name)
    for sentence in translated:
        catalog.add(sentence, marked(sentence))
    file = root / "locale" / name / "messages.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_po(stream, catalog)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the pages to which a language may be added."""
    shutil.copytree(ROOT / "web/templates", tmp_path / "web/templates")
    (tmp_path / "static").mkdir()
    return tmp_path / "web"


def shown(root: Path, language: str) -> Iterator[Page]:
    templates = Templates(root, lambda path: f"/static/{path}", Away("https://away.example/", ()))
    for name, status in SHOWN:
        yield Page(bytes(templates.show(name, language, status).body).decode())


def test_every_word_of_every_page_can_be_translated(root: Path) -> None:
    add_language(root, "eo", sentences())
    for page in shown(root, "eo"):
        spoken = [words for words in page.words if words != NAME]
        assert spoken
        assert [words for words in spoken if not (words.startswith("«") and words.endswith("»"))] == []


def test_every_sentence_for_translators_stands_on_some_page(root: Path) -> None:
    add_language(root, "eo", sentences())
    spoken = itertools.chain.from_iterable(page.words for page in shown(root, "eo"))
    assert {words for words in spoken if words != NAME} == {marked(sentence) for sentence in sentences()}


def held(catalog: bytes) -> set[str]:
    return {str(message.id) for message in read_po(BytesIO(catalog)) if message.id}


def test_catalogues_hold_no_sentence_that_no_page_says_and_their_template_holds_all() -> None:
    made_up = b'msgid "Long gone"\nmsgstr "Fort"\n\nmsgid "Open a circle"\nmsgstr "Auf"\n'
    assert held(made_up) - sentences() == {"Long gone"}
    for file in (ROOT / "web/locale").rglob("*.po*"):
        found = held(file.read_bytes())
        assert found <= sentences(), file
        assert file.suffix != ".pot" or found == sentences()


def test_a_language_is_one_file_and_nothing_else(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "HERE", root)
    with Serving() as without:
        before = ask(without.base, headers={"Accept-Language": "eo"}).text
    add_language(root, "eo", sentences())
    with Serving() as serving:
        for path, status in (("/", 200), ("/c/AAAA", 200), ("/nothing", 404)):
            answer = ask(serving.base, path, headers={"Accept-Language": "eo-XX, en;q=0.5"})
            assert answer.status == status
            assert Page(answer.text).all("html") == [{"lang": "eo", "dir": "ltr"}]
            assert "«" in answer.text
        assert ask(serving.base, headers={"Accept-Language": "en, eo;q=0.5"}).text == before
        assert ask(serving.base).text == before


def test_what_is_not_translated_stays_in_the_source_language(root: Path) -> None:
    add_language(root, "eo", {"Open a circle"})
    words = next(shown(root, "eo")).words
    assert marked("Open a circle") in words
    assert "How it goes" in words


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("eo", "ltr"), ("ja", "ltr")]
)
def test_the_direction_follows_the_language(root: Path, language: str, direction: str) -> None:
    add_language(root, language, sentences())
    for page in shown(root, language):
        assert page.all("html") == [{"lang": language, "dir": direction}]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de-AT, en;q=0.7", "de"),
        ("fr, de;q=0.5", "de"),
        ("fr-CH, fr;q=0.9, de;q=0.8, en;q=0.7", "de"),
        ("en-GB, de", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        (",;,-, ;q=1", "en"),
        ("f" * 199 + ", de", "en"),
    ],
)
def test_the_first_language_that_we_have_is_taken(accepted: str, language: str) -> None:
    assert choose(accepted, ["en", "de"]) == language


@given(st.text(max_size=300).map(str.lower))
def test_whatever_a_browser_asks_for_it_gets_one_of_our_languages(accepted: str) -> None:
    assert choose(accepted, ["en", "de"]) in {"en", "de"}


@given(st.text(max_size=300) | st.sampled_from(["EN", "DE-at", "De", "EN-us, de"]))
def test_whatever_a_browser_asks_for_in_whatever_letters(accepted: str) -> None:
    assert choose(accepted, ["en", "de", "pt-BR"]) in {"en", "de", "pt-BR"}


@pytest.mark.parametrize(
    ("accepted", "language"), [("EN", "en"), ("DE-at", "de"), ("PT-br", "pt-BR"), ("pt-BR", "pt-BR")]
)
def test_a_language_tag_has_no_case(accepted: str, language: str) -> None:
    assert choose(accepted, ["en", "de", "pt-BR"]) == language


def test_a_page_in_capitals() -> None:
    with Serving() as serving:
        assert ask(serving.base, headers={"Accept-Language": "EN"}).status == 200


@pytest.mark.parametrize("language", ["pt-BR", "zh-Hans", "sr-Latn"])
def test_a_language_of_a_region_is_one_file_too(root: Path, language: str) -> None:
    add_language(root, language.replace("-", "_"), {"Open a circle"})
    (root / "locale" / language.replace("-", "_")).rename(root / "locale" / language)
    page = next(shown(root, language))
    assert page.all("html") == [{"lang": language, "dir": "ltr"}]
    assert marked("Open a circle") in page.words


def test_a_translation_is_text_whatever_it_holds(root: Path) -> None:
    file = root / "locale/eo/messages.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Open a circle"\nmsgstr "100 % <b onclick=x>s</b> %(x)s"\n')
    page = next(shown(root, "eo"))
    assert "100 % <b onclick=x>s</b> %(x)s" in page.words
