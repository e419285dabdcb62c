"""Nouns of the risk list: risk points with their days on the list, and the reviews of a term."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.languages import in_language
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach
from xiaoan.foundation.ui.signs import Sign


class Level(models.IntegerChoices):
    """风险等级 in four colours; the gravest sorts first."""

    RED = 1, _("红（重大）")
    ORANGE = 2, _("橙（较大）")
    YELLOW = 3, _("黄（一般）")
    BLUE = 4, _("蓝（低）")


LEVEL_SIGNS = {
    Level.RED: Sign(Level.RED.label, "major", "overdue"),
    Level.ORANGE: Sign(Level.ORANGE.label, "alert", "orange"),
    Level.YELLOW: Sign(Level.YELLOW.label, "late", "yellow"),
    Level.BLUE: Sign(Level.BLUE.label, "info", "blue"),
}


class RiskState(models.TextChoices):
    """Steps of a risk point."""

    LISTED = "listed", _("在册")
    ELIMINATED = "eliminated", _("已消除")
    DISUSED = "disused", _("已停用")


class ReviewOutcome(models.TextChoices):
    """What a review came to."""

    KEPT = "kept", _("保持")
    CHANGED = "changed", _("调整")
    RETIRED = "retired", _("消除")


def listed_on(day: date) -> Q:
    """Risk points that stood on a list on a day, whatever became of them since."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Risk(Record):
    """风险点: what can go wrong at a place, how grave it is, what keeps it in check, and whose post that is."""

    reach = Reach(reading="risks.read_risks")

    place = models.ForeignKey("organisations.Place", models.PROTECT, related_name="+")
    point = models.CharField(max_length=80)
    kind = models.CharField(max_length=32, default="")
    """The accident that it can lead to, by a code of the pack; empty where nobody said."""
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    measures = models.TextField()
    post = models.CharField(max_length=32)
    post_zh = models.CharField(max_length=40)
    post_en = models.CharField(max_length=60)
    starter = models.CharField(max_length=32, default="")
    """The point of the pack's starter list that it came from, by its code."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    """The first day on which it no longer stands on the list."""
    state = models.CharField(max_length=12, choices=RiskState.choices, default=RiskState.LISTED)
    end_reason = models.CharField(max_length=200, default="")

    if TYPE_CHECKING:
        place_id: UUID

    class Meta:
        db_table = "rsk_risk"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RiskState.LISTED, ends_on__isnull=True, end_reason="")
                | ~Q(state=RiskState.LISTED) & Q(ends_on__isnull=False) & ~Q(end_reason=""),
                name="rsk_risk_end",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "level", "id"], name="rsk_risk_unit"),
            models.Index(fields=["district", "level", "id"], name="rsk_risk_district"),
            models.Index(fields=["unit", "post", "state"], name="rsk_risk_post"),
        ]

    def __str__(self) -> str:
        return self.point

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("risks:risk", args=[self.pk])

    @property
    def note(self) -> str:
        """What a line about it says besides the point: how grave it is, and whose post."""
        return f"{self.get_level_display()} · {self.post_name}"

    @property
    def sign(self) -> Sign:
        """Its level, drawn: word, icon and colour."""
        return LEVEL_SIGNS[Level(self.level)]

    @property
    def post_name(self) -> str:
        """The post in the language of the page."""
        return in_language(self.post_zh, self.post_en)

    @property
    def is_listed(self) -> bool:
        """Whether it stands on the list."""
        return self.state == RiskState.LISTED


class RiskReview(Record):
    """复核: that a risk point was looked at in a term, on which day, by whom (`created_by`), and what came of it."""

    reach = Reach(reading="risks.read_risks")

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="reviews")
    term = models.CharField(max_length=11)
    """The code of the term that `happened_on` lies in."""
    happened_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=ReviewOutcome.choices)
    words = models.CharField(max_length=200, default="")

    if TYPE_CHECKING:
        risk_id: UUID

    class Meta:
        db_table = "rsk_review"
        constraints = [models.UniqueConstraint(fields=["risk", "term"], name="rsk_review_once")]
        indexes = [models.Index(fields=["unit", "term", "risk"], name="rsk_review_unit")]

    def __str__(self) -> str:
        return gettext("%(outcome)s：%(risk)s") % {
            "outcome": self.get_outcome_display(),
            "risk": self.risk.point,
        }
