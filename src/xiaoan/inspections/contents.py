"""The content of a checklist as a value: what the pack, a draft and a version have in common."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from xiaoan.foundation.once import canonical
from xiaoan.inspections.models import Answer, ChecklistPoint

LONGEST_TEXT = 200
LONGEST_BASIS = 200
MOST_POINTS = 60
HEAVIEST = 100
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Point:
    """检查点 without its number: its place in the content is its number."""

    text_zh: str
    hazard_kind: str
    text_en: str = ""
    basis: tuple[str, ...] = ()
    accident: str = ""
    criterion: str = ""
    answer: str = Answer.JUDGED.value
    unit_zh: str = ""
    unit_en: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    photo: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    """The points in their order, and whether they are scored."""

    points: tuple[Point, ...]
    scored: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the whole, the same for the same content wherever it stands."""
        return sha256(canonical(self).encode()).hexdigest()

    def as_json(self) -> str:
        """As a draft keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)


def content_of_json(text: str) -> Content:
    """What a draft keeps."""
    kept: Mapping[str, Any] = json.loads(text)
    points = tuple(
        Point(
            **row | {"basis": tuple(row["basis"]), **{name: figure(row[name]) for name in ("least", "most")}}
        )
        for row in kept["points"]
    )
    return Content(points, kept["scored"])


def content_of_rows(rows: Iterable[ChecklistPoint], *, scored: bool) -> Content:
    """The points of a version, in their order."""
    names = set(Point.__dataclass_fields__) - {"basis"}
    return Content(
        tuple(
            Point(**{name: getattr(row, name) for name in names}, basis=tuple(row.basis.splitlines()))
            for row in rows
        ),
        scored,
    )


def columns_of(point: Point) -> dict[str, Any]:
    """A point as the columns of its row."""
    return {name: getattr(point, name) for name in Point.__dataclass_fields__} | {
        "basis": "\n".join(point.basis)
    }


def figure(value: Any) -> Decimal | None:
    """A number with two places, so that equal numbers are written alike."""
    return None if value in {None, ""} else Decimal(str(value)).quantize(CENT)
