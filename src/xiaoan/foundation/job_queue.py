"""The queue of jobs: rows in the database, written with the data, taken by one guarded update.

A job takes ids, fetches, calls acts. It may run more than once (its worker may be killed after the effect),
so its acts get ids derived from its cause. Rows belong to django-tasks; the loop that takes them is our own,
because theirs knows no second try, no rescue, no schedule and no events (`docs/mechanisms/jobs.md`).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.once import plain

LONGEST_WAIT = 3600  # seconds
USUAL_RETRIES = 8
"""With waits of 2, 4, 8 … seconds: about eight minutes of trying."""
KEPT_DAYS = 14
FAILURES_KEPT_DAYS = 90
PIECE = 500
"""Rows deleted in one short transaction."""

log = logging.getLogger(__name__)
Row = DBTaskResult[Any, Any]
Id = UUID | str | int


@dataclass(frozen=True, slots=True)
class Job:
    """A registered job: its lasting name, what it does, how often it is tried again."""

    name: str
    body: Callable[..., None]
    retries: int

    def __call__(self, **ids: Any) -> None:
        """Run it here and now."""
        self.body(**ids)


class WorkerLostError(Exception):
    """The worker that ran the job ended without a word (killed, out of memory, power)."""


_jobs: dict[str, Job] = {}


def job(name: str, *, retries: int = USUAL_RETRIES) -> Callable[[Callable[..., None]], Job]:
    """Register a function of ids under its lasting name (`module.verb_noun`). UUIDs arrive as text."""

    def register(body: Callable[..., None]) -> Job:
        return register_job(Job(name, body, retries))

    return register


def register_job(new: Job) -> Job:
    """Put a job into the register; a name stands for one job only."""
    if new.name in _jobs:
        raise ValueError(f"two jobs are called {new.name}")
    _jobs[new.name] = new
    return new


def known_jobs() -> dict[str, Job]:
    """All registered jobs by name."""
    return dict(_jobs)


@task()
def run_job(name: str, ids: dict[str, Any]) -> None:
    """What a row of the queue calls: names last, places of functions do not."""
    _jobs[name].body(**ids)


def enqueue(wanted: Job, **ids: Id) -> None:
    """Put a job into the queue, in the running transaction: no data without its job, no job without its data."""
    if _jobs.get(wanted.name) is not wanted:
        raise ValueError(f"{wanted.name} is not registered")
    run_job.enqueue(wanted.name, plain(ids))


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: doubling, at most an hour."""
    return timedelta(seconds=min(2**attempts, LONGEST_WAIT))


def ready(until: datetime) -> "QuerySet[Row]":
    """Rows that may be run at an instant of the machine's own time, in the order of the queue."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return waiting.filter(Q(run_after=get_date_max()) | Q(run_after__lte=until))


def failed() -> "QuerySet[Row]":
    """Jobs that were given up: they wait for a person."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)


def claim_next(worker: str, until: datetime) -> Row | None:
    """Take the first row that is ready. One guarded update decides between workers."""
    while row := ready(until).first():
        guarded = DBTaskResult.objects.filter(
            pk=row.pk, status=TaskResultStatus.READY, run_after=row.run_after
        )
        taken = {
            "status": TaskResultStatus.RUNNING,
            "started_at": machine_now(),
            "worker_ids": [*row.worker_ids, worker],
        }
        if guarded.update(**taken):
            for name, value in taken.items():
                setattr(row, name, value)
            return row
    return None


def perform(row: Row) -> None:
    """Run a claimed row and mark it done; whatever it raises goes to the caller."""
    arguments = row.args_kwargs
    row.task.call(*arguments["args"], **arguments["kwargs"])
    _settle(row, status=TaskResultStatus.SUCCESSFUL, finished_at=machine_now())


def run_next(worker: str) -> bool:
    """Take and run one job; a failure is noted in its row. Whether there was one."""
    row = claim_next(worker, machine_now())
    if row is None:
        return False
    try:
        perform(row)
    except Exception as failure:  # noqa: BLE001 - a job's failure is its own, never the worker's
        note_failure(row, failure)
    return True


def note_failure(row: Row, failure: Exception) -> None:
    """Put a failed row back with a growing wait, or give it up loudly when its tries are used up."""
    attempts = len(row.worker_ids)
    told = {
        "exception_class_path": f"{type(failure).__module__}.{type(failure).__qualname__}",
        "traceback": "".join(format_exception(failure)),
    }
    if attempts > _retries(row):
        log.error("job given up after %s tries: %s", attempts, _label(row), exc_info=failure)
        _settle(row, status=TaskResultStatus.FAILED, finished_at=machine_now(), **told)
        return
    log.warning("job failed, try %s: %s: %r", attempts, _label(row), failure)
    _settle(row, status=TaskResultStatus.READY, run_after=machine_now() + wait_after(attempts), **told)


def release_lost(alive: set[str]) -> int:
    """Put back what was left running by workers that no longer live; how many rows that were."""
    lost = [
        row
        for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        if row.worker_ids[-1] not in alive
    ]
    for row in lost:
        note_failure(row, WorkerLostError(f"worker {row.worker_ids[-1]} did not finish"))
    return len(lost)


def forget_finished() -> int:
    """Delete rows of jobs done long ago, and of failures longer ago, in short transactions."""
    old, older = (machine_now() - timedelta(days=days) for days in (KEPT_DAYS, FAILURES_KEPT_DAYS))
    finished = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=old)
        | Q(status=TaskResultStatus.FAILED, finished_at__lt=older)
    )
    count = 0
    while keys := list(finished.values_list("pk", flat=True)[:PIECE]):
        count += DBTaskResult.objects.filter(pk__in=keys).delete()[0]
    return count


def _settle(row: Row, **values: Any) -> None:
    """End this run of a row. Only while it is still this run: a rescued row belongs to somebody else."""
    DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at).update(
        **values
    )


def _label(row: Row) -> str:
    """The job's name and ids, for the log."""
    return " ".join(map(str, row.args_kwargs["args"])) or row.task_path


def _retries(row: Row) -> int:
    """How often the row's job is tried again."""
    name = next(iter(row.args_kwargs["args"]), None)
    return _jobs[name].retries if name in _jobs else USUAL_RETRIES
