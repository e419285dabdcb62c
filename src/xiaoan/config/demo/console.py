"""What the demo says on the console: steps with a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TextIO

from xiaoan.foundation.languages import is_english

BAR = 24
EVERY = 0.1
"""Seconds between two pictures of a bar."""
CLEAR = "\r\x1b[K"


@dataclass(frozen=True, slots=True)
class Says:
    """Words of the console in both languages."""

    zh: str
    en: str


class Console:
    """Speaks the language that was chosen when it was made."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._english = is_english()
        self._is_terminal = self._stream.isatty()

    def words(self, says: Says) -> str:
        """The words in the language of the console."""
        return says.en if self._english else says.zh

    def say(self, says: Says) -> None:
        """One line."""
        self.line(self.words(says))

    def line(self, words: str) -> None:
        """One line of words that speak the language already."""
        self._write(words + "\n")

    def table(self, rows: list[tuple[str, ...]]) -> None:
        """Rows in columns; a Chinese character is two wide."""
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
            self._write(f"  {'  '.join(cells).rstrip()}\n")

    @contextmanager
    def step(self, says: Says, total: int = 0) -> Iterator[Callable[[], None]]:
        """A step of work; the function that it hands out moves its bar by one of `total`."""
        words, began, shown, done = self.words(says), monotonic(), 0.0, 0

        def tick() -> None:
            nonlocal shown, done
            done += 1
            if self._is_terminal and monotonic() - shown > EVERY:
                shown = monotonic()
                self._write(f"{CLEAR}{words}  {_bar(done, total)}")

        if self._is_terminal:
            self._write(words)
        yield tick
        count = f"  {done}" if total else ""
        self._write(f"{CLEAR if self._is_terminal else ''}{words}{count}  {monotonic() - began:.1f} s\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _bar(done: int, total: int) -> str:
    filled = BAR * done // max(total, 1)
    return f"{'█' * filled}{'░' * (BAR - filled)} {done}/{total}"


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)  # noqa: PLR2004 - where CJK begins
