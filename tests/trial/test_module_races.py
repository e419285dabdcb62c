"""Real threads on the modules' own acts: each thing is done once, and everybody gets an answer in words."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from tests.trial.acts import write_in_both
from tests.trial.test_races import HANDS, together
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict
from xiaoan.foundation.imports import known_imports
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.ledgers.acts import import_entries, void_entry
from xiaoan.ledgers.imports import check_file
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import REVIEW, a_meeting, keeping, recorded
from xiaoan.organisations.models import Unit
from xiaoan.organisations.tests.tables import checked
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed, make_cast
from xiaoan.plans.acts import load_pack, name_holder, publish_pack
from xiaoan.plans.cells import compute_cells, duties_in_force
from xiaoan.plans.models import Cell, HolderNaming, PackVersion
from xiaoan.plans.tests.factories import load, pack_files

pytestmark = pytest.mark.django_db(transaction=True)


def told(results: list[object]) -> list[bool]:
    """Whether each hand was refused as too late; everything else is a fault."""
    assert [result for result in results if result is None] == []
    return sorted(isinstance(result, Conflict) for result in results)


def test_acts_on_two_units_in_opposite_order_do_not_lock_each_other_out():
    cast = make_cast()
    actor = actor_for(appointed(cast.bureau, "principal", "两校长"))
    units = (cast.school, cast.neighbour)

    def write(place: int) -> object:
        unit, other = units if place % 2 else units[::-1]
        return [write_in_both(actor=actor, ask=Ask(), unit=unit, other=other) for _each in range(10)]

    results = together(HANDS, write)

    assert told(results) == [False] * HANDS
    assert JournalEntry.objects.count() == HANDS * 10 * 3
    assert [first_fault(unit.id) for unit in units] == [None, None]


def other_edition(edition: str) -> dict[str, str]:
    files = pack_files()
    line = next(line for line in files["pack.yaml"].splitlines() if line.startswith("version:"))
    return files | {"pack.yaml": files["pack.yaml"].replace(line, f'version: "{edition}"')}


def test_a_version_is_published_once_by_two_hands():
    cast = make_cast()
    version, actor = load(cast), cast.actor("bai")
    own = [PackVersion.objects.everything("a test").get(pk=version.pk) for _hand in range(2)]
    results = together(2, lambda place: publish_pack(actor=actor, ask=Ask(), pack=own[place]))
    assert told(results) == [False, True]
    assert JournalEntry.objects.filter(act="plans.publish_pack").count() == 1
    cells = Cell.objects.everything("a test")
    assert cells.count() == cells.values("duty__code", "unit", "period").distinct().count()


def test_of_two_versions_published_at_once_one_is_in_force():
    cast = make_cast()
    actor = cast.actor("bai")
    versions = [load(cast, other_edition(edition)) for edition in ("1.1", "1.2")]
    results = together(2, lambda place: publish_pack(actor=actor, ask=Ask(), pack=versions[place]))
    assert told(results) == [False, False]
    states = PackVersion.objects.everything("a test").values_list("state", flat=True)
    assert sorted(states) == ["published", "superseded"]
    cells = Cell.objects.everything("a test")
    assert cells.count() == cells.values("duty__code", "unit", "period").distinct().count()


def test_one_pack_loaded_by_many_hands_is_one_version():
    cast = make_cast()
    actor, files = cast.actor("bai"), pack_files()
    results = together(4, lambda _place: load_pack(actor=actor, ask=Ask(), district=cast.bureau, files=files))
    assert told(results) == [False] * 4
    assert PackVersion.objects.everything("a test").count() == 1


def test_one_table_checked_twice_is_applied_once():
    cast = make_cast()
    actor = cast.actor("gu")
    drafts = [checked("units", actor, "编码 名称 类别", ["N-1", "新校", "学校"]) for _hand in range(2)]
    apply = known_imports()["units"][1]
    results = together(2, lambda place: apply(actor=actor, ask=Ask(), draft=drafts[place]))
    assert told(results) == [False, True]
    assert Unit.objects.everything("a test").filter(code="N-1").count() == 1


@pytest.mark.parametrize("times_checked", [1, 2])
def test_rows_of_a_ledger_are_filed_once(times_checked):
    kept = keeping(make_cast())
    actor, unit = kept.actor("shen"), kept.cast.school
    kind = kind_in_force(unit.district_id, REVIEW)
    table = "日期,结果,考核人数\n" + "\n".join(f"2025-12-{day:02d},合格,4" for day in range(1, 15))
    drafts = [check_file(unit, kind, table.encode(), "台账.csv", actor) for _hand in range(times_checked)]

    def apply(place: int) -> object:
        return import_entries(
            actor=actor, ask=Ask(), unit=unit, kind=kind, draft=drafts[place % times_checked]
        )

    assert told(together(2, apply)) == [False, True]
    assert Entry.objects.everything("a test").count() == 14


def test_of_those_named_for_a_duty_at_once_one_holds_it():
    kept = keeping(make_cast())
    cast, actor = kept.cast, kept.actor("lin")
    people = [cast.lin, cast.chen, cast.shen, cast.lin]
    results = together(
        4,
        lambda place: name_holder(
            actor=actor, ask=Ask(), unit=cast.school, duty_code="A1.1", person=people[place]
        ),
    )
    assert False in told(results)
    assert HolderNaming.objects.everything("a test").count() == 1


def test_a_count_begun_before_a_change_does_not_outlive_it():
    """One worker has counted and not written yet; meanwhile the record is voided and another worker counts."""
    kept = keeping(make_cast())
    entry = recorded(kept, a_meeting(kept))
    duties = list(duties_in_force(kept.cast.bureau.id).filter(code="A1.1"))
    counted, done = Event(), Event()

    def pausing(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "pln_cell" in sql:
            counted.set()
            done.wait(1.5)
        return execute(sql, params, many, context)

    def first_worker() -> None:
        with transaction.atomic(), connection.execute_wrapper(pausing):
            compute_cells(duties)
        connection.close()

    thread = Thread(target=first_worker)
    thread.start()
    counted.wait(10)
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=entry, reason="重复登记")
    with transaction.atomic():
        compute_cells(duties)
    done.set()
    thread.join()

    cell = Cell.objects.everything("a test").get(duty__code="A1.1", unit=kept.cast.school, period="2025-12")
    assert (cell.achieved, cell.met) == (0, False)
