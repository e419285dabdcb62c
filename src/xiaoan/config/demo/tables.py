"""Excel files in memory, brought in as a person would: checked, looked at, applied."""

from collections.abc import Sequence
from io import BytesIO

from xiaoan.config.demo.acting import ask_for
from xiaoan.config.demo.register import Cells
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.imports import check, known_imports
from xiaoan.foundation.sheets import Sheet, write_workbook

SHOWN = 5


def bring_in(kind: str, headings: Sequence[str], rows: Sequence[Cells], actor: Actor) -> None:
    """Import rows of a kind (`units`, `places`, `people`, `appointments`); none is nothing to do.

    Raises `RuleBroken` with the first errors of the file.
    """
    if not rows:
        return
    offered, apply = known_imports()[kind]
    title = str(offered.title)
    file = BytesIO()
    write_workbook([Sheet(title, headings, rows)], file)
    draft = check(offered, file.getvalue(), f"{title}.xlsx", actor)
    if errors := draft.error_list():
        raise RuleBroken({"file": [f"{title}!{each.cell}: {each.message}" for each in errors[:SHOWN]]})
    apply(actor=actor, ask=ask_for("import", kind, clock.today()), draft=draft)
