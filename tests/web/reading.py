"""A page as a browser takes it in: its elements, their attributes, and the words that people read."""

from html.parser import HTMLParser

SPOKEN = {"alt", "title", "label", "placeholder", "aria-label", "aria-description", "aria-roledescription"}
"""attributes that people read or hear"""


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        """every text and every spoken attribute that is not empty, as it stands there"""
        self.scripts = ""
        """what stands between script or style tags"""
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        held = {name: value or "" for name, value in attrs}
        self.tags.append((tag, held))
        self.words += [value for name, value in held.items() if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"}:
            self.scripts += data
        elif data.strip():
            self.words.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [held for name, held in self.tags if name == tag]

    @property
    def addresses(self) -> list[str]:
        """Everything that the page loads or leads to."""
        names = ("src", "href", "action", "formaction", "data", "poster", "srcset", "ping", "background")
        return [held[name] for _, held in self.tags for name in names if name in held]
