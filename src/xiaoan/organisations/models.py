"""Nouns of the district: units in a tree, what belongs to them, circles across them, the calendar."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.permissions import Target
from xiaoan.foundation.records import Record, new_id
from xiaoan.foundation.scope import Reach, ScopedManager


class UnitKind(models.TextChoices):
    """Kinds of units (`13-contracts.md`, Words)."""

    BUREAU = "bureau", _("教育局")
    SECTION = "section", _("科室")
    CENTRE = "centre", _("中心")
    SCHOOL = "school", _("学校")
    AFFILIATED = "affiliated", _("直属单位")
    DEPARTMENT = "department", _("部门")
    TOWN = "town", _("街镇")
    SPONSOR = "sponsor", _("举办者")
    PARTNER = "partner", _("联动部门")
    THIRD_PARTY = "third_party", _("第三方机构")
    GUARD_COMPANY = "guard_company", _("保安服务公司")


INSTITUTIONS = (UnitKind.SCHOOL, UnitKind.AFFILIATED)
"""学校单位: schools and the bureau's directly affiliated units."""


class Stage(models.TextChoices):
    """学段."""

    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    NINE_YEAR = "nine_year", _("九年一贯制")
    SENIOR = "senior", _("高中")
    COMPLETE = "complete", _("完全中学")
    VOCATIONAL = "vocational", _("中职")
    SPECIAL = "special", _("特殊教育")
    ADULT = "adult", _("成人教育")


class Unit(models.Model):
    """A node of a district's tree. The root is the bureau: it *is* the district for every other record."""

    reach: ClassVar[Reach] = Reach(reading="organisations.read_units", path="path")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    district = models.ForeignKey("self", models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=UnitKind.choices)
    path = models.CharField(max_length=200, db_index=True)
    """Upper-case codes from the root, each closed by a slash: `YM/YM-P03/`."""
    oversees = models.BooleanField(default=False)
    """Bureau, its sections and *the* affairs centre: a district-wide grant held here means the district."""
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    """The first day on which the unit no longer exists."""
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager()

    if TYPE_CHECKING:
        district_id: UUID
        parent_id: UUID | None

    class Meta:
        db_table = "org_unit"
        constraints = [models.UniqueConstraint("district", Upper("code"), name="org_unit_code")]
        indexes = [
            models.Index(fields=["district", "kind", "code"], name="org_unit_kind"),
            models.Index(fields=["district", "code", "id"], name="org_unit_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_unit_id(self) -> UUID:
        """A unit's own acts stand in its own journal."""
        return self.id

    def reach_target(self) -> Target:
        """Where this unit stands, for the scope codes."""
        return Target(self.district_id, self.path)


class UnitYear(Record):
    """Stage and enrolment of a unit in one school year: facts that change each September."""

    reach = Reach(reading="organisations.read_units")

    school_year = models.CharField(max_length=9)
    stage = models.CharField(max_length=16, choices=Stage.choices, default="")
    pupils = models.PositiveIntegerField(null=True)
    boarders = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "org_unit_year"
        constraints = [models.UniqueConstraint(fields=["unit", "school_year"], name="org_unit_year_once")]


class Campus(Record):
    """校区 of a unit."""

    reach = Reach(reading="organisations.read_units")

    name = models.CharField(max_length=40)

    class Meta:
        db_table = "org_campus"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="org_campus_name")]


class Place(Record):
    """部位: a place for which a post is responsible."""

    reach = Reach(reading="organisations.read_places")

    code = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=32)
    campus = models.ForeignKey(Campus, models.PROTECT, null=True, related_name="places")
    post_name = models.CharField(max_length=40, default="")
    """责任岗位 as the register names it; `people` knows which post that is."""
    retired_on = models.DateField(null=True)

    class Meta:
        db_table = "org_place"
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="org_place_code")]
        indexes = [models.Index(fields=["unit", "code"], name="org_place_unit")]


class CircleKind(models.TextChoices):
    """Kinds of circles: memberships across the tree, never a level of it."""

    GROUP = "group", _("协作组")
    TOWN = "town", _("街镇")


class Circle(Record):
    """A circle of units (协作组, 街镇). Owned by the district's root."""

    reach = Reach(reading="organisations.read_units", path=None)

    kind = models.CharField(max_length=16, choices=CircleKind.choices)
    name = models.CharField(max_length=40)

    class Meta:
        db_table = "org_circle"
        constraints = [models.UniqueConstraint(fields=["district", "kind", "name"], name="org_circle_name")]


class Membership(Record):
    """That a unit belongs to a circle from a day until the day before another."""

    reach = Reach(reading="organisations.read_units")

    circle = models.ForeignKey(Circle, models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    """The first day on which the unit no longer belongs."""

    class Meta:
        db_table = "org_membership"
        indexes = [models.Index(fields=["unit", "starts_on"], name="org_membership_unit")]


class Term(Record):
    """学期 of a district. Terms tile the school year: holidays belong to the term before."""

    reach = Reach(reading="organisations.read_calendar", path=None)

    code = models.CharField(max_length=11)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        db_table = "org_term"
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="org_term_code")]


class SchoolBreak(Record):
    """Days inside a term without school: 寒假, 暑假. Both ends included."""

    reach = Reach(reading="organisations.read_calendar", path=None)

    code = models.CharField(max_length=32)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        db_table = "org_break"
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="org_break_code")]


class CalendarDay(Record):
    """A day that is not what its weekday says: a holiday, or a working Saturday (调休)."""

    reach = Reach(reading="organisations.read_calendar", path=None)

    day = models.DateField()
    working = models.BooleanField()
    name = models.CharField(max_length=40)

    class Meta:
        db_table = "org_calendar_day"
        constraints = [models.UniqueConstraint(fields=["district", "day"], name="org_calendar_day_once")]
