"""The clause tree: which printed numbers open clauses, how they nest, and what each clause says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from xiaoan.plans.reading.letter import closing_start, listed_attachments
from xiaoan.plans.reading.lines import Line, Span, lines_of
from xiaoan.plans.reading.numbering import Label, label_at

LONGEST_HEADING = 30
"""Characters of a first sentence that still counts as a heading."""
_LONGEST_TITLE_LINE = 50
"""Characters of a line without any stop that still counts as a title line."""

_STOP = re.compile(r"[。！？；：:;!?]")
_SENTENCE_END = re.compile(r"[。！？]")
_COMMA = re.compile(r"[，,]")
_TITLE_LINE_STOPS = "：:"


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause. `body[span]` is `text`; `heading_span` and `label_span` say where the rest stands."""

    code: str
    label: str
    heading: str
    text: str
    span: Span
    children: tuple["Clause", ...]
    label_span: Span
    heading_span: Span

    @property
    def own_span(self) -> Span:
        """Heading and text together, without label and children: where a citation's key words are sought."""
        return Span(self.heading_span.start, max(self.heading_span.end, self.span.end))

    def walk(self) -> Iterator["Clause"]:
        """The clause and all that stand under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def as_json(self) -> dict[str, object]:
        """The clause as section 1 of the contracts page states it."""
        return {
            "code": self.code,
            "label": self.label,
            "heading": self.heading,
            "text": self.text,
            "span": [self.span.start, self.span.end],
            "children": [child.as_json() for child in self.children],
        }


def read_clauses(body: str) -> tuple[Clause, ...]:
    """The top clauses in order. A text without printed numbers has none."""
    lines = list(lines_of(body))
    opened = _opened(lines)
    edges = [*(place for place, _ in opened), len(lines)]
    roots = _Opening.root()
    branch = [roots]
    for (place, label), (_, following) in zip(opened, pairwise(edges), strict=True):
        opening = _Opening(label, lines[place:following])
        branch = _branch_for(label, branch)
        branch[-1].children.append(opening)
        branch.append(opening)
    return _clauses(body, roots, "")


@dataclass(slots=True)
class _Opening:
    """A number and the lines up to the next number; the tree while it grows."""

    label: Label | None
    lines: Sequence[Line]
    children: list["_Opening"] = field(default_factory=list)

    @classmethod
    def root(cls) -> "_Opening":
        return cls(None, ())


def _opened(lines: Sequence[Line]) -> list[tuple[int, Label]]:
    """Index of each line that opens a clause, with its number."""
    attachments = listed_attachments(lines)
    opened: list[tuple[int, Label]] = []
    latest: dict[object, int] = {}
    for place, line in enumerate(lines):
        label = None if line.start in attachments else label_at(line.words)
        if label and not (label.doubtful and latest.get(label.style, 0) + 1 != label.number):
            latest[label.style] = label.number
            opened.append((place, label))
    return opened


def _branch_for(label: Label, branch: Sequence[_Opening]) -> list[_Opening]:
    """The open clauses under which this number stands: up to the first that it cannot stand within."""
    kept = [branch[0]]
    for opening in branch[1:]:
        if opening.label is None or not label.style.within(opening.label.style):
            break
        kept.append(opening)
    return kept


def _clauses(body: str, parent: _Opening, prefix: str) -> tuple[Clause, ...]:
    seen: dict[int, int] = defaultdict(int)
    clauses = []
    for opening in parent.children:
        if opening.label is None:
            continue
        number = opening.label.number
        seen[number] += 1
        code = f"{prefix}{number}{_suffix(seen[number])}"
        clauses.append(_clause(body, opening, opening.label, code))
    return tuple(clauses)


def _suffix(occurrence: int) -> str:
    """Nothing for the first of a number under one parent, then b, c … z, aa, ab …"""
    letters = ""
    while occurrence > 1 or letters:
        occurrence, letter = divmod(occurrence - 1, 26)
        letters = chr(ord("a") + letter) + letters
        if occurrence == 0:
            break
    return letters


def _clause(body: str, opening: _Opening, label: Label, code: str) -> Clause:
    first = opening.lines[0]
    label_span = Span(first.start + label.start, first.start + label.end)
    heading, words_start = _heading(body, Span(label_span.end, first.end))
    end = closing_start(opening.lines[1:])
    text = Span(words_start, opening.lines[-1].end if end is None else end).stripped(body)
    return Clause(
        code=code,
        label=label_span.of(body),
        heading=heading.of(body),
        text=text.of(body),
        span=text,
        children=_clauses(body, opening, f"{code}."),
        label_span=label_span,
        heading_span=heading,
    )


def _heading(body: str, rest: Span) -> tuple[Span, int]:
    """The heading in what follows the number on its line, and where the text may begin."""
    rest = rest.stripped(body)
    words = rest.of(body)
    if title := _title_line(words):
        return Span(rest.start, rest.start + len(title)), rest.end
    end = _SENTENCE_END.search(words)
    if end and 0 < end.start() <= LONGEST_HEADING and not _COMMA.search(words, 0, end.start()):
        return Span(rest.start, rest.start + end.start()), rest.start + end.end()
    return Span(rest.start, rest.start), rest.start


def _title_line(words: str) -> str:
    """The words of a line that is a title alone, without a closing colon; else nothing."""
    title = words.rstrip(_TITLE_LINE_STOPS)
    return title if len(title) <= _LONGEST_TITLE_LINE and not _STOP.search(title) else ""
