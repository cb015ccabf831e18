"""Jinja2 pages in the language that the browser asks for. Catalogues are plain .po files, read once at the start."""

from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path
from typing import NamedTuple

import jinja2
from babel.core import Locale, negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from starlette.responses import HTMLResponse

from web.helplines import Line, nearest_first

SOURCE = "en"


class Words(NullTranslations):
    """A catalogue as gettext wants it; what is not translated stays in the source language."""

    def __init__(self, catalog: Catalog | None) -> None:
        super().__init__()
        messages = catalog or ()
        self._texts = {str(message.id): str(message.string) for message in messages if message.id and message.string}

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)


class Away(NamedTuple):
    """What stands on every page for whoever needs something else: a neutral address, and lines to call."""

    exit: str
    lines: tuple[Line, ...]


class Templates:
    """The pages, ready to be shown."""

    def __init__(self, root: Path, static: Callable[[str], str], away: Away) -> None:
        self._words = {SOURCE: Words(None)} | {
            file.parent.name: _read(file) for file in sorted((root / "locale").glob("*/messages.po"))
        }
        self._lines = away.lines
        self._environments = {
            name: _environment(root, static, name, words, away.exit) for name, words in self._words.items()
        }

    def show(self, name: str, accepted: str, status: int = 200) -> HTMLResponse:
        language = choose(accepted, list(self._words))
        page = self._environments[language].get_template(name)
        return HTMLResponse(page.render(status=status, lines=nearest_first(self._lines, accepted)), status)


def choose(accepted: str, languages: list[str]) -> str:
    """The best of our languages for an Accept-Language header; the source language if none fits."""
    wanted = [part.split(";")[0].strip() for part in accepted[:200].split(",") if part.strip()]
    found = negotiate_locale(wanted, languages, sep="-") or SOURCE
    return {language.lower(): language for language in languages}[found.lower()]


def _read(file: Path) -> Words:
    with file.open("rb") as stream:
        return Words(read_po(stream))


def _environment(root: Path, static: Callable[[str], str], name: str, words: Words, exit_: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(root / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(words, newstyle=False)  # type: ignore[attr-defined]
    shared: dict[str, object] = {
        "static": static,
        "exit": exit_,
        "lang": name,
        "dir": Locale.parse(name, sep="-").text_direction,
    }
    environment.globals.update(shared)  # type: ignore[arg-type]
    return environment
