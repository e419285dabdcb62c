"""The table of places: its headings (`13-contracts.md` section 7) and what its rows mean for the register."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import Entry, ImportKind, Resolution, repeated_keys
from xiaoan.foundation.sheets import CellError, Column, Row
from xiaoan.organisations.codes import CODE_WORDS, is_code
from xiaoan.organisations.models import Place, Unit
from xiaoan.organisations.permissions import may_import_places

COLUMNS = (
    Column(
        "编码", required=True, example="SL-01-CF", meaning=gettext_lazy("部位的唯一编码，字母、数字和 . - _")
    ),
    Column("名称", required=True, example="食堂后厨"),
    Column("单位编码", required=True, example="SL-01"),
    Column("类别", required=True, example="食堂", meaning=gettext_lazy("部位的种类，如食堂、实验室、宿舍")),
    Column("校区", example="", meaning=gettext_lazy("只有一个校区时空着")),
    Column("责任岗位", example="食堂负责人", meaning=gettext_lazy("负责这个部位的岗位名称")),
)
LIMITS = {"名称": 60, "类别": 32, "校区": 40, "责任岗位": 40}


def resolve_places(actor: Actor, rows: Sequence[Row]) -> Resolution:
    """Compare rows with the register; units of other districts are unknown here."""
    units = {unit.code.upper(): unit for unit in Unit.objects.visible_to(actor)}
    places = {
        place.code.upper(): place
        for place in Place.objects.visible_to(actor).select_related("unit", "campus")
    }
    errors = repeated_keys(rows, ["编码"])
    entries = []
    for row in rows:
        wrong = list(_errors(row, units))
        errors += wrong
        if not wrong:
            entries.append(_entry(row, places))
    return Resolution(entries, errors)


def _errors(row: Row, units: Mapping[str, Unit]) -> Iterator[CellError]:
    """What is wrong with a row."""
    if not is_code(str(row.values["编码"])):
        yield row.error("编码", CODE_WORDS)
    for heading, limit in LIMITS.items():
        if len(str(row.values.get(heading) or "")) > limit:
            yield row.error(heading, _("最多 %(limit)s 个字。") % {"limit": limit})
    if str(row.values["单位编码"]).upper() not in units:
        words = _("没有找到编码为 %(code)s 的单位，请先补上这个单位。")
        yield row.error("单位编码", words % {"code": str(row.values["单位编码"])[:40]})


def _entry(row: Row, places: Mapping[str, Place]) -> Entry:
    """A row beside the place as it is."""
    wanted: dict[str, Any] = {
        "name": row.values["名称"],
        "unit": str(row.values["单位编码"]).upper(),
        "kind": row.values["类别"],
    }
    wanted |= {
        field: row.values[heading]
        for heading, field in (("校区", "campus"), ("责任岗位", "post"))
        if heading in row.values
    }
    place = places.get(str(row.values["编码"]).upper())
    return Entry(place.code if place else str(row.values["编码"]), wanted, _current(place) if place else None)


def _current(place: Place) -> dict[str, Any]:
    """The fields of a place as a table would give them."""
    return {
        "name": place.name,
        "unit": place.unit.code.upper(),
        "kind": place.kind,
        "campus": place.campus.name if place.campus else "",
        "post": place.post_name,
    }


PLACES = ImportKind("places", gettext_lazy("部位"), COLUMNS, may_import_places, resolve_places)
