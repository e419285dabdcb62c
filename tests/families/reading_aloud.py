"""What a page says in words: its texts and spoken attributes, without what is marked as Chinese."""

from html.parser import HTMLParser

SPOKEN = {"alt", "aria-label", "placeholder", "title", "value", "content", "data-label"}
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"}
CHINESE = "zh-CN"


class _Reader(HTMLParser):
    """Collects words; a Chinese part keeps silent, a part inside it in another language speaks again."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang, hidden = given.get("lang"), given.get("aria-hidden") == "true" or tag in {"script", "style"}
        silent = hidden or (lang == CHINESE if lang else self._silent[-1])
        if not silent:
            self.said += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in EMPTY:
            self._silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent[-1] and data.strip():
            self.said.append(data.strip())


def words_of(page: str) -> list[str]:
    """Every text and spoken attribute of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.said
