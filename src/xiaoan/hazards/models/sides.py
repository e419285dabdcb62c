"""What hangs on a hazard: who had to rectify it when, extensions asked, referrals, looks back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.languages import in_language
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach
from xiaoan.hazards.models.hazard import LONGEST_LINE, LONGEST_TEXT, Hazard
from xiaoan.organisations.models import Unit


class Holding(models.Model):
    """责任链: the post that had to rectify a hazard from a day on, and who held it. The open one has no `until`."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="holdings")
    number = models.PositiveSmallIntegerField()
    post = models.CharField(max_length=32)
    post_zh = models.CharField(max_length=40)
    post_en = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=60, default="")
    stands_in = models.BooleanField(default=False)
    """The post was vacant, and the unit's head answers in its place."""
    since = models.DateField()
    until = models.DateField(null=True)

    if TYPE_CHECKING:
        person_id: UUID | None

    class Meta:
        db_table = "haz_holding"
        constraints = [models.UniqueConstraint(fields=["hazard", "number"], name="haz_holding_number")]

    @property
    def post_name(self) -> str:
        """The post in the page's language."""
        return in_language(self.post_zh, self.post_en)


class LookBack(models.Model):
    """回头看: one look at a closed hazard, planned when it is closed, filled in when it is done."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="look_backs")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    sound = models.BooleanField(null=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    dropped = models.BooleanField(default=False)
    """No longer to come: the closure that it belonged to was voided."""
    district_id = models.UUIDField()

    class Meta:
        db_table = "haz_look_back"
        constraints = [models.UniqueConstraint(fields=["hazard", "number"], name="haz_look_back_number")]
        indexes = [models.Index(fields=["district_id", "done_on"], name="haz_look_back_done")]


class ExtensionState(models.TextChoices):
    """Steps of an extension."""

    ASKED = "asked", _("待批准")
    GRANTED = "granted", _("已批准")
    REFUSED = "refused", _("未批准")


class Extension(Record):
    """延期: more time for a hazard, asked by one person and decided by another."""

    reach = Reach(reading="hazards.read_extensions", person="created_by_id")

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField()
    """The second one goes one level up."""
    old_due_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(max_length=LONGEST_TEXT)
    control = models.CharField(max_length=LONGEST_LINE)
    """What keeps people safe in the meantime."""
    state = models.CharField(max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decision = models.CharField(max_length=LONGEST_TEXT, default="")

    if TYPE_CHECKING:
        hazard_id: UUID

    class Meta:
        db_table = "haz_extension"
        constraints = [models.UniqueConstraint(fields=["hazard", "number"], name="haz_extension_number")]
        indexes = [models.Index(fields=["district", "state", "id"], name="haz_extension_state")]


class ReferralState(models.TextChoices):
    """Steps of a referral."""

    OPEN = "open", _("办理中")
    ANSWERED = "answered", _("已办结")
    DECLINED = "declined", _("已退回")


class Referral(Record):
    """转办: a hazard that its unit cannot put right alone goes to another unit, and the clock goes with it."""

    reach = Reach(reading="hazards.read_referrals", handler="to_unit_id")

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="referrals")
    number = models.PositiveSmallIntegerField()
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_TEXT)
    due_on = models.DateField()
    """The receiver's date. The unit's own date stands still meanwhile."""
    state = models.CharField(max_length=8, choices=ReferralState.choices, default=ReferralState.OPEN)
    referred_on = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=LONGEST_TEXT, default="")

    if TYPE_CHECKING:
        hazard_id: UUID
        to_unit_id: UUID

    class Meta:
        db_table = "haz_referral"
        constraints = [models.UniqueConstraint(fields=["hazard", "number"], name="haz_referral_number")]
        indexes = [models.Index(fields=["to_unit", "state", "due_on"], name="haz_referral_to_unit")]
