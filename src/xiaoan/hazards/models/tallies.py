"""What the overview sums: hazards by unit, month and source, folded after each step (`docs/mechanisms/hazards.md`)."""

from typing import ClassVar

from django.db import models

from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach
from xiaoan.hazards.models.choices import Source


class MonthTally(Record):
    """计数: of one unit, month and source, how many hazards were found and how many closed. Derived, never edited.

    What was dropped counts nowhere; what was found at a time in doubt is found in no month. A month is named by its first day.
    """

    reach: ClassVar[Reach] = Reach(reading="hazards.read_tallies")

    month = models.DateField()
    source = models.CharField(max_length=12, choices=Source.choices)
    found = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    missed_again = models.PositiveIntegerField(default=0)
    """Of those found: 上级查出而自查没有的重复问题."""

    class Meta:
        db_table = "haz_month_tally"
        constraints = [
            models.UniqueConstraint(fields=["unit", "month", "source"], name="haz_month_tally_once")
        ]
        indexes = [models.Index(fields=["district", "month"], name="haz_month_tally_district")]
