"""The register of units and places, as rows of the two imports."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.sheet import Institution, Sheet
from xiaoan.organisations.models import Stage, UnitKind

Cells = list[str | int | date | None]

UNIT_HEADINGS = [
    "编码*",
    "名称*",
    "类别*",
    "上级编码",
    "学段",
    "协作组",
    "街镇",
    "学生数",
    "寄宿生数",
    "启用日期",
    "停用日期",
]
PLACE_HEADINGS = ["编码*", "名称*", "单位编码*", "类别*", "校区", "责任岗位"]

OPENED = {"YE-46": date(2025, 2, 17), "JN-09": date(2025, 8, 25)}
"""Institutions that opened while the plan was already running; all others have always been there."""

WITH_LABORATORIES = {"junior", "nine_year", "complete", "senior", "vocational"}
DEPARTMENTS_FROM, ALL_DEPARTMENTS_FROM = 600, 1_500
"""Pupils from which a school has the first four departments, and all of them."""
FEW = 4


@dataclass(frozen=True, slots=True)
class Traits:
    """What there is at an institution, and so which posts, places and topics."""

    stage: str
    private: bool
    pupils: int
    boarders: bool
    laboratories: bool
    buses: bool
    departments: bool

    @property
    def kindergarten(self) -> bool:
        """Small children, small house."""
        return self.stage == Stage.KINDERGARTEN

    @property
    def has_pupils(self) -> bool:
        """Pupils of its own in the house: neither adult education nor an affiliated unit."""
        return self.pupils > 0


def traits_of(sheet: Sheet, institution: Institution) -> Traits:
    """The traits of an institution."""
    kind = sheet.kind_of(institution)
    taught = institution.pupils > 0
    return Traits(
        stage=kind.stage,
        private=kind.private,
        pupils=institution.pupils,
        boarders=institution.boarders > 0,
        laboratories=kind.stage in WITH_LABORATORIES,
        buses=kind.private and taught and kind.stage in {"complete", "nine_year"},
        departments=kind.stage != Stage.KINDERGARTEN and institution.pupils >= DEPARTMENTS_FROM,
    )


def opened_on(institution: Institution) -> date | None:
    """The day on which an institution opened, where the register knows one."""
    return OPENED.get(institution.code)


def unit_rows(sheet: Sheet, *, share: float = 1.0) -> list[Cells]:
    """Rows of the units import, parents before children; `share` is enrolment against the file's."""
    with translation.override("zh-hans"):
        return [*_offices(sheet), *_institutions(sheet, share), *_departments(sheet)]


def _offices(sheet: Sheet) -> Iterator[Cells]:
    """Sections, centre and what stands outside the bureau. The root itself is made with the district."""
    listed = (
        (UnitKind.SECTION, sheet.sections),
        (UnitKind.CENTRE, [sheet.centre]),
        (UnitKind.TOWN, sheet.towns),
        (UnitKind.SPONSOR, sheet.sponsors),
        (UnitKind.PARTNER, sheet.partners),
        (UnitKind.THIRD_PARTY, sheet.third_parties),
        (UnitKind.GUARD_COMPANY, sheet.guard_companies),
    )
    for kind, units in listed:
        for unit in units:
            yield [unit.code, unit.name, str(kind.label), sheet.bureau.code, *[None] * 7]


def _institutions(sheet: Sheet, share: float) -> Iterator[Cells]:
    """学校单位 with their facts of the school year."""
    for each in sheet.institutions:
        kind, group = sheet.kind_of(each), sheet.groups_by_code[each.group]
        yield [
            each.code,
            each.name,
            str(UnitKind(kind.kind).label),
            sheet.bureau.code,
            str(Stage(kind.stage).label) if kind.stage else None,
            group.name,
            sheet.town_names[group.town],
            _counted(each.code, each.pupils, share),
            _counted(each.code, each.boarders, share),
            opened_on(each),
            None,
        ]


def _counted(code: str, number: int, share: float) -> int | None:
    """A head count of another year: near the given one, and nobody's exactly."""
    if not number:
        return None
    return number if share == 1 else round(number * (share + dice("enrolment", code).uniform(-0.03, 0.03)))


def _departments(sheet: Sheet) -> Iterator[Cells]:
    """Departments of the larger schools."""
    for each in sheet.institutions:
        for code, name in departments_of(sheet, each).items():
            yield [code, name, str(UnitKind.DEPARTMENT.label), each.code, *[None] * 7]


def departments_of(sheet: Sheet, institution: Institution) -> dict[str, str]:
    """The departments of an institution: unit codes and names."""
    if not traits_of(sheet, institution).departments:
        return {}
    names = sheet.departments[: None if institution.pupils >= ALL_DEPARTMENTS_FROM else FEW]
    return {f"{institution.code}-B{number}": name for number, name in enumerate(names, start=1)}


@dataclass(frozen=True, slots=True)
class Spot:
    """A sort of place: its names, its kind, the post that answers for it, and where it is found."""

    names: tuple[str, ...]
    kind: str
    post: str
    where: Callable[[Traits], bool] = lambda _traits: True


def _taught(traits: Traits) -> bool:
    return traits.has_pupils


def _schools(traits: Traits) -> bool:
    return traits.has_pupils and not traits.kindergarten


def _kindergartens(traits: Traits) -> bool:
    return traits.kindergarten


def _laboratories(traits: Traits) -> bool:
    return traits.laboratories


SPOTS = (
    Spot(("校门口", "门卫室"), "校门", "gate_security"),
    Spot(("监控室",), "监控室", "video_keeper"),
    Spot(("配电房",), "配电房", "switch_room_keeper"),
    Spot(("消防水泵房",), "消防设施", "general_affairs_head", _schools),
    Spot(("消防控制室",), "消防控制室", "fire_control_operator", lambda t: t.pupils >= DEPARTMENTS_FROM),
    Spot(("食堂后厨", "食堂餐厅", "食材库房"), "食堂", "canteen_manager", _taught),
    Spot(("保健室",), "保健室", "health_teacher", _taught),
    Spot(("总务仓库",), "仓库", "storeroom_keeper"),
    Spot(("主楼楼梯",), "楼梯通道", "general_affairs_head"),
    Spot(("午睡室", "大型玩具场", "音体活动室", "沙水区"), "幼儿活动场所", "teaching_head", _kindergartens),
    Spot(("多功能厅",), "人员密集场所", "office_head", _taught),
    Spot(("体育馆", "器材室", "操场看台"), "体育场馆", "gymnasium_keeper", _schools),
    Spot(("图书馆",), "图书馆", "library_keeper", _schools),
    Spot(("计算机房",), "计算机房", "video_keeper", _schools),
    Spot(("科学教室", "仪器室"), "实验室", "laboratory_technician", lambda t: t.stage == Stage.PRIMARY),
    Spot(("物理实验室", "化学实验室", "生物实验室"), "实验室", "laboratory_technician", _laboratories),
    Spot(("危化品柜",), "危化品", "chemicals_keeper", _laboratories),
    Spot(("男生宿舍楼", "女生宿舍楼"), "宿舍", "dormitory_warden", lambda t: t.boarders),
    Spot(
        ("汽修实训车间", "电工实训室", "烹饪实训室"),
        "实训场所",
        "workshop_instructor",
        lambda t: t.stage == Stage.VOCATIONAL,
    ),
    Spot(("校车停放点",), "校车", "school_bus_manager", lambda t: t.buses),
    Spot(("培训教室", "会议厅"), "人员密集场所", "office_head", lambda t: not t.has_pupils),
)
PUPILS_PER_BUILDING = 400
NUMERALS = "一二三四五六七八"


def place_rows(sheet: Sheet, titles: dict[str, str]) -> list[Cells]:
    """Rows of the places import; `titles` are the Chinese titles of posts."""
    rows: list[Cells] = []
    for each in sheet.institutions:
        spots = [*_spots(traits_of(sheet, each)), *_buildings(each)]
        for number, (name, kind, post) in enumerate(spots, start=1):
            rows.append([f"{each.code}-P{number:02d}", name, each.code, kind, None, titles[post]])
    return rows


def _spots(traits: Traits) -> Iterator[tuple[str, str, str]]:
    """Name, kind and post of the places that come with the traits."""
    for spot in SPOTS:
        if spot.where(traits):
            for name in spot.names:
                yield name, spot.kind, spot.post


def _buildings(institution: Institution) -> Iterator[tuple[str, str, str]]:
    """Teaching houses by enrolment."""
    count = min(len(NUMERALS), max(1, institution.pupils // PUPILS_PER_BUILDING))
    for numeral in NUMERALS[:count]:
        yield f"{numeral}号教学楼", "教学用房", "teaching_head"
