"""Long tables: checked by the worker, left and found again, cancelled, forgotten after a month."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from xiaoan.foundation import clock, imports
from xiaoan.foundation.import_checking import (
    ROWS_AT_ONCE,
    ImportFile,
    cancel_check,
    check_upload,
    forget_drafts,
)
from xiaoan.foundation.imports import ImportDraft, known_imports
from xiaoan.foundation.job_queue import run_next
from xiaoan.foundation.worker import WorkerBeat
from xiaoan.organisations.models import Unit
from xiaoan.organisations.tests.tables import counts, told, workbook
from xiaoan.organisations.unit_table import COLUMNS

SHORT = "编码 名称 类别 上级编码"
IMPORT = "/organisations/imports/units/"
LONG = ROWS_AT_ONCE + 1


def rows(number):
    return [[f"N-{place}", f"新街{place}小学", "学校", ""] for place in range(number)]


@pytest.fixture
def as_(client, cast):
    """The client, signed in as a member of the cast."""

    def sign_in(name):
        client.force_login(getattr(cast, name).account)
        return client

    return sign_in


def uploaded(client, data):
    """The page of the draft."""
    return client.post(IMPORT, {"file": SimpleUploadedFile("单位.xlsx", data)})["Location"]


def page_of(client, address):
    return client.get(address).content.decode()


def work():
    """What a worker would do, until nothing is left."""
    while run_next("w" * 32):
        pass


def draft():
    return ImportDraft.objects.get()


def test_a_short_file_is_checked_while_its_sender_waits(as_, cast):
    page = page_of(as_("gu"), uploaded(as_("gu"), workbook(SHORT, *rows(ROWS_AT_ONCE))))
    assert "<progress" not in page
    assert (draft().state, draft().added) == ("checked", ROWS_AT_ONCE)


def test_a_long_file_waits_is_checked_by_the_worker_and_applied_by_its_sender(as_, cast):
    client, sent = as_("gu"), workbook(SHORT, *rows(LONG))
    address = uploaded(client, sent)
    page = page_of(client, address)
    assert "正在读取文件" in page
    assert 'name="submission_id"' not in page
    assert bytes(ImportFile.objects.get().data) == sent

    work()
    assert (draft().state, counts(draft())) == ("checked", (LONG, 0, 0, 0))
    assert ImportFile.objects.count() == 0
    submission = page_of(client, address).split('name="submission_id" value="')[1].split('"')[0]
    assert client.post(address, {"submission_id": submission, "seen": ""}).status_code == 303
    assert Unit.objects.everything("a test").filter(code__startswith="N-").count() == LONG


def test_while_it_is_checked_the_progress_is_a_part_of_the_page_and_then_the_page_comes_anew(as_, cast):
    client = as_("gu")
    address = uploaded(client, workbook(SHORT, *rows(LONG)))
    ImportDraft.objects.update(steps_done=1)
    part = client.get(f"{address}progress/")
    assert 'value="1" max="3" aria-label="正在核对内容"' in part.content.decode()
    assert "HX-Refresh" not in part
    work()
    assert client.get(f"{address}progress/")["HX-Refresh"] == "true"


def test_without_a_worker_the_page_says_that_checking_waits(as_, cast):
    client = as_("gu")
    address = uploaded(client, workbook(SHORT, *rows(LONG)))
    assert "后台程序没有运行" in page_of(client, address)
    WorkerBeat.objects.create(id="w", started_at=clock.machine_now(), at=clock.machine_now())
    assert "后台程序没有运行" not in page_of(client, address)


def test_a_cancelled_check_changes_nothing_any_more(as_, cast):
    client = as_("gu")
    address = uploaded(client, workbook(SHORT, *rows(LONG)))
    assert client.post(f"{address}cancel/")["Location"] == address
    assert "检查已取消" in page_of(client, address)
    work()
    assert (draft().state, draft().added, ImportFile.objects.count()) == ("cancelled", 0, 0)


def test_a_check_cancelled_on_the_way_stops_at_its_next_step(cast, monkeypatch):
    units, apply = known_imports()["units"]

    def cancelled_meanwhile(actor, read):
        cancel_check(draft())
        return units.resolve(actor, read)

    slow = replace(units, name="slow", resolve=cancelled_meanwhile)
    monkeypatch.setitem(imports._kinds, "slow", (slow, apply))
    check_upload(slow, workbook(SHORT, *rows(LONG)), "a.xlsx", cast.actor("gu"))
    work()
    assert (draft().state, draft().added, ImportFile.objects.count()) == ("cancelled", 0, 0)


def test_cancelling_after_the_end_shows_the_result(as_, cast):
    client = as_("gu")
    address = uploaded(client, workbook(SHORT, *rows(LONG)))
    work()
    page = client.post(f"{address}cancel/", follow=True).content.decode()
    assert "检查已经结束，请看结果。" in page
    assert draft().state == "checked"


def test_a_long_file_that_is_not_read_says_why_on_its_page(as_, cast):
    client = as_("gu")
    headings = "编码 名称 类别 城堡"
    address = uploaded(client, workbook(headings, *rows(LONG)))
    work()
    assert draft().state == "refused"
    assert "没有“城堡”这一列" in page_of(client, address)


def test_the_job_speaks_the_language_of_who_sent_the_file(as_, cast):
    client = as_("gu")
    client.cookies["django_language"] = "en"
    uploaded(client, workbook(SHORT, *rows(LONG), ["N-X", "错", "城堡", ""]))
    with translation.override("zh-hans"):
        work()
    assert told(draft())[0].startswith("表!C303: There is no kind")


def test_who_may_import_no_more_when_the_job_runs_is_refused(as_, cast):
    uploaded(as_("gu"), workbook(SHORT, *rows(LONG)))
    cast.gu.appointments.update(ends_on="2025-12-16")
    work()
    assert (draft().state, draft().refusal) == ("refused", "这件事不由您的岗位办理。")


def test_own_uploads_are_found_again_and_nobody_elses(as_, cast):
    address = uploaded(as_("gu"), workbook(SHORT, *rows(LONG)))
    page = page_of(as_("gu"), IMPORT)
    assert f'href="{address}"' in page
    assert "检查中" in page
    ImportDraft.objects.update(person_id=cast.bai.id)
    assert f'href="{address}"' not in page_of(as_("gu"), IMPORT)


@pytest.mark.parametrize("part", ["", "progress/"])
def test_another_persons_check_is_not_found(as_, cast, part):
    address = uploaded(as_("gu"), workbook(SHORT, *rows(LONG)))
    ImportDraft.objects.update(person_id=cast.bai.id)
    assert as_("gu").get(f"{address}{part}").status_code == 404
    assert as_("gu").post(f"{address}cancel/").status_code == 404
    assert draft().state == "checking"


def test_drafts_are_forgotten_after_thirty_days_with_their_files(cast):
    data, gu = workbook(SHORT, *rows(LONG)), cast.actor("gu")
    with clock.held_at(clock.now() - timedelta(days=30, seconds=1)):
        check_upload(known_imports()["units"][0], data, "old.xlsx", gu)
    kept = check_upload(known_imports()["units"][0], data, "new.xlsx", gu)
    forget_drafts(slot="2025-12-17")
    assert list(ImportDraft.objects.all()) == [kept]
    assert [file.draft_id for file in ImportFile.objects.all()] == [kept.id]


@pytest.mark.parametrize("uploads", [1, 50])
@pytest.mark.parametrize(("part", "cost"), [("", 7), ("progress/", 6)])
def test_the_page_of_a_check_costs_what_is_written_here(as_, cast, uploads, part, cost):
    client, data = as_("gu"), workbook(SHORT, *rows(LONG))
    for _upload in range(uploads):
        address = uploaded(client, data)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{address}{part}").status_code == 200
    assert len(captured.captured_queries) == cost


@pytest.mark.parametrize("uploads", [1, 50])
def test_the_import_page_costs_what_is_written_here(as_, cast, uploads):
    client, data = as_("gu"), workbook(SHORT, *rows(LONG))
    for _upload in range(uploads):
        uploaded(client, data)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(IMPORT)
    assert len(captured.captured_queries) == 6
    assert len(page.context["drafts"]) == min(uploads, 10)


@pytest.mark.parametrize("ending", ["checking", "refused", "cancelled", "checked"])
def test_the_page_of_a_check_speaks_english(as_, cast, ending):
    client = as_("gu")
    address = uploaded(client, workbook(SHORT, *rows(LONG)))
    ImportDraft.objects.update(state=ending, wrong=1)
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        pages = page_of(client, address) + page_of(client, IMPORT)
    main = "".join(part.split("</main>")[0] for part in pages.split("<main")[1:])
    for ours in (*(column.marked_heading for column in COLUMNS), "单位.xlsx", cast.centre.name):
        main = main.replace(ours, "")
    assert [letter for letter in main if "\u4e00" <= letter <= "\u9fff"] == []
