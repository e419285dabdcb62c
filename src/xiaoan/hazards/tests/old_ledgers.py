"""Old ledgers for tests: rows under their headings, checked and applied."""

from datetime import date
from typing import Any

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.imports import ImportDraft, check, known_imports
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import District
from xiaoan.organisations.tests.tables import workbook

SCHOOL = "YH-S1"
KIND = "hazards"


def a_row(number: str = "旧-1", **cells: Any) -> dict[str, Any]:
    """A general hazard of the school, found in March 2024 and not handed out yet."""
    plain = {
        "原编号": number,
        "单位编码": SCHOOL,
        "地点": "食堂",
        "种类": "燃气",
        "隐患描述": "燃气软管老化",
        "来源": "学校自查",
        "发现日期": date(2024, 3, 4),
        "等级": "一般",
    }
    return plain | cells


def a_closed_row(number: str = "旧-1", **cells: Any) -> dict[str, Any]:
    """The same, put right in time, accepted and closed."""
    closed = {
        "发现人": "沈知远",
        "交办日期": date(2024, 3, 5),
        "责任岗位": "post_holder",
        "责任人": "周砚秋",
        "整改期限": date(2024, 3, 20),
        "整改措施": "更换软管",
        "整改完成日期": date(2024, 3, 12),
        "整改人": "周砚秋",
        "验收日期": date(2024, 3, 13),
        "验收人": "沈知远",
        "销号日期": date(2024, 3, 14),
        "销号人": "陈敬之",
    }
    return a_row(number, **closed | cells)


def ledger(*rows: dict[str, Any]) -> bytes:
    """A workbook of these rows."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    return workbook(" ".join(headings), *[[row.get(heading) for heading in headings] for row in rows])


def checked(district: District, *rows: dict[str, Any], who: str = "gu") -> ImportDraft:
    """The draft of a ledger of these rows."""
    return check(known_imports()[KIND][0], ledger(*rows), "台账.xlsx", district.actor(who))


def applied(district: District, draft: ImportDraft, who: str = "gu") -> ImportDraft:
    """A draft after its act."""
    return known_imports()[KIND][1](actor=district.actor(who), ask=Ask(), draft=draft)


def brought(district: District, *rows: dict[str, Any], who: str = "gu") -> ImportDraft:
    """A ledger without a fault, applied."""
    draft = checked(district, *rows, who=who)
    assert [str(error) for error in draft.error_list()] == []
    return applied(district, draft, who)


def hazard(number: str = "旧-1") -> Hazard:
    """The hazard that a row became."""
    rows = Hazard.objects.everything("a test").select_related("unit", "pack_version")
    found: Hazard = rows.get(old_code=number)
    return found


def wrong(district: District, *rows: dict[str, Any], who: str = "gu") -> list[tuple[str, str]]:
    """Heading and words of every error of a ledger."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    errors = checked(district, *rows, who=who).error_list()
    return [(headings[_column(error.cell)], str(error.message)) for error in errors]


def _column(cell: str) -> int:
    """0 for A7, 26 for AA7."""
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
