"""Lines of a text with their places, counted in code points."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the body: `body[start:end]`."""

    start: int
    end: int

    def of(self, body: str) -> str:
        """The words of the stretch."""
        return body[self.start : self.end]

    def stripped(self, body: str) -> "Span":
        """The same stretch without the white space at its edges; empty, at its start, where nothing else stands."""
        words = self.of(body)
        kept = words.strip()
        start = self.start + (words.index(kept) if kept else 0)
        return Span(start, start + len(kept))


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line feed; `start` is its place in the body."""

    start: int
    words: str

    @property
    def end(self) -> int:
        """Where the line feed stands, or the body ends."""
        return self.start + len(self.words)


def lines_of(body: str) -> Iterator[Line]:
    """Every line of the body, blank ones too. Only a line feed ends a line."""
    start = 0
    for words in body.split("\n"):
        yield Line(start, words)
        start += len(words) + 1
