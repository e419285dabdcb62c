"""The worker: one loop that delivers events, runs jobs and keeps the schedule. Killed at any point, it loses nothing."""

import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections, models
from django.db.models import Min

from xiaoan.foundation import delivery, job_queue, schedule
from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.events import Announcement

BEAT_SECONDS = 10
LOST_SECONDS = 35
"""A worker silent for so long is taken for dead: with the chores' pace, rescue within 60 seconds."""
CHORE_SECONDS = 10
STEP_SECONDS = 0.1
FORGET_BEATS_DAYS = 1
SAMPLE_ROWS = 1_000

log = logging.getLogger(__name__)


class WorkerBeat(models.Model):
    """The heartbeat of a worker, by the machine's own time."""

    id = models.CharField(primary_key=True, max_length=32)
    started_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "fnd_worker_beat"


@dataclass(frozen=True, slots=True)
class QueueState:
    """How the background stands, for the page of the system and for `doctor`."""

    events_waiting: int
    waiting_since: datetime | None
    events_given_up: int
    jobs_waiting: int
    jobs_failed: int
    last_beat: datetime | None


def run_worker(stop: threading.Event, interval: float = 1.0) -> None:
    """Work until `stop` is set: at once when idle, after the running event or job otherwise.

    Looks for work every `interval` seconds when there was none. Failures of the database are logged, the
    connection is given up and the loop goes on.
    """
    worker = secrets.token_hex(16)
    next_chores = 0.0
    with _beating(worker):
        while not stop.is_set():
            due = time.monotonic() >= next_chores
            if due:
                next_chores = time.monotonic() + CHORE_SECONDS
            if not _round(worker, with_chores=due):
                _pause(stop, interval)
    connections.close_all()


def queue_state() -> QueueState:
    """How many events and jobs wait, failed or were given up, and when a worker was last alive."""
    waiting = Announcement.objects.filter(delivered_at__isnull=True, given_up_at__isnull=True)
    return QueueState(
        events_waiting=waiting.count(),
        waiting_since=waiting.aggregate(first=Min("at"))["first"],
        events_given_up=delivery.given_up().count(),
        jobs_waiting=job_queue.ready(machine_now()).count(),
        jobs_failed=job_queue.failed().count(),
        last_beat=WorkerBeat.objects.aggregate(last=models.Max("at"))["last"],
    )


@schedule.scheduled("foundation.tidy_queue", schedule.Daily(hour=3))
def tidy_queue(slot: schedule.Slot) -> None:
    """Delete what the queue no longer needs; the log says how much."""
    counts = (delivery.forget_delivered(), job_queue.forget_finished(), schedule.forget_slots())
    log.info("%s: deleted %s delivered events, %s finished jobs, %s slots", slot.key, *counts)


@schedule.scheduled("foundation.renew_statistics", schedule.Daily(hour=3))
def renew_statistics(slot: schedule.Slot) -> None:
    """Tell SQLite how its tables are filled, from samples: without it, it picks wrong indexes. PostgreSQL does so itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={SAMPLE_ROWS}")
            cursor.execute("ANALYZE")
    log.info("%s: statistics renewed", slot.key)


def _round(worker: str, *, with_chores: bool) -> bool:
    """One turn of the loop; whether there was work. It survives whatever happens in it."""
    try:
        close_old_connections()
        if with_chores:
            _chores(worker)
        delivered = delivery.deliver_pending()
        return job_queue.run_next(worker) or delivered > 0
    except Exception:
        log.exception("the worker goes on after a failure of its round")
        connections.close_all()
        return False


def _chores(worker: str) -> None:
    """Rescue what dead workers left, give scheduled jobs their runs. Nothing runs here now, so nothing is our own."""
    since = machine_now() - timedelta(seconds=LOST_SECONDS)
    alive = set(WorkerBeat.objects.filter(at__gt=since).exclude(pk=worker).values_list("pk", flat=True))
    job_queue.release_lost(alive)
    schedule.tick()
    WorkerBeat.objects.filter(at__lt=machine_now() - timedelta(days=FORGET_BEATS_DAYS)).delete()


def _pause(stop: threading.Event, seconds: float) -> None:
    """Wait in short steps. `stop.wait` would hold the lock that a signal handler's `stop.set` needs."""
    end = time.monotonic() + seconds
    while not stop.is_set() and time.monotonic() < end:
        time.sleep(STEP_SECONDS)


@contextmanager
def _beating(worker: str) -> Iterator[None]:
    """A thread that beats while the loop works, so that a long job is not taken for a dead one."""
    over = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(over, worker), daemon=True, name="heartbeat")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat_until(over: threading.Event, worker: str) -> None:
    """Beat at once and then regularly; at the end leave no row behind."""
    started = machine_now()
    ended = False
    while not ended:
        _beat(worker, started)
        ended = over.wait(BEAT_SECONDS)
    try:
        WorkerBeat.objects.filter(pk=worker).delete()
    except (DatabaseError, InterfaceError):
        log.warning("worker %s ended without the database; its beat will age", worker)
    finally:
        connections.close_all()


def _beat(worker: str, started: datetime) -> None:
    """Write one beat; a database that is away is the main loop's affair."""
    try:
        close_old_connections()
        WorkerBeat.objects.update_or_create(
            pk=worker,
            defaults={"at": machine_now()},
            create_defaults={"at": machine_now(), "started_at": started},
        )
    except (DatabaseError, InterfaceError) as failure:
        log.warning("no heartbeat: %r", failure)
        connections.close_all()
