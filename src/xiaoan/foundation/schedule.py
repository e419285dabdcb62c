"""Jobs that the clock starts: at an hour of each day, or every so many minutes.

A run belongs to a slot of time. The slot's row and the job's row are written together, and a slot has one row,
so two schedulers make one run; of missed slots only the last is made up for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid5

from django.db import models, transaction

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask, ask_because, robot
from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.job_queue import USUAL_RETRIES, Job, enqueue, known_jobs, register_job

SLOTS = UUID("7b0c3a1e-5f0e-4d0b-9a57-3a1f7f1f6a02")
"""The name space of slot ids."""
KEPT_DAYS = 7


class JobSlot(models.Model):
    """That a scheduled job was given its run for a slot of time. The unique key decides between schedulers."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    slot = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "fnd_job_slot"
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="fnd_job_slot_once")]


class Timetable(Protocol):
    """When a job is due."""

    def slot(self) -> str:
        """The key of the latest slot that has begun."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day from an hour on, by the district's clock: a rehearsal's pretended day counts."""

    hour: int

    def slot(self) -> str:
        """The Shanghai day whose run has become due last."""
        now = clock.now().astimezone(clock.SHANGHAI)
        day = now.date() if now.hour >= self.hour else now.date() - timedelta(days=1)
        return day.isoformat()


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes, by the machine's own time: a pretended day repeats its minutes, the machine does not."""

    minutes: int

    def slot(self) -> str:
        """The beginning of the running slot, in UTC."""
        minute = int(machine_now().timestamp()) // 60
        begun = minute - minute % self.minutes
        return datetime.fromtimestamp(begun * 60, UTC).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class Slot:
    """One run of a scheduled job: the cause of what it does."""

    name: str
    key: str

    def ask(self, place: str) -> Ask:
        """The ask of an act in this run; `place` tells its acts apart."""
        return ask_because(uuid5(SLOTS, f"{self.name} {self.key}"), place)

    def robot(self, district_id: UUID) -> Actor:
        """The machine, with job and period as its cause."""
        return robot(district_id=district_id, cause=f"{self.name} {self.key}")


_timetables: dict[str, Timetable] = {}


def scheduled(
    name: str, timetable: Timetable, *, retries: int = USUAL_RETRIES
) -> Callable[[Callable[[Slot], None]], Job]:
    """Register a function of its `Slot` to be run by the clock."""

    def register(body: Callable[[Slot], None]) -> Job:
        def run(slot: str) -> None:
            body(Slot(name, slot))

        made = register_job(Job(name, run, retries))
        _timetables[name] = timetable
        return made

    return register


def tick() -> int:
    """Enqueue each scheduled job whose latest slot has had no run yet; how many."""
    wanted = {(name, timetable.slot()) for name, timetable in _timetables.items()}
    rows = JobSlot.objects.filter(slot__in={slot for _name, slot in wanted})
    had = set(rows.values_list("name", "slot"))
    return sum(_give_run(name, slot) for name, slot in sorted(wanted - had))


def _give_run(name: str, slot: str) -> bool:
    """Claim a slot and enqueue its run together; False when another scheduler was first."""
    with transaction.atomic():
        _row, first = JobSlot.objects.get_or_create(name=name, slot=slot, defaults={"at": machine_now()})
        if first:
            enqueue(known_jobs()[name], slot=slot)
    return first


def forget_slots() -> int:
    """Delete the rows of slots long past."""
    return JobSlot.objects.filter(at__lt=machine_now() - timedelta(days=KEPT_DAYS)).delete()[0]
