"""The plan document as other parts see it, and the three ways to read one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiaoan.foundation.errors import Words
from xiaoan.plans.reading.clauses import Clause, read_clauses
from xiaoan.plans.reading.cues import Cue, read_cues
from xiaoan.plans.reading.layout import clean_body
from xiaoan.plans.reading.letter import read_letter
from xiaoan.plans.reading.sources import Source, source_of, source_of_bytes

__all__ = ["Clause", "Cue", "PlanDocument", "read_plan", "read_plan_bytes", "read_text"]


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan as read. Spans count code points of `body`. None: the document does not say.

    `skipped` names what the file held besides text (pictures, text boxes, notes…).
    """

    title: str | None
    number: str | None
    issuer: str | None
    date: date | None
    body: str
    clauses: tuple[Clause, ...]
    cues: tuple[Cue, ...]
    skipped: tuple[Words, ...] = ()

    def walk(self) -> Iterator[Clause]:
        """Every clause in reading order."""
        for clause in self.clauses:
            yield from clause.walk()

    def as_json(self) -> dict[str, object]:
        """The object of `xiaoan plan read --json`, section 1 of the contracts page."""
        return {
            "title": self.title,
            "number": self.number,
            "issuer": self.issuer,
            "date": self.date and self.date.isoformat(),
            "body": self.body,
            "clauses": [clause.as_json() for clause in self.clauses],
            "cues": [cue.as_json() for cue in self.cues],
            "skipped": [str(words) for words in self.skipped],
        }


def read_plan(path: Path) -> PlanDocument:
    """Reads a text, Markdown or Word file, told apart by content. Refuses with `UnreadableDocument`."""
    return _document(source_of(path))


def read_plan_bytes(data: bytes, *, name: str) -> PlanDocument:
    """The same for a file in memory; `name` is how a refusal speaks of it."""
    return _document(source_of_bytes(data, name=name))


def read_text(body: str, *, skipped: tuple[Words, ...] = ()) -> PlanDocument:
    """Reads a text that is already clean: the body stays as it is, to the character."""
    clauses = read_clauses(body)
    first = clauses[0].label_span.start if clauses else len(body)
    letter = read_letter(body, first)
    return PlanDocument(
        title=letter.title,
        number=letter.number,
        issuer=letter.issuer,
        date=letter.date,
        body=body,
        clauses=clauses,
        cues=read_cues(body, clauses),
        skipped=skipped,
    )


def _document(source: Source) -> PlanDocument:
    return read_text(clean_body(source.text), skipped=source.skipped)
