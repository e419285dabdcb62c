"""The world in which the families live: the cast, one more person for every role, records at three places."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.apps import apps

from tests.families.hazard_world import Trouble, trouble
from tests.trial.models import Note
from tests.trial.pictures import photo, upload
from xiaoan.feedback.models import Kind, Remark
from xiaoan.feedback.tests.factories import a_remark
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.attachments.keeping import attach
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.permissions import matrix
from xiaoan.foundation.records import Record
from xiaoan.foundation.saved_views import SavedView
from xiaoan.foundation.search import rebuild
from xiaoan.hazards.models import MonthTally
from xiaoan.inspections.models import Checklist, ChecklistDraft
from xiaoan.inspections.tests.factories import an_adapted_checklist
from xiaoan.ledgers.imports import check_file
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.models import Entry, Item
from xiaoan.ledgers.tests.factories import REVIEW, Keeping, a_meeting, an_item, keeping, recorded
from xiaoan.messages.models import Message, Reminder
from xiaoan.messages.tests.factories import a_message, reminded
from xiaoan.organisations.models import (
    Campus,
    Circle,
    Membership,
    Place,
    SchoolBreak,
    Unit,
    UnitKind,
    UnitYear,
)
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.organisations.tests.tables import checked
from xiaoan.people.models import Appointment, Person, Supervision
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import Cast, an_appointment, appointed, make_cast
from xiaoan.plans.models import Cell, Duty, HolderNaming, PackVersion, PlanDocument
from xiaoan.plans.tests.factories import load, pack_files
from xiaoan.risks.models import Level, Risk, RiskReview

CAST = ("bai", "gu", "lin", "wen", "chen", "shen", "zhou", "tang", "yi")
OLD_LEDGER = "原编号 单位编码 地点 种类 隐患描述 来源 发现日期 等级"
ENTRIES = "日期,结果,考核人数\n2025-12-03,合格,4"


@dataclass(frozen=True)
class Spot:
    """A place of the world, and a thing of every kind that stands there."""

    district: Unit
    unit: Unit
    keeper: Person
    """Who keeps its ledgers."""
    legal: Person
    """Somebody of the legal section of its district."""
    section: Unit
    """That section."""
    supervision: Supervision
    person: Person
    appointment: Appointment
    head: Appointment
    entry: Entry
    item: Item
    message: Message
    """To its keeper, who is the person below; it has arrived."""
    reminder: Reminder
    """Of the entry."""
    cell: Cell
    """Of the running period."""
    unmet: Cell
    """Another of the running period, not met."""
    waived: Cell
    """Of a past period."""
    photo: Attachment
    ledger_draft: ImportDraft
    units_draft: ImportDraft
    old_ledger_draft: ImportDraft
    published: PackVersion
    loaded: PackVersion
    document: PlanDocument
    unconfirmed: list[str]
    """Codes of duties whose values wait for the bureau."""
    risk: Risk
    trouble: Trouble
    checklist: Checklist
    """Adapted by the centre, with a draft; the pack offers its version again."""
    draft: ChecklistDraft
    remark: Remark
    """That a page is wrong, by its keeper; it waits for an answer."""
    view: SavedView
    """Of the list of people, saved by its keeper."""


@dataclass(frozen=True)
class World:
    """Everybody by name, and the three spots: the school of the cast, its neighbour, another district."""

    cast: Cast
    people: dict[str, Person]
    spots: dict[str, Spot] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor of somebody, today."""
        return actor_for(self.people[name])


def make_world() -> World:
    """Two districts with the same pack, everybody in post, and what they have recorded."""
    cast = make_cast()
    near, far = keeping(cast), keeping(_far_cast(cast))
    people = {name: getattr(cast, name) for name in CAST} | _everybody_else(cast)
    officers = {"near": people["system_admin"], "far": appointed(far.cast.bureau, "system_admin", "远安澜")}
    an_appointment(cast.zhou, cast.neighbour, "principal", ends_on=date(2025, 12, 16))
    an_appointment(cast.zhou, cast.neighbour, "safety_lead", starts_on=date(2025, 12, 18))
    spots = {
        "here": _spot(near, near.head, near.clerk, people["gu"], people["partner"].unit),
        "next": _spot(near, near.neighbour_head, near.neighbour_head, officers["near"], cast.school),
        "away": _spot(far, far.head, far.clerk, officers["far"], far.cast.bureau),
    }
    drain()
    for district in {spot.district for spot in spots.values()}:
        rebuild(district.pk)
    return World(cast, people, spots)


def _far_cast(cast: Cast) -> Cast:
    """The other district in the parts of the cast, so that the same things happen there."""
    root, school = cast.elsewhere.district, cast.elsewhere
    second = a_unit(root, code="SQ-S2", name="松溪小学")
    legal = a_unit(root, UnitKind.SECTION, code="SQ-L", name="松泉法制科", oversees=True)
    return replace(
        cast,
        bureau=root,
        school=school,
        neighbour=second,
        bai=appointed(legal, "legal", "远清和"),
        lin=appointed(school, "principal", "远一鸣"),
        chen=appointed(school, "safety_lead", "远敬之"),
        shen=cast.yi,
        tang=appointed(second, "principal", "远若水"),
    )


HOMES = {
    "third_party": (UnitKind.THIRD_PARTY, "衡简评估公司"),
    "partner": (UnitKind.PARTNER, "云禾消防站"),
    "joint_inspector": (UnitKind.PARTNER, "云禾市场监管所"),
    "guard_company": (UnitKind.GUARD_COMPANY, "砺石保安公司"),
}
"""Roles whose people belong to a unit outside the bureau and the schools."""
AT_SCHOOL = {"group_leader", "group_member", "sponsor", "department_head", "staff"}


def _everybody_else(cast: Cast) -> dict[str, Person]:
    """A person for each role of the matrix that nobody in the cast has, named after the role."""
    held = set(Appointment.objects.everything("a test").values_list("post__role", flat=True))
    found = {}
    for number, role in enumerate(sorted(matrix().roles - held)):
        if role in HOMES:
            kind, name = HOMES[role]
            unit = a_unit(cast.bureau, kind, name=name)
        elif role in AT_SCHOOL:
            unit = cast.school
        else:
            unit = cast.centre if role.startswith("centre") else cast.bureau
        found[role] = appointed(unit, role, f"任用{number:02d}")
    return found


def _spot(kept: Keeping, head: Appointment, clerk: Appointment, importer: Person, handler: Unit) -> Spot:
    """A thing of every kind at the unit of a clerk; what is referred goes to a handler."""
    unit, keeper = clerk.unit, clerk.person
    entry = recorded(
        kept,
        a_meeting(kept, replace(an_item(kept), holder=clerk), chaired_by=head),
        actor=actor_for(keeper),
        unit=unit,
    )
    in_force = kind_in_force(unit.district_id, REVIEW)
    drain()
    running = Cell.objects.everything("a test").filter(
        unit=unit, first__lte=date(2025, 12, 17), last__gte=date(2025, 12, 17)
    )
    published = PackVersion.objects.everything("a test").get(district=unit.district, state="published")
    waiting = Duty.objects.everything("a test").filter(pack=published, must_be_confirmed=True)
    units = ("编码 名称 类别", [f"{unit.code}-N", f"{unit.name}分校", "学校"])
    _plain_rows(unit, keeper)
    checklist = an_adapted_checklist(unit.district)
    supervised = Supervision.objects.everything("a test").select_related("unit")
    return Spot(
        district=unit.district,
        unit=unit,
        keeper=keeper,
        legal=kept.cast.bai,
        section=kept.cast.bai.unit,
        supervision=supervised.get(supervised=unit),
        person=keeper,
        appointment=clerk,
        head=head,
        entry=entry,
        item=entry.items.get(),
        message=a_message(keeper),
        reminder=reminded(entry, unit, "safety_clerk"),
        cell=running.order_by("met", "pk").last(),
        unmet=running.filter(met=False).order_by("pk").first(),
        waived=_waived(unit),
        photo=attach(actor=actor_for(keeper), owner=entry, uploads=[upload(photo())], purpose="scan")[0],
        ledger_draft=_own_draft(check_file, unit, in_force, keeper),
        units_draft=checked("units", actor_for(importer), *units),
        old_ledger_draft=checked("hazards", actor_for(importer), OLD_LEDGER, an_old_row(unit)),
        published=published,
        loaded=_loaded(kept.cast),
        document=PlanDocument.objects.everything("a test").filter(pack=published).order_by("code").first(),
        unconfirmed=list(waiting.values_list("code", flat=True)),
        risk=Risk.objects.everything("a test").select_related("unit", "place").get(unit=unit),
        trouble=trouble(unit, keeper, kept.cast.bai, published, handler),
        checklist=checklist,
        draft=ChecklistDraft.objects.everything("a test")
        .select_related("checklist__in_force", "based_on", "unit")
        .get(checklist=checklist),
        remark=_remarks(keeper),
        view=_view(keeper),
    )


def _view(keeper: Person) -> SavedView:
    """A view of the list of people."""
    place = {"district_id": keeper.district_id, "unit_id": keeper.unit_id, "person_id": keeper.pk}
    return SavedView.objects.create(**place, path="/people/", name="学校", query="kind=school")


def _remarks(keeper: Person) -> Remark:
    """A complaint that only who answers for the district reads, and a wrong page."""
    a_remark(keeper)
    return a_remark(keeper, Kind.ERROR)


def an_old_row(unit: Unit) -> list[object]:
    """A row of an old hazard ledger of a unit."""
    return [f"旧-{unit.code}", unit.code, "操场", "燃气", "软管老化", "学校自查", date(2025, 3, 3), "一般"]


def _waived(unit: Unit) -> Cell:
    """A cell of the past that the unit was freed of."""
    past = Cell.objects.everything("a test").filter(unit=unit, last__lt=date(2025, 12, 1))
    cell = past.select_related("duty", "unit").order_by("first", "pk").first()
    cell.waived_at, cell.waiver = clock.now(), "停课整修"
    cell.save()
    return cell


def _own_draft(check, unit: Unit, kind, keeper: Person) -> ImportDraft:
    """A checked table of the ledgers, by whoever keeps them; the unit's own kinds only for who may."""
    if not any(each.post == "safety_clerk" for each in actor_for(keeper).postings):
        an_appointment(keeper, unit, "safety_clerk")
    return check(unit, kind, ENTRIES.encode(), "台账.csv", actor_for(keeper))


def _loaded(cast: Cast) -> PackVersion:
    """A second version of the pack, not in force."""
    files = pack_files("yunhe-2025")
    sheet = files["pack.yaml"]
    line = next(line for line in sheet.splitlines() if line.startswith("version:"))
    return load(cast, files | {"pack.yaml": sheet.replace(line, "version: 9.9.9")})


def _plain_rows(unit: Unit, person: Person) -> None:
    """A row of every table that no act of the tests has filled."""
    owned = {"district_id": unit.district_id, "unit": unit, "created_by": person}
    of_district = owned | {"unit": unit.district}
    UnitYear.objects.create(**owned, school_year="2025-2026", stage="primary", pupils=600)
    campus = Campus.objects.create(**owned, name="东校区")
    kitchen = Place.objects.create(
        **owned, code=f"{unit.code}-P1", name="食堂后厨", kind="食堂", campus=campus
    )
    a_reviewed_risk(owned, kitchen)
    MonthTally.objects.create(**owned, month=date(2024, 3, 1), source="school", found=1, closed=1)
    circle, _made = Circle.objects.get_or_create(
        district=unit.district, kind="group", name="第一协作组", defaults=of_district
    )
    Membership.objects.create(**owned, circle=circle, starts_on=date(2020, 1, 1))
    SchoolBreak.objects.get_or_create(
        district=unit.district,
        code="spring",
        defaults=of_district
        | {
            "name_zh": "春假",
            "name_en": "Spring break",
            "first": date(2026, 4, 1),
            "last": date(2026, 4, 3),
        },
    )
    Supervision.objects.create(**owned, area="食堂", supervised=unit, starts_on=date(2025, 1, 1))
    HolderNaming.objects.create(**owned, duty_code="A1.1", person=person, starts_on=date(2025, 9, 1))
    Note.objects.create(**owned, text="试写一条")


def a_reviewed_risk(owned: dict[str, object], place: Place, point: str = "燃气管道锈蚀漏气") -> Risk:
    """A point on the list of a unit since the autumn, reviewed in the term before."""
    risk = Risk.objects.create(
        **owned,
        place=place,
        point=point,
        kind="fire",
        level=Level.ORANGE,
        measures="每天看一遍",
        post="safety_clerk",
        post_zh="安全干事",
        post_en="Safety clerk",
        starts_on=date(2025, 3, 3),
    )
    reviewed_on = date(2025, 4, 1)
    RiskReview.objects.create(
        **owned, risk=risk, term="2024-2025T2", happened_on=reviewed_on, outcome="kept", words="措施到位"
    )
    return risk


def records() -> list[type[Record]]:
    """Every model behind the door, the suite's own included."""
    return [model for model in apps.get_models() if hasattr(model, "reach")]
