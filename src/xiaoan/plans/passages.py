"""A clause's text, cut where citations begin and end, so that the page can underline and mark them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from xiaoan.foundation.languages import is_english
from xiaoan.plans.models import Citation

MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text: cited or not, with the marks of the citations that end here."""

    text: str
    cited: bool = False
    current: bool = False
    marks: tuple[tuple[str, str], ...] = ()
    """Mark and duty code."""

    @property
    def body(self) -> str:
        """The text but for the character that its marks cling to."""
        return self.text[:-1] if self.marks else self.text

    @property
    def tail(self) -> str:
        """The character that its marks cling to, so that no line begins with a mark."""
        return self.text[-1:] if self.marks else ""

    @property
    def signs(self) -> str:
        """The marks."""
        return "".join(sign for sign, _code in self.marks)


def mark(place: int) -> str:
    """The mark of a clause's n-th duty: 甲 乙 丙; a b c on an English page."""
    signs = LETTERS if is_english() else MARKS
    return signs[place] if place < len(signs) else str(place + 1)


def paragraphs(
    text: str, citations: Sequence[Citation], marks: dict[str, str], open_duty: str
) -> list[list[Passage]]:
    """The paragraphs of a text as passages. `marks` gives the mark of each duty code."""
    found: list[list[Passage]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(_passages(line, start, citations, marks, open_duty))
        start += len(line) + 1
    return found


def _passages(
    line: str, start: int, citations: Sequence[Citation], marks: dict[str, str], open_duty: str
) -> list[Passage]:
    """One line, cut at the edges of the citations inside it."""
    end = start + len(line)
    inside = [each for each in citations if start <= each.span_start and each.span_end <= end]
    edges = sorted({start, end, *(edge for each in inside for edge in (each.span_start, each.span_end))})
    found = []
    for begin, until in itertools.pairwise(edges):
        covering = [each for each in inside if each.span_start <= begin and until <= each.span_end]
        ending = [each for each in covering if each.span_end == until]
        found.append(
            Passage(
                text=line[begin - start : until - start],
                cited=bool(covering),
                current=any(each.duty.code == open_duty for each in covering),
                marks=tuple((marks[each.duty.code], each.duty.code) for each in ending),
            )
        )
    return found
