"""Jobs: queued with the data, tried again, rescued; started by the clock once per slot."""

import signal
import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from tests.trial import reactions
from tests.trial.models import Echo
from tests.trial.processes import a_worker, killed, stopped, wait_for
from tests.trial.reactions import echo
from tests.trial.test_races import together
from xiaoan.foundation import clock, delivery, job_queue, schedule
from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.jobs import Daily, Every, Job, enqueue, job, known_jobs, queue_state, run_worker
from xiaoan.foundation.worker import WorkerBeat


@pytest.fixture(autouse=True)
def _nothing_is_broken():
    yield
    reactions.BROKEN.clear()


def echoed(record_id: UUID) -> int:
    return Echo.objects.filter(record_id=record_id).count()


def make_due() -> None:
    DBTaskResult.objects.filter(status="READY").update(run_after=machine_now() - timedelta(seconds=1))


def test_a_job_runs_once_with_its_ids(db):
    record_id = uuid4()
    enqueue(echo, record_id=record_id)
    assert job_queue.run_next("w1") is True
    assert job_queue.run_next("w1") is False
    assert echoed(record_id) == 1
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_job_is_queued_with_its_data_or_not_at_all(db):
    with transaction.atomic():
        enqueue(echo, record_id=uuid4())
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0


def test_only_a_registered_job_can_be_queued(db):
    with pytest.raises(ValueError, match="not registered"):
        enqueue(Job("trial.unknown", print, 1), record_id=uuid4())


def test_a_name_stands_for_one_job():
    with pytest.raises(ValueError, match=r"two jobs are called trial\.echo"):
        job("trial.echo")(print)


def test_a_pretended_day_does_not_keep_jobs_waiting(db):
    with clock.held_at(clock.at(date(2020, 1, 1))):
        enqueue(echo, record_id=uuid4())
        assert job_queue.run_next("w1") is True


def test_a_failing_job_waits_and_is_tried_again(db):
    record_id = uuid4()
    reactions.BROKEN.add(record_id)
    enqueue(echo, record_id=record_id)
    job_queue.run_next("w1")
    row = DBTaskResult.objects.get()
    assert (row.status, row.run_after > machine_now()) == ("READY", True)
    assert job_queue.run_next("w1") is False

    reactions.BROKEN.clear()
    make_due()
    assert job_queue.run_next("w1") is True
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_job_that_never_succeeds_is_given_up_loudly_and_kept(db, caplog):
    record_id = uuid4()
    reactions.BROKEN.add(record_id)
    enqueue(echo, record_id=record_id)
    for _ in range(echo.retries + 1):
        make_due()
        job_queue.run_next("w1")
    (row,) = job_queue.failed()
    assert "this record's job is broken" in row.traceback
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING", "ERROR"]
    assert queue_state().jobs_failed == 1


def test_a_row_whose_job_is_gone_is_a_failure_in_words(db):
    enqueue(echo, record_id=uuid4())
    DBTaskResult.objects.update(args_kwargs={"args": ["trial.gone", {}], "kwargs": {}})
    job_queue.run_next("w1")
    assert "trial.gone" in DBTaskResult.objects.get().traceback


def test_a_job_left_by_a_dead_worker_is_put_back(db):
    enqueue(echo, record_id=uuid4())
    job_queue.claim_next("dead", machine_now())
    assert job_queue.release_lost({"dead"}) == 0
    assert job_queue.release_lost({"other"}) == 1
    row = DBTaskResult.objects.get()
    assert row.status == "READY"
    assert "worker dead did not finish" in row.traceback


def test_a_worker_taken_for_dead_does_not_end_its_successors_run(db):
    record_id = uuid4()
    enqueue(echo, record_id=record_id)
    slow = job_queue.claim_next("slow", machine_now())
    job_queue.release_lost(set())
    make_due()
    job_queue.claim_next("successor", machine_now())
    job_queue.perform(slow)
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_draining_runs_jobs_and_what_they_queue(db):
    record_id = uuid4()
    enqueue(echo, record_id=record_id)
    delivery.drain()
    assert (echoed(record_id), queue_state().jobs_waiting) == (1, 0)


def test_the_clock_starts_a_job_once_per_day_and_makes_up_for_the_last_day_only(db):
    def runs() -> list[str]:
        return sorted(Echo.objects.values_list("place", flat=True))

    def tick_on(day: date, hour: int) -> None:
        with clock.held_at(clock.at(day, hour)):
            schedule.tick()
            schedule.tick()
            delivery.drain()

    tick_on(date(2025, 12, 17), 1)
    assert runs() == ["2025-12-16"]
    tick_on(date(2025, 12, 17), 2)
    assert runs() == ["2025-12-16", "2025-12-17"]
    tick_on(date(2025, 12, 20), 12)
    assert runs() == ["2025-12-16", "2025-12-17", "2025-12-20"]


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_make_one_run():
    together(4, lambda _place: schedule.tick())
    slots = [tuple(row.args_kwargs["args"]) for row in DBTaskResult.objects.all()]
    assert sorted(name for name, _ids in slots) == sorted(schedule._timetables)


def test_a_slot_gives_the_same_ids_each_time():
    slot = schedule.Slot("trial.nightly", "2025-12-17")
    again = schedule.Slot("trial.nightly", "2025-12-17")
    other = schedule.Slot("trial.nightly", "2025-12-18")
    assert slot.ask("a") == again.ask("a")
    assert len({slot.ask("a").submission_id, slot.ask("b").submission_id, other.ask("a").submission_id}) == 3
    assert slot.robot(uuid4()).cause == "trial.nightly 2025-12-17"


def test_a_slot_of_minutes_begins_at_a_multiple():
    assert int(Every(minutes=15).slot()[-2:]) % 15 == 0
    assert Daily(hour=0).slot() == "2025-12-17"


def test_what_is_old_is_forgotten_and_what_is_new_stays(db):
    for _ in range(2):
        enqueue(echo, record_id=uuid4())
    job_queue.run_next("w1")
    DBTaskResult.objects.filter(status="SUCCESSFUL").update(finished_at=machine_now() - timedelta(days=15))
    assert (job_queue.forget_finished(), DBTaskResult.objects.count()) == (1, 1)

    ages = (91, 1)
    for days in ages:
        Announcement.objects.create(
            event_id=uuid4(), name="x", record_id=uuid4(), delivered_at=machine_now() - timedelta(days=days)
        )
    assert (delivery.forget_delivered(), Announcement.objects.count()) == (1, 1)


def test_the_machines_own_upkeep_runs(db):
    for name in ("foundation.tidy_queue", "foundation.renew_statistics", "foundation.sweep_files"):
        known_jobs()[name](slot="2025-12-17")


@pytest.mark.django_db(transaction=True)
def test_four_workers_run_each_job_once():
    ids = [uuid4() for _ in range(20)]
    for record_id in ids:
        enqueue(echo, record_id=record_id)

    def work(place: int) -> None:
        while job_queue.run_next(f"w{place}"):
            pass

    together(4, work)
    assert sorted(Echo.objects.values_list("record_id", flat=True)) == sorted(ids)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_killed_worker_is_run_by_the_next():
    record_id = uuid4()
    enqueue(echo, record_id=record_id)
    assert killed(a_worker(dies_at="job")) == -signal.SIGKILL
    assert DBTaskResult.objects.get(args_kwargs__args__0="trial.echo").status == "RUNNING"
    WorkerBeat.objects.update(at=machine_now() - timedelta(minutes=1))  # its silence, without waiting for it

    successor = a_worker()
    wait_for(lambda: DBTaskResult.objects.get(args_kwargs__args__0="trial.echo").status == "SUCCESSFUL")
    assert stopped(successor) == 0
    assert echoed(record_id) == 2  # at least once: that is why acts in jobs take ids from their cause


@pytest.mark.django_db(transaction=True)
def test_an_idle_worker_stops_at_once_and_leaves_no_beat():
    worker = a_worker()
    wait_for(WorkerBeat.objects.exists)
    assert stopped(worker) == 0
    assert WorkerBeat.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_survives_the_loss_of_its_database_connection():
    stop = threading.Event()
    losses = iter([True, True])

    def lose_it(execute, sql, params, many, context):
        if next(losses, False):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    def work() -> None:
        with connection.execute_wrapper(lose_it):
            run_worker(stop, interval=0.1)

    record_id = uuid4()
    enqueue(echo, record_id=record_id)
    thread = threading.Thread(target=work)
    thread.start()
    wait_for(lambda: echoed(record_id) == 1)
    stop.set()
    thread.join()
    assert list(losses) == []
