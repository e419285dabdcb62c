"""过程: every step of a hazard, and how it stood from that step to the next."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from xiaoan.foundation.languages import in_language
from xiaoan.hazards.models.choices import Grade, State
from xiaoan.hazards.models.hazard import LONGEST_TEXT, Hazard


class Step(models.Model):
    """One step. Read only through its hazard, or set-wise by the measures.

    From `on` until the day before `until` the hazard stood as this row says (no `until`: to this day; the same
    day twice: it stood so for less than a day). A question about a past day is one range of this table.
    """

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    verb = models.CharField(max_length=24)
    frm = models.CharField(max_length=12, choices=State.choices, default="")
    to = models.CharField(max_length=12, choices=State.choices)
    on = models.DateField()
    at = models.DateTimeField()
    until = models.DateField(null=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=60, default="")
    """Empty for the machine."""
    post_zh = models.CharField(max_length=40, default="")
    post_en = models.CharField(max_length=60, default="")
    words = models.CharField(max_length=LONGEST_TEXT, default="")
    """What the person said at this step: a reason, a finding, what was done."""
    second_name = models.CharField(max_length=60, default="")
    """The second person on the spot, where the rule wants two."""

    district_id = models.UUIDField()
    unit_id = models.UUIDField()
    grade = models.CharField(max_length=8, choices=Grade.choices)
    due_on = models.DateField(null=True)
    controlled = models.BooleanField(default=False)
    planned = models.BooleanField(default=False)

    if TYPE_CHECKING:
        hazard_id: UUID
        person_id: UUID | None

    class Meta:
        db_table = "haz_step"
        constraints = [models.UniqueConstraint(fields=["hazard", "number"], name="haz_step_number")]
        indexes = [
            models.Index(fields=["hazard", "until"], name="haz_step_hazard"),
            models.Index(fields=["district_id", "grade", "on"], name="haz_step_grade"),
            models.Index(fields=["unit_id", "on"], name="haz_step_unit"),
        ]

    @property
    def post(self) -> str:
        """The post in which it was done, in the page's language."""
        return in_language(self.post_zh, self.post_en)
