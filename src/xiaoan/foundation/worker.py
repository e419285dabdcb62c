from django.db import models


class WorkerBeat(models.Model):
    """The heartbeat of a worker, by the machine's own time."""

    id = models.CharField(primary_key=True, max_length=32)
    started_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "fnd_worker_beat"
