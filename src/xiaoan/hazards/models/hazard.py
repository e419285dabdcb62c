"""隐患, with everything that lists, rules and the page of one need; its past stands in its steps."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach
from xiaoan.hazards.models.choices import (
    CLOSED,
    OPEN,
    UNRECTIFIED,
    Cause,
    Draft,
    Grade,
    Level,
    Source,
    State,
)
from xiaoan.organisations.models import Unit

LONGEST_TEXT = 500
NO_DAY = date(9999, 12, 31)
LONGEST_LINE = 200
LONGEST_OLD_CODE = 60


class HazardCounter(models.Model):
    """The last number that a unit gave out in a year. It only grows: numbers are never reused."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "haz_counter"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="haz_counter_once")]


class Hazard(Record):
    """隐患 of a unit. `created_at` is when it was reported, `found_on` is the day that counts."""

    reach: ClassVar[Reach] = Reach(
        reading="hazards.read_hazards", person=("found_by_id", "holder_id"), handler="handled_by_id"
    )

    code = models.CharField(max_length=48)
    """编号: unit code, year and the number in it: `YM-P03-2025-0173`."""
    found_on = models.DateField()
    found_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    finder = models.CharField(max_length=60)
    """The finder's name as it was then; a department or a caller where no person of the district found it."""
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.SCHOOL)
    place = models.ForeignKey("organisations.Place", models.PROTECT, null=True, related_name="+")
    place_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=32)
    """A hazard kind of the pack."""
    text = models.CharField(max_length=LONGEST_TEXT)
    risk = models.ForeignKey("risks.Risk", models.PROTECT, null=True, related_name="+")
    pack_version = models.ForeignKey("plans.PackVersion", models.PROTECT, related_name="+")
    """The published version by whose deadlines and criteria it is handled, whatever is published since."""

    state = models.CharField(max_length=12, choices=State.choices, default=State.TO_JUDGE)
    grade = models.CharField(max_length=8, choices=Grade.choices, default=Grade.NONE)
    criterion = models.CharField(max_length=12, default="")
    """The criterion of the pack by which it was judged major."""
    from_above = models.BooleanField(default=False)
    """Found, raised or referred above the unit: then the centre hands it out, re-checks and closes it."""
    graded_above = models.BooleanField(default=False)
    """Whether somebody above the unit set the grade: the unit cannot lower it."""

    post = models.CharField(max_length=32, default="")
    """The post that must rectify it; set from the day it is handed out."""
    holder = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    handled_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """The unit that it is referred to at present (转办)."""
    due_on = models.DateField(null=True)
    order_on = models.DateField(default=NO_DAY)
    """What lists sort by: the date of an open hazard that has one; far away for every other."""
    returned = models.PositiveSmallIntegerField(default=0)
    extended = models.PositiveSmallIntegerField(default=0)

    rectified_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    rectified_on = models.DateField(null=True)
    rectified_text = models.CharField(max_length=LONGEST_TEXT, default="")
    verified_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)
    look_back_on = models.DateField(null=True)
    """The day by which it is to be looked at again; none when nothing more is to come."""

    looks_back_left = models.PositiveSmallIntegerField(default=0)

    suspected = models.BooleanField(default=False)
    """疑似重大: somebody thinks it is major, and the centre has not answered yet."""
    controlled = models.BooleanField(default=False)
    control = models.CharField(max_length=LONGEST_LINE, default="")
    """管控: what is closed off and how, while it is."""
    planned = models.BooleanField(default=False)
    """Whether the five elements (五要素) are on file."""
    draft = models.CharField(max_length=8, choices=Draft.choices, default=Draft.NONE)
    """What the legal section has drafted and the deputy director has not decided yet."""
    draft_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    listed = models.BooleanField(default=False)
    """挂牌督办. It stays on file when it is lifted: the deputy director's closure is the deputy director's to void."""
    closure_void = models.BooleanField(default=False)
    """销号无效: it was closed once, and did not hold."""
    time_in_doubt = models.BooleanField(default=False)
    """时间存疑: the phone's time of capture cannot be believed, and nobody has confirmed it yet."""
    historical = models.BooleanField(default=False)
    """历史导入: it came with the old ledger."""
    old_code = models.CharField(max_length=LONGEST_OLD_CODE, null=True)
    """原编号 of the old ledger, by which a row of it is known again; none where it was found here."""

    occurrence = models.PositiveSmallIntegerField(default=1)
    """How often the same kind was found at the same place, this time included."""
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    missed = models.BooleanField(default=False)
    """上级查出而自查没有: found from above, and the unit had nothing on file there."""
    cause = models.CharField(max_length=8, choices=Cause.choices, default=Cause.NONE)
    prevention = models.CharField(max_length=LONGEST_LINE, default="")

    measures = models.CharField(max_length=LONGEST_TEXT, default="")
    money = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    """资金 in yuan; none where nobody has said yet."""
    money_source = models.CharField(max_length=60, default="")
    contingency = models.CharField(max_length=LONGEST_TEXT, default="")
    """预案: what happens if it goes wrong before it is put right."""

    if TYPE_CHECKING:
        found_by_id: UUID | None
        holder_id: UUID | None
        place_id: UUID | None
        risk_id: UUID | None
        handled_by_id: UUID | None
        rectified_by_id: UUID | None
        verified_by_id: UUID | None
        closed_by_id: UUID | None
        draft_by_id: UUID | None
        repeats_id: UUID | None
        pack_version_id: UUID

    class Meta:
        db_table = "haz_hazard"
        constraints = [
            models.UniqueConstraint(fields=["district", "code"], name="haz_hazard_code"),
            models.UniqueConstraint(fields=["district", "old_code"], name="haz_hazard_old_code"),
            models.CheckConstraint(
                condition=~Q(state__in=CLOSED) | Q(closed_on__isnull=False), name="haz_hazard_closed"
            ),
            models.CheckConstraint(
                condition=Q(rectified_by__isnull=True)
                | Q(verified_by__isnull=True)
                | ~Q(verified_by=models.F("rectified_by")),
                name="haz_hazard_other_hand",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RECTIFYING) | (~Q(post="") & Q(due_on__isnull=False)),
                name="haz_hazard_has_holder",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "found_on", "id"], name="haz_hazard_unit"),
            models.Index(fields=["district", "found_on", "id"], name="haz_hazard_district"),
            models.Index(fields=["district", "order_on", "id"], name="haz_hazard_due"),
            models.Index(fields=["unit", "order_on", "id"], name="haz_hazard_unit_due"),
            models.Index(fields=["district", "state", "order_on"], name="haz_hazard_state"),
            models.Index(fields=["unit", "state", "order_on"], name="haz_hazard_owing"),
            models.Index(fields=["unit", "place", "kind", "found_on"], name="haz_hazard_place"),
            models.Index(fields=["unit", "post", "state"], name="haz_hazard_post"),
            models.Index(fields=["state", "look_back_on"], name="haz_hazard_look_back"),
            models.Index(fields=["district", "state", "found_on", "id"], name="haz_hazard_waiting"),
            models.Index(fields=["repeats", "found_on"], name="haz_hazard_again"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("hazards:hazard", args=[self.pk])

    @property
    def is_major(self) -> bool:
        """Whether it was judged major."""
        return self.grade == Grade.MAJOR

    @property
    def level(self) -> Level:
        """Who closes it: the unit, the centre, or the deputy director."""
        if self.is_major or self.listed:
            return Level.MAJOR
        return Level.ABOVE if self.from_above else Level.UNIT

    @property
    def is_open(self) -> bool:
        """未销号."""
        return self.state in OPEN

    def is_overdue(self, day: date | None = None) -> bool:
        """逾期: its date has passed, and nobody says that it is put right. A clock that stands still is not overdue."""
        running = self.state in UNRECTIFIED - {State.REFERRED}
        return running and self.due_on is not None and self.due_on < (day or clock.today())

    @property
    def needs_cause(self) -> bool:
        """Cause and prevention are asked of major hazards and of third occurrences only (`12-practice.md` section 5)."""
        return self.is_major or self.occurrence >= THIRD_TIME

    @property
    def flags(self) -> list[tuple[str, str]]:
        """The flags that stand, as (code, words), gravest first."""
        standing = {
            "overdue": self.is_overdue(),
            "listed": self.listed and self.is_open,
            "suspected": self.suspected,
            "controlled": self.controlled,
            "closure_void": self.closure_void,
            "repeated": self.occurrence > 1,
            "extended": bool(self.extended),
            "time_in_doubt": self.time_in_doubt,
            "historical": self.historical,
        }
        return [(code, str(FLAGS[code])) for code, stands in standing.items() if stands]


THIRD_TIME = 3
FLAGS = {
    "overdue": _("逾期"),
    "listed": _("挂牌督办"),
    "suspected": _("疑似重大"),
    "controlled": _("管控中"),
    "closure_void": _("销号无效"),
    "repeated": _("重复发生"),
    "extended": _("已延期"),
    "time_in_doubt": _("时间存疑"),
    "historical": _("历史导入"),
}
"""Flags, never steps (`5-interface.md`)."""
