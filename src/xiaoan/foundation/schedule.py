from django.db import models


class JobSlot(models.Model):
    """That a scheduled job was given its run for a slot of time. The unique key decides between schedulers."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    slot = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "fnd_job_slot"
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="fnd_job_slot_once")]
