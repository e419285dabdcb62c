"""Reads a plan document: its clean text, its clauses with their printed numbers, its cues.

`read_plan(path)` takes a text, Markdown or Word file; `read_plan_bytes` the same from memory;
`read_text(body)` a text that is already clean; `find_words` finds the key words of a citation in a
clause. A file that cannot be read is refused with `UnreadableDocument`. Nothing here knows a database.
The contract is section 1 of the contracts page; the mechanism is told in `docs/mechanisms/plan-reading.md`.
"""

from xiaoan.plans.reading.document import (
    Clause,
    Cue,
    PlanDocument,
    read_plan,
    read_plan_bytes,
    read_text,
)
from xiaoan.plans.reading.errors import OversizedDocument, UnreadableDocument
from xiaoan.plans.reading.lines import Span
from xiaoan.plans.reading.words import find_words

__all__ = [
    "Clause",
    "Cue",
    "OversizedDocument",
    "PlanDocument",
    "Span",
    "UnreadableDocument",
    "find_words",
    "read_plan",
    "read_plan_bytes",
    "read_text",
]
