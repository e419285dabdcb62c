from django.db import models

from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach


class Note(Record):
    """A note of a unit: open until somebody other than its writer closes it. It may be referred to another unit."""

    reach = Reach(reading="trial.read_notes", person="created_by_id", handler="handled_by_id")

    text = models.CharField(max_length=200)
    state = models.CharField(max_length=16, default="open")
    handled_by = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "trial_note"


class Echo(models.Model):
    """What a reaction left behind: how often and in which order events arrived."""

    event_id = models.UUIDField()
    record_id = models.UUIDField()
    place = models.CharField(max_length=20)

    class Meta:
        db_table = "trial_echo"
