"""The table of units: its headings (`13-contracts.md` section 7) and what its rows mean for the register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import Entry, ImportKind, Resolution, repeated_keys
from xiaoan.foundation.sheets import CellError, Column, Kind, Row
from xiaoan.organisations.codes import CODE_WORDS, is_code
from xiaoan.organisations.models import CircleKind, Membership, Unit, UnitKind, UnitYear
from xiaoan.organisations.permissions import may_import_units
from xiaoan.organisations.tree import PATH_LENGTH, paths_of
from xiaoan.organisations.words import kind_words, stage_words

COLUMNS = (
    Column(
        "编码", required=True, example="SL-01", meaning=gettext_lazy("单位的唯一编码，字母、数字和 . - _")
    ),
    Column("名称", required=True, example="示例小学"),
    Column(
        "类别",
        required=True,
        example="学校",
        meaning=gettext_lazy(
            "教育局、科室、中心、学校、直属单位、部门、街镇、举办者、联动部门、第三方机构、保安服务公司"
        ),
    ),
    Column("上级编码", example="", meaning=gettext_lazy("空着就是直接属于教育局")),
    Column(
        "学段",
        example="小学",
        meaning=gettext_lazy("幼儿园、小学、初中、九年一贯制、高中、完全中学、中职、特殊教育、成人教育"),
    ),
    Column("协作组", example=""),
    Column("街镇", example="", meaning=gettext_lazy("所在的街道或镇")),
    Column("学生数", kind=Kind.INTEGER, example=800),
    Column("寄宿生数", kind=Kind.INTEGER, example=0),
    Column("启用日期", kind=Kind.DATE, example=date(2020, 9, 1), meaning=gettext_lazy("空着就是一直都在")),
    Column("停用日期", kind=Kind.DATE, meaning=gettext_lazy("从这一天起单位不再存在")),
)
PLAIN_FIELDS = {"名称": "name", "启用日期": "opened_on", "停用日期": "closed_on"}
YEAR_FIELDS = {"学段": "stage", "学生数": "pupils", "寄宿生数": "boarders"}
CIRCLE_FIELDS = {"协作组": CircleKind.GROUP, "街镇": CircleKind.TOWN}
NAME_LENGTH, CIRCLE_LENGTH, MOST_PUPILS = 60, 40, 100_000


@dataclass(frozen=True, slots=True)
class Register:
    """The district's units as they are, with their latest facts and the circles of today."""

    units: Mapping[str, Unit]
    codes: Mapping[UUID, str]
    root: Unit
    years: Mapping[UUID, UnitYear]
    circles: Mapping[tuple[UUID, str], str]
    """Unit and kind of circle → name."""

    @classmethod
    def of(cls, actor: Actor) -> "Register":
        """Three statements, however many units."""
        today = clock.today()
        units = {unit.code.upper(): unit for unit in Unit.objects.visible_to(actor)}
        years = UnitYear.objects.visible_to(actor).order_by("school_year")
        memberships = Membership.objects.visible_to(actor).select_related("circle")
        return cls(
            units=units,
            codes=(codes := {unit.id: code for code, unit in units.items()}),
            root=units[codes[actor.district_id]],
            years={year.unit_id: year for year in years},
            circles={
                (each.unit_id, each.circle.kind): each.circle.name
                for each in memberships
                if each.starts_on <= today and (each.ends_on is None or each.ends_on > today)
            },
        )

    def parents(self) -> dict[str, str]:
        """Code → code of the unit above; the root has none."""
        return {code: self.parent_of(unit) for code, unit in self.units.items()}

    def parent_of(self, unit: Unit) -> str:
        """The code above a unit; empty above the root."""
        return self.codes[unit.parent_id] if unit.parent_id else ""

    def current(self, unit: Unit) -> dict[str, Any]:
        """The fields of a unit as a table would give them."""
        year = self.years.get(unit.id)
        return {
            "name": unit.name,
            "kind": unit.kind,
            "parent": self.parent_of(unit),
            "opened_on": unit.opened_on,
            "closed_on": unit.closed_on,
            "stage": year.stage if year else "",
            "pupils": year.pupils if year else None,
            "boarders": year.boarders if year else None,
            **{kind.value: self.circles.get((unit.id, kind), "") for kind in CircleKind},
        }


def resolve_units(actor: Actor, rows: Sequence[Row]) -> Resolution:
    """Compare rows with the register; units of other districts are unknown here."""
    register = Register.of(actor)
    parents = register.parents()
    in_file = {_code(row): _parent(row, register) for row in reversed(rows)}
    final = parents | {code: above for code, above in in_file.items() if above is not None}
    known = final.keys() | in_file.keys()
    paths = paths_of(final)
    errors = repeated_keys(rows, ["编码"])
    entries = []
    for row in rows:
        wrong = [*_cell_errors(row), *_tree_errors(row, register, known, paths)]
        errors += wrong
        if not wrong:
            entries.append(_entry(row, register))
    return Resolution(entries, errors, list(_namesakes(rows, register)))


def _code(row: Row) -> str:
    """The code by which a unit is found."""
    return str(row.values["编码"]).upper()


def _parent(row: Row, register: Register) -> str | None:
    """The code above, the root where none is given; None where the file leaves it as it is."""
    code = _code(row)
    if code == register.root.code.upper():
        return ""
    if "上级编码" not in row.values and code in register.units:
        return None
    return str(row.values.get("上级编码") or register.root.code).upper()


def _cell_errors(row: Row) -> Iterator[CellError]:
    """What is wrong with single cells."""
    value: Mapping[str, Any] = row.values
    if not is_code(value["编码"]):
        yield row.error("编码", CODE_WORDS)
    for heading, limit in (("名称", NAME_LENGTH), ("协作组", CIRCLE_LENGTH), ("街镇", CIRCLE_LENGTH)):
        if len(value.get(heading, "")) > limit:
            yield row.error(heading, _("最多 %(limit)s 个字。") % {"limit": limit})
    if value["类别"] not in kind_words():
        words = _("没有“%(word)s”这个类别，可填：%(known)s。")
        yield row.error("类别", words % _choice(value["类别"], kind_words()))
    if value.get("学段") and value["学段"] not in stage_words():
        words = _("没有“%(word)s”这个学段，可填：%(known)s。")
        yield row.error("学段", words % _choice(value["学段"], stage_words()))
    if value.get("启用日期") and value.get("停用日期") and value["停用日期"] <= value["启用日期"]:
        yield row.error("停用日期", _("停用日期应晚于启用日期。"))
    yield from _number_errors(row, value.get("学生数"), value.get("寄宿生数"))


def _number_errors(row: Row, pupils: int | None, boarders: int | None) -> Iterator[CellError]:
    """What is wrong with the numbers of pupils."""
    for heading, number in (("学生数", pupils), ("寄宿生数", boarders)):
        if not 0 <= (number or 0) <= MOST_PUPILS:
            yield row.error(heading, _("人数应在 0 至 %(most)s 之间。") % {"most": MOST_PUPILS})
    if pupils is not None and 0 <= pupils < (boarders or 0):
        yield row.error("寄宿生数", _("寄宿生数不能多于学生数。"))


def _choice(word: str, known: Mapping[str, str]) -> dict[str, str]:
    """A wrong word and the right ones, each meaning by its first word."""
    first_words: dict[str, str] = {}
    for name, value in known.items():
        first_words.setdefault(value, name)
    return {"word": word[:20], "known": "、".join(first_words.values())}


def _tree_errors(
    row: Row, register: Register, known: set[str], paths: Mapping[str, str]
) -> Iterator[CellError]:
    """What is wrong with a unit's place in the tree."""
    code, parent = _code(row), _parent(row, register)
    is_root = code == register.root.code.upper()
    if is_root and row.values.get("上级编码"):
        yield row.error("上级编码", _("教育局是本区最上级，上级编码请空着。"))
    if is_root != (kind_words().get(str(row.values["类别"])) == UnitKind.BUREAU):
        words = _("只有 %(code)s（%(name)s）的类别是教育局，一个区只有一个。")
        yield row.error("类别", words % {"code": register.root.code, "name": register.root.name})
    if parent and parent not in known:
        yield row.error(
            "上级编码", _("没有找到编码为 %(code)s 的单位，请先补上这个单位。") % {"code": parent}
        )
    elif not paths.get(code):
        yield row.error("上级编码", _("上级编码绕成了一圈，请改正。"))
    elif len(paths[code]) > PATH_LENGTH:
        yield row.error("上级编码", _("上下级层数过多，请改正。"))


def _entry(row: Row, register: Register) -> Entry:
    """The fields that the file has columns for, beside those of the register."""
    values = row.values
    wanted: dict[str, Any] = {"kind": kind_words()[str(values["类别"])]}
    wanted |= {field: values[heading] for heading, field in PLAIN_FIELDS.items() if heading in values}
    if (parent := _parent(row, register)) is not None:
        wanted["parent"] = parent
    wanted |= {field: values[heading] for heading, field in YEAR_FIELDS.items() if heading in values}
    if "stage" in wanted:
        wanted["stage"] = stage_words().get(wanted["stage"], "")
    wanted |= {kind.value: values[heading] for heading, kind in CIRCLE_FIELDS.items() if heading in values}
    unit = register.units.get(_code(row))
    return Entry(unit.code if unit else str(values["编码"]), wanted, register.current(unit) if unit else None)


def _namesakes(rows: Sequence[Row], register: Register) -> Iterator[str]:
    """Notes on units of one name: nothing forbids them, somebody should look."""
    names: dict[str, set[str]] = {}
    for code, unit in register.units.items():
        names.setdefault(normalize("NFKC", unit.name), set()).add(code)
    for row in rows:
        names.setdefault(normalize("NFKC", str(row.values["名称"])), set()).add(_code(row))
    touched = {normalize("NFKC", str(row.values["名称"])) for row in rows}
    for name in sorted(touched):
        if len(names[name]) > 1:
            codes = "、".join(sorted(names[name])[:5])
            yield _("名称相同的单位：%(name)s（%(codes)s），请核对是否重复。") % {
                "name": name,
                "codes": codes,
            }


UNITS = ImportKind(
    "units",
    pgettext_lazy("plural", "单位"),
    COLUMNS,
    may_import_units,
    resolve_units,
    parent_heading="上级编码",
    key_heading="编码",
)
