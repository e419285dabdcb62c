"""`python tools/draw_lifecycles.py`: the tables of moves into their pages of `docs/mechanisms`, between markers."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from xiaoan.foundation.lifecycle import Lifecycle, Move

MECHANISMS = Path(__file__).resolve().parents[1] / "docs" / "mechanisms"
ENDS = "[*]"


def lifecycles() -> dict[str, dict[str, "Lifecycle"]]:
    """Page -> name -> table."""
    from xiaoan.hazards.lifecycle import EXTENSION, HAZARD, REFERRAL  # import: Django is set up first

    return {"hazards.md": {"hazard": HAZARD, "extension": EXTENSION, "referral": REFERRAL}}


def drawn(life: "Lifecycle") -> str:
    """A table of moves as a Mermaid diagram of its steps and a list of all its moves."""
    return "\n".join(["```mermaid", *_diagram(life), "```", "", *_table(life)])


def _diagram(life: "Lifecycle") -> list[str]:
    """Steps and the moves between them; what stays where it is stands in the list only."""
    lines = ["stateDiagram-v2", *(f'    state "{words}" as {code}' for code, words in life.states.items())]
    between: dict[tuple[str, str], list[str]] = {}
    for move in life.moves:
        for frm in _in_order(life, move.frm):
            if move.to:
                words = between.setdefault((frm, move.to), [])
                words += [str(move.label)] if str(move.label) not in words else []
    lines += [f"    {frm} --> {to}: {'、'.join(words)}" for (frm, to), words in between.items()]
    ends = [code for code in life.states if not any(frm == code for frm, _to in between)]
    return lines + [f"    {code} --> {ENDS}" for code in ends]


def _table(life: "Lifecycle") -> list[str]:
    """Every move with where it begins, where it ends, what it must bring and when it applies."""
    heads = ["| verb | words | from | to | brings | when |", "| --- | --- | --- | --- | --- | --- |"]
    return heads + [_row(life, move) for move in life.moves]


def _row(life: "Lifecycle", move: "Move") -> str:
    """One move."""
    frm = "、".join(str(life.states[code]) for code in _in_order(life, move.frm))
    to = str(life.states[move.to]) if move.to else "stays"
    when = "" if move.when.__name__ == "always" else move.when.__name__.replace("_", " ")
    who = "the machine" if move.robot else ""
    brings = ", ".join(move.needs)
    return (
        f"| `{move.verb}` | {move.label} | {frm} | {to} | {brings} | {', '.join(filter(None, [when, who]))} |"
    )


def _in_order(life: "Lifecycle", codes: Iterable[str]) -> list[str]:
    """Codes in the order of the table's states."""
    given = set(codes)
    return [code for code in life.states if code in given]


def put(page: str, name: str, drawing: str) -> str:
    """A page with a drawing between the markers of its name."""
    begin, end = f"<!-- lifecycle {name}: tools/draw_lifecycles.py -->\n", f"<!-- end of {name} -->\n"
    before, _begin, rest = page.partition(begin)
    _old, _end, after = rest.partition(end)
    if not (_begin and _end):
        raise LookupError(f"the page has no markers of {name}")
    return f"{before}{begin}{drawing}\n{end}{after}"


def with_drawings(page: str, tables: "dict[str, Lifecycle]") -> str:
    """A page with all its drawings as the tables say today."""
    for name, life in tables.items():
        page = put(page, name, drawn(life))
    return page


def main() -> None:
    """Write every page anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoan.config.settings")
    django.setup()
    for name, tables in lifecycles().items():
        path = MECHANISMS / name
        path.write_text(with_drawings(path.read_text(encoding="utf-8"), tables), encoding="utf-8")


if __name__ == "__main__":
    main()
