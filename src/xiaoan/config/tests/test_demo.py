"""The demo as it is made: the same each time, true in its figures, open to its cast; whole or not at all."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import StringIO

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from xiaoan.config.demo.command import SIZES
from xiaoan.config.demo.console import Console
from xiaoan.config.demo.deeds import CURTAIN
from xiaoan.config.demo.founding import PASSWORD
from xiaoan.config.demo.make import make_district
from xiaoan.config.demo.settling import INBOX_SINCE
from xiaoan.config.demo.sheet import pack_folder
from xiaoan.foundation import clock, journal
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.events import Announcement
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.queries import share
from xiaoan.ledgers.models import Entry
from xiaoan.messages.models import Message, Reminder
from xiaoan.organisations.models import Unit
from xiaoan.people.demo_cast import cast_by_side
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for
from xiaoan.plans.jobs import recompute
from xiaoan.plans.models import Cell

DUMP = {
    "units": """SELECT u.code, u.name, u.kind, p.code, u.path, u.opened_on
        FROM org_unit u LEFT JOIN org_unit p ON p.id = u.parent_id""",
    "places": "SELECT code, name, kind FROM org_place",
    "people": """SELECT p.staff_no, p.name, o.code, u.code, a.starts_on, a.ends_on
        FROM ppl_appointment a JOIN ppl_person p ON p.id = a.person_id
        JOIN ppl_post o ON o.id = a.post_id JOIN org_unit u ON u.id = a.unit_id""",
    "entries": """SELECT u.code, e.kind, e.happened_on, e.title, e.state, e.version, p.staff_no, v.field, v.text
        FROM led_entry e JOIN org_unit u ON u.id = e.unit_id JOIN ppl_person p ON p.id = e.created_by_id
        LEFT JOIN led_entry_value v ON v.entry_id = e.id""",
    "items": """SELECT u.code, i.text, i.person_name, i.post, i.due_on, i.state, i.done_on, i.done_note
        FROM led_item i JOIN org_unit u ON u.id = i.unit_id""",
    "hazards": """SELECT h.code, h.state, h.grade, h.kind, h.text, h.place_name, h.source, h.finder, h.post, h.due_on,
        h.closed_on, h.look_back_on, h.occurrence, h.version, s.number, s.verb, s."on", s.person_name, s.words
        FROM haz_hazard h LEFT JOIN haz_step s ON s.hazard_id = h.id""",
    "messages": """SELECT p.staff_no, m.title_zh, m.is_urgent, m.arrives_at
        FROM msg_message m JOIN ppl_person p ON p.id = m.person_id""",
    "cells": """SELECT u.code, d.code, c.period, c.due, c.achieved, c.expected, c.untold, c.met
        FROM pln_cell c JOIN org_unit u ON u.id = c.unit_id JOIN pln_duty d ON d.id = c.duty_id""",
    "logins": """SELECT a.username, l.position, l.side, l.note_zh, l.note_en
        FROM ppl_demo_login l JOIN ppl_account a ON a.id = l.account_id""",
}
"""What the district holds, without keys and instants."""


@pytest.fixture(scope="module", autouse=True)
def _district(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A small demo district in the suite's database, gone after this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_district(pack_folder(), SIZES["small"], Console(StringIO()))
        yield
        transaction.set_rollback(True)


def plain(value):
    """A value that both databases give alike."""
    return (
        f"{float(value):.2f}" if isinstance(value, (int, float)) or hasattr(value, "as_tuple") else str(value)
    )


def dump(cursor):
    """Digest by table."""
    found = {}
    for name, query in DUMP.items():
        cursor.execute(query)
        rows = sorted("\t".join(map(plain, row)) for row in cursor.fetchall())
        found[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def run_demo(home, *arguments):
    """The command, in a process and an instance of its own."""
    unwanted = {"DJANGO_SETTINGS_MODULE", "XIAOAN_DATABASE", "XIAOAN_DAY"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "xiaoan.config.cli", *arguments],
        env=environment | {"XIAOAN_HOME": str(home), "SIZE": "small"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.django_db
def test_the_demo_comes_out_equal_each_time_is_kept_and_takes_an_official_text(tmp_path):
    first = run_demo(tmp_path, "demo", "--prepare-only")
    with closing(sqlite3.connect(tmp_path / "demo" / "xiaoan.sqlite3")) as other, connection.cursor() as own:
        assert dump(other.cursor()) == dump(own)
    plan = str(pack_folder() / "documents" / "91.md")
    again = run_demo(tmp_path, "--lang", "en", "demo", "--prepare-only", "--plan", plan)
    assert ("正在准备演示数据" in first, "Making the demo data" in again) == (True, False)
    assert "The official text is shown." in again
    assert all(PASSWORD in words and "shenzhiyuan" in words for words in (first, again))


@pytest.mark.django_db
def test_the_cells_of_the_quarterly_meeting_match_the_records():
    cells = Cell.objects.everything("a test").filter(duty__code="T1.8", period="2025Q4")
    by_cell = {
        code: (int(done), met) for code, done, met in cells.values_list("unit__code", "achieved", "met")
    }
    entries = Entry.objects.everything("a test").filter(
        kind="safety_meeting", state="filed", happened_on__gte="2025-10-01"
    )
    held = set(entries.values_list("unit__code", flat=True))
    assert by_cell == {code: (int(code in held), code in held) for code in by_cell}
    assert len(by_cell) == SIZES["small"]
    assert set(by_cell) - held == {"XX-14", "YE-28"}


@pytest.mark.django_db
def test_what_was_counted_at_once_is_what_the_events_would_have_counted():
    (district,) = Unit.objects.everything("a test").filter(parent=None)
    meeting = Announcement.objects.filter(name="ledgers.EntryRecorded").order_by("-sequence")[:20]
    finished = Announcement.objects.filter(name="ledgers.ItemFinished").order_by("-sequence")[:20]
    with connection.cursor() as cursor:
        before = dump(cursor)["cells"]
        Announcement.objects.filter(
            pk__in=[*meeting.values_list("pk", flat=True), *finished.values_list("pk", flat=True)]
        ).update(delivered_at=None)
        drain()
        assert dump(cursor)["cells"] == before
    assert recompute(district.id) == 0
    assert not Announcement.objects.filter(delivered_at__isnull=True).exists()


@pytest.mark.django_db
def test_every_journal_holds_from_its_first_entry():
    units = Unit.objects.everything("a test").values_list("pk", flat=True)
    assert [fault for unit in units if (fault := journal.first_fault(unit))] == []


@pytest.mark.django_db
def test_everybody_of_the_cast_signs_in_to_a_page_of_their_own(client):
    pages = {}
    for each in [member for group in cast_by_side() for member in group.people]:
        client.post(reverse("login"), {"username": each.key, "password": PASSWORD})
        response = client.get(reverse("today"))
        assert response.status_code == 200, each
        assert each.name in response.content.decode(), each
        pages[each.key] = response.content.decode().partition("<main")[2]
        client.logout()
    assert len(pages) == 17
    assert "安全生产会议" in pages["linyiming"]
    assert "后厨老化的燃气软管" in pages["zhouwangqiu"]


@pytest.mark.django_db
def test_the_cast_stands_in_four_groups_with_post_unit_and_a_line_in_both_languages():
    chinese = cast_by_side()
    with translation.override("en"):
        english = cast_by_side()
    assert [len(group.people) for group in chinese] == [6, 5, 3, 3]
    members = [each for group in (*chinese, *english) for each in group.people]
    assert all(each.post and each.unit and each.note for each in members)
    assert {each.note for group in chinese for each in group.people}.isdisjoint(
        each.note for group in english for each in group.people
    )


def standing() -> Counter[str]:
    """Hazards of the running term by their step."""
    rows = Hazard.objects.everything("a test").filter(historical=False)
    return Counter(rows.values_list("state", flat=True))


@pytest.mark.django_db
def test_every_step_of_a_hazard_has_somebody_waiting_at_it():
    found = standing()
    bands = {
        "to_judge": (2, 4),
        "to_assign": (1, 3),
        "rectifying": (16, 30),
        "referred": (4, 4),
        "to_verify": (3, 5),
        "to_recheck": (2, 3),
        "to_close": (3, 5),
        "scheduled": (3, 3),
        "to_confirm": (1, 3),
    }
    assert {
        step: found[step] for step, (least, most) in bands.items() if not least <= found[step] <= most
    } == {}
    assert min(found["closed"], found["archived"], found["to_look_back"]) > 0
    assert (found["not_hazard"], found["void"], found["merged"]) == (2, 1, 1)


@pytest.mark.django_db
def test_of_seven_major_hazards_one_is_open_listed_and_with_its_sponsor():
    major = Hazard.objects.everything("a test").filter(grade="major")
    (still,) = major.exclude(state__in=["closed", "to_look_back", "archived"])
    assert (major.count(), major.filter(source="school").count()) == (7, 3)
    assert (still.listed, still.controlled, still.planned, still.state) == (True, True, True, "referred")
    assert still.handled_by.kind == "sponsor"


@pytest.mark.django_db
def test_what_was_closed_in_may_is_back_since_october():
    (hazard,) = Hazard.objects.everything("a test").filter(closure_void=True)
    assert (hazard.historical, hazard.state, hazard.extended) == (True, "rectifying", 1)
    assert hazard.steps.get(verb="unsound").on == date(2025, 10, 15)


@pytest.mark.django_db
def test_most_dates_were_kept_and_some_were_not():
    cells = Cell.objects.everything("a test").filter(
        duty__indicator="hazards.closed_in_time", period__in=["2025-09", "2025-10", "2025-11"]
    )
    kept, due = (sum(cells.values_list(column, flat=True)) for column in ("achieved", "expected"))
    assert 0.9 < kept / due < 1


@pytest.mark.django_db
def test_the_first_school_has_one_of_each_to_do():
    rows = Hazard.objects.everything("a test").filter(unit__code="XX-14", historical=False)
    running = rows.filter(state="rectifying").values_list("due_on", flat=True)
    wanted = {date(2025, 12, 12), CURTAIN, date(2025, 12, 20)}
    assert wanted - set(running) == set()
    waiting = {"to_judge", "to_assign", "to_verify", "to_close", "to_confirm"}
    assert waiting - set(rows.values_list("state", flat=True)) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["沈知远", "陈敬之", "林一鸣", "周望秋", "苏行之", "叶清和", "程望舒", "顾明澈", "宋承砚", "方以南"],
)
def test_hazards_wait_for_these_of_the_cast(name):
    person = Person.objects.everything("a test").get(name=name)
    with clock.held_at(clock.at(CURTAIN, 8, 30)):
        asked = share(actor_for(person, CURTAIN))
    assert [*asked.things, *asked.piles] != []


@pytest.mark.django_db
def test_nobody_was_told_anything_before_the_last_days():
    arrived = Message.objects.everything("a test").values_list("arrives_at", flat=True)
    assert min(arrived) >= INBOX_SINCE
    urged = Reminder.objects.everything("a test").exclude(state="ended").values_list("subject_id", flat=True)
    rows = Hazard.objects.everything("a test").filter(state__in=["rectifying", "scheduled"])
    assert set(urged) == set(rows.values_list("pk", flat=True))


@pytest.mark.django_db
def test_pictures_show_before_and_after():
    pictures = Attachment.objects.filter(owner_type__model="hazard")
    assert Counter(pictures.values_list("preview", flat=True)) == {"ready": pictures.count()}
    assert set(pictures.values_list("purpose", flat=True)) == {"before", "after"}
