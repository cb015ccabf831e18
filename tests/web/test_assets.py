"""Static files: kept for ever under an address that holds the hash of the whole tree, and nothing beside them."""

import gzip
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_tree import ROOT, tracked
from tests.web.asking import ask
from web.assets import BARE, Assets, bare, bare_style

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
STATIC = ROOT / "static"


def loaded() -> list[str]:
    """Every file that a browser may load as code, style or picture, vendored ones included."""
    return sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.suffix in TYPES)


def served(name: str) -> bytes:
    """What of a file is served: of our own modules and styles everything but comments and layout."""
    data, change = (STATIC / name).read_bytes(), BARE.get(Path(name).suffix)
    return change(data.decode()).encode() if change and not name.startswith("vendor/") else data


def test_every_file_comes_whole_and_with_the_type_that_browsers_insist_on(base: str, assets: str) -> None:
    names = loaded()
    assert len(names) > len(tracked("static/js/*.js")) > 20
    for name in names:
        answer = ask(base, f"{assets}/{name}")
        assert answer.status == 200
        assert answer.body == served(name)
        assert answer.headers["content-type"] == TYPES[Path(name).suffix], name
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_who_can_read_it_packed_gets_the_same_file_packed(base: str, assets: str) -> None:
    for name in ("css/base.css", "js/main.js", "icons/hearth.svg"):
        answer = ask(base, f"{assets}/{name}", headers={"Accept-Encoding": "br, gzip"})
        assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "accept-encoding")
        assert gzip.decompress(answer.body) == served(name)


PRINT = ("--allowJs", "--noCheck", "--noResolve", "--removeComments", "--target", "esnext", "--module", "esnext")


def printed(folder: Path, change: Callable[[str], str]) -> dict[str, str]:
    """All our modules, changed so, as TypeScript prints them: without comments, in one form."""
    for path in tracked("static/js/*.js"):
        copy = folder / "in" / path.relative_to(STATIC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(change(path.read_text("utf-8")), "utf-8")
    names = [str(path) for path in sorted((folder / "in").rglob("*.js"))]
    tsc = ROOT / "node_modules/.bin/tsc"
    where = ("--rootDir", str(folder / "in"), "--outDir", str(folder / "out"))
    path = f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"
    subprocess.run([str(tsc), *PRINT, *where, *names], cwd=folder, check=True, env={**os.environ, "PATH": path})
    return {str(path.relative_to(folder / "out")): path.read_text("utf-8") for path in (folder / "out").rglob("*.js")}


def test_a_module_as_it_is_served_is_the_same_module(tmp_path: Path) -> None:
    """But for white space, of which tests/static/weight.test.mjs says that none is lost between two words that are drawn."""
    whole, served_so = printed(tmp_path / "whole", str), printed(tmp_path / "stripped", bare)
    assert len(whole) > 40
    assert [name for name in whole if "".join(whole[name].split()) != "".join(served_so[name].split())] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("// why\nconst a = 1; // here\n", "const a = 1; // here\n"),
        ("/** @type {string} */\nlet b;\n  /* one\n two */\nf();\n", "let b;f();"),
        ("g((/** @type {number} */ x) => x);\n", "g((x) => x);"),
        ("const c = `\n  https://x /* kept */\n`;\n", "const c = `\nhttps://x /* kept */\n`;"),
        ("if (a) {\n  f(\n    b,\n  );\n}\n", "if (a) {f(b,\n);}\n"),
        ("const a = b\n  + c\n\n\ng()\n", "const a = b\n+ c\ng()\n"),
        ("/*! a licence */\n// a\n", "/*! a licence */\n// a\n"),
    ],
)
def test_only_comments_and_layout_go(text: str, left: str) -> None:
    assert bare(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/* why */\n.a,\n.b {\n  color: red;\n}\n", ".a,.b {color: red;}"),
        (".a {\n  margin: 0\n    auto;\n  & b {\n    inset: 0;\n  }\n}\n", ".a {margin: 0\nauto;& b {inset: 0;}}"),
    ],
)
def test_of_a_style_only_comments_and_layout_go(text: str, left: str) -> None:
    assert bare_style(text) == left


@pytest.mark.parametrize(
    "path",
    [
        "/../../server/app.py",
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/server/app.py",
        "/..%2f..%2fserver/app.py",
        "/js/..%2f..%2f..%2fserver/app.py",
        "/..%5c..%5cserver%5capp.py",
        "/%252e%252e/server/app.py",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/css/base.css%00.svg",
        "/%00",
        "/%ff",
        "/" + "a" * 5000,
        "/" + "a/" * 2000,
    ],
)
def test_no_path_leads_out_of_the_tree(base: str, assets: str, path: str) -> None:
    answer = ask(base, f"{assets}{path}")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"
    assert b"import" not in answer.body
    assert b"/bin/" not in answer.body


@pytest.mark.parametrize("path", ["", "/", "/css", "/css/", "/js/views", "/vendor/", "/nothing.js", "/CSS/base.css"])
def test_folders_and_what_is_not_there_are_not_found(base: str, assets: str, path: str) -> None:
    answer = ask(base, assets + path)
    assert answer.status == 404
    assert b"base.css" not in answer.body.replace(b"css/base.css", b"")


def test_only_the_present_hash_is_served(base: str, assets: str) -> None:
    for other in ("0" * 16, assets[8:-1], assets[8:] + "0", assets[8:].upper() + "x", "", "..", "*"):
        answer = ask(base, f"/static/{other}/css/base.css")
        assert (answer.status, answer.headers["cache-control"]) == (404, "no-store"), other
    assert ask(base, "/static/css/base.css").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_files_are_only_read(base: str, assets: str, method: str) -> None:
    before = (STATIC / "css/base.css").read_bytes()
    answer = ask(base, f"{assets}/css/base.css", method=method, body=b"x")
    assert (answer.status, answer.headers["cache-control"]) == (405, "no-store")
    assert (STATIC / "css/base.css").read_bytes() == before


def tree(root: Path, **files: str) -> str:
    """The hash of a tree of these files."""
    for name, text in files.items():
        file = root / name.replace("_", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return Assets(root).hash


def test_any_change_of_any_file_changes_every_address(tmp_path: Path) -> None:
    one = tree(tmp_path / "one", a_x="1", b="2")
    assert tree(tmp_path / "same", b="2", a_x="1") == one
    others = [
        tree(tmp_path / "text", a_x="1", b="3"),
        tree(tmp_path / "name", a_x="1", c="2"),
        tree(tmp_path / "folder", a="1", b="2"),
        tree(tmp_path / "swapped", a_x="2", b="1"),
        tree(tmp_path / "more", a_x="1", b="2", c=""),
        tree(tmp_path / "fewer", a_x="1"),
    ]
    assert len({one, *others}) == 7
    assert Assets(tmp_path / "one").address("a/x") == f"/static/{one}/a/x"


def test_a_link_in_the_tree_leads_no_way_out(base: str, assets: str) -> None:
    assert [path for path in STATIC.rglob("*") if path.is_symlink()] == []
