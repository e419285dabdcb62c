"""What a pack brings: checklists with their content, ready for the act."""

from collections.abc import Sequence
from dataclasses import dataclass

from xiaoan.inspections.contents import Content, Point, figure
from xiaoan.inspections.declarations import Checklists, ChecklistSheet, PointRow


@dataclass(frozen=True, slots=True)
class Brought:
    """A checklist as a pack declares it."""

    code: str
    position: int
    place_kind: str
    name_zh: str
    name_en: str
    content: Content


def brought(section: Checklists) -> Sequence[Brought]:
    """All checklists of a pack, in their order."""
    sheets = sorted(section.root.items(), key=lambda pair: pair[1].order)
    return [
        Brought(code, sheet.order, sheet.place_kind, sheet.title.zh, sheet.title.en, content_of_sheet(sheet))
        for code, sheet in sheets
    ]


def content_of_sheet(sheet: ChecklistSheet) -> Content:
    """The content of a file."""
    return Content(tuple(_point(row) for row in sheet.points), sheet.scored)


def _point(row: PointRow) -> Point:
    """A row of a file."""
    unit = row.answer.unit
    return Point(
        text_zh=row.text.zh,
        text_en=row.text.en,
        basis=tuple(row.basis),
        accident=row.accident or "",
        hazard_kind=row.hazard,
        criterion=row.major or "",
        answer=row.answer.type,
        unit_zh=unit.zh if unit else "",
        unit_en=unit.en if unit else "",
        least=figure(row.answer.least),
        most=figure(row.answer.most),
        photo=row.photo,
        weight=row.weight,
    )
