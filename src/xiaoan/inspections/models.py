"""Nouns of checklists: the list of a kind of place, its frozen versions, their points, the centre's draft."""

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.languages import in_language
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach


class Origin(models.TextChoices):
    """Where a version comes from."""

    PACK = "pack", _("规则库发布")
    CENTRE = "centre", _("本区调整")


class Answer(models.TextChoices):
    """How a point is answered on the spot; every point may also be 不适用."""

    JUDGED = "judged", _("合格或不合格")
    NUMBER = "number", _("填数字")
    TEXT = "text", _("填文字")


class Checklist(Record):
    """检查表 of a kind of place. Owned by the district's root; visits are made by the version in force."""

    reach = Reach(reading="inspections.read_checklists", path=None)

    code = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField()
    place_kind = models.CharField(max_length=32)
    """类别 of the register of places, as imports write it."""
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    in_force = models.ForeignKey("ChecklistVersion", models.PROTECT, null=True, related_name="+")
    """Null only inside the act that brings the list."""
    offered = models.ForeignKey("ChecklistVersion", models.PROTECT, null=True, related_name="+")
    """What a later pack brought beside the centre's own version, until the centre has chosen."""
    pack_digest = models.CharField(max_length=64, default="")
    """Of the content that the pack brought last: the same again makes no version."""
    retired = models.BooleanField(default=False)

    if TYPE_CHECKING:
        in_force_id: UUID | None
        offered_id: UUID | None

    class Meta:
        db_table = "ins_checklist"
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="ins_checklist_code")]
        indexes = [models.Index(fields=["district", "position", "id"], name="ins_checklist_order")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspections:checklist", args=[self.pk])

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name_zh, self.name_en)


class ChecklistVersion(Record):
    """A version of a checklist, published by `created_by` at `created_at`. No act ever changes its row or its points."""

    reach = Reach(reading="inspections.read_checklists", path=None)

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices)
    edition = models.CharField(max_length=40, default="")
    """The `version` of the pack that brought it."""
    reason = models.CharField(max_length=200, default="")
    """Why the centre adapted the list."""
    scored = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    point_count = models.PositiveSmallIntegerField()

    if TYPE_CHECKING:
        checklist_id: UUID

    class Meta:
        db_table = "ins_version"
        constraints = [models.UniqueConstraint(fields=["checklist", "number"], name="ins_version_number")]

    def __str__(self) -> str:
        return gettext("第%(number)d版") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspections:version", args=[self.checklist_id, self.number])


class ChecklistPoint(Record):
    """检查点: one thing that is answered on the spot."""

    reach = Reach(reading="inspections.read_checklists", path=None)

    checklist_version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=300, default="")
    """Empty where the centre wrote the Chinese itself."""
    basis = models.CharField(max_length=200, default="")
    """Citations by line, each the short title of a norm of the pack and articles: `消防法 28`."""
    accident = models.CharField(max_length=32, default="")
    hazard_kind = models.CharField(max_length=32)
    """The kind of hazard that a failed point suggests."""
    criterion = models.CharField(max_length=12, default="")
    """The condition by which a failed point may be major (重大); a person decides."""
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.JUDGED)
    unit_zh = models.CharField(max_length=10, default="")
    unit_en = models.CharField(max_length=20, default="")
    least: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        max_digits=10, decimal_places=2, null=True
    )
    """The smallest number that is 合格."""
    most: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        max_digits=10, decimal_places=2, null=True
    )
    """The largest number that is 合格."""
    photo = models.BooleanField(default=False)
    """Whether a photo is wanted; never demanded."""
    weight = models.PositiveSmallIntegerField(default=1)
    """Its share of the score, where the version is scored."""

    class Meta:
        db_table = "ins_point"
        constraints = [
            models.UniqueConstraint(fields=["checklist_version", "number"], name="ins_point_number")
        ]

    def __str__(self) -> str:
        return in_language(self.text_zh, self.text_en or self.text_zh)


class ChecklistDraft(Record):
    """草稿: the centre's next version of a checklist, seen by the centre alone."""

    reach = Reach(reading="inspections.read_drafts", path=None)

    checklist = models.OneToOneField(Checklist, models.PROTECT, related_name="draft")
    based_on = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="+")
    """The version that was in force when it was last saved."""
    content = models.TextField()
    """Points as JSON (`contents.py`): nothing counts or filters by them before they are published."""

    if TYPE_CHECKING:
        based_on_id: UUID
        checklist_id: UUID

    class Meta:
        db_table = "ins_draft"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspections:draft", args=[self.checklist_id])
