"""The noun of feedback: what a person wrote, and the answer to it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach

LONGEST_TEXT = 1_000
LONGEST_PAGE = 200
LONGEST_TITLE = 40


class Kind(models.TextChoices):
    """What a remark is."""

    COMPLAINT = "complaint", _("投诉")
    SUGGESTION = "suggestion", _("建议")
    ERROR = "error", _("页面有误")


class RemarkState(models.TextChoices):
    """Steps of a remark. In this order lists show them: what waits comes first."""

    ASKED = "asked", _("待答复")
    REPLIED = "replied", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤回")


class Remark(Record):
    """投诉建议: what a person (`created_by`) wrote to the bureau, and what they were answered.

    It is the district's (`unit`), so that it stands in no school's journal and no head reads it from above.
    """

    reach = Reach(reading="feedback.read_remarks", person="created_by_id", handler="platform_id")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    page = models.CharField(max_length=LONGEST_PAGE, default="")
    """The path of this site on which it was written; empty where nobody knows."""
    platform = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    """Of a wrong page: the unit whose administrator of the platform answers too."""
    state = models.CharField(max_length=12, choices=RemarkState.choices, default=RemarkState.ASKED)
    answer = models.TextField(default="")
    answered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    if TYPE_CHECKING:
        platform_id: UUID | None
        answered_by_id: UUID | None

    class Meta:
        db_table = "fbk_remark"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RemarkState.REPLIED, answered_on__isnull=False) & ~Q(answer="")
                | ~Q(state=RemarkState.REPLIED) & Q(answered_on__isnull=True, answer=""),
                name="fbk_remark_answer",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ERROR) ^ Q(platform__isnull=True), name="fbk_remark_platform"
            ),
        ]
        indexes = [
            models.Index(fields=["district", "state", "id"], name="fbk_remark_district"),
            models.Index(fields=["created_by", "state", "id"], name="fbk_remark_writer"),
        ]

    def __str__(self) -> str:
        return Truncator(" ".join(self.text.split())).chars(LONGEST_TITLE)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("feedback:remark", args=[self.pk])


def is_page(address: str) -> bool:
    """Whether an address is a path of this site that a remark can keep."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    return is_path and len(address) <= LONGEST_PAGE
