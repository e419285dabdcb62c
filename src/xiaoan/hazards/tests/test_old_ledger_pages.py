"""Pages of the old ledger's import: choose a file, look at what it would do, apply it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.job_queue import run_next
from xiaoan.foundation.sheets import read_table
from xiaoan.hazards.imports.columns import COLUMNS
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import TODAY
from xiaoan.hazards.tests.old_ledgers import a_closed_row, a_row, hazard, ledger

ADDRESS = "/hazards/import/"


def sent(client, data: bytes, name: str = "旧台账.xlsx"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data), "submission_id": str(uuid4())})


def test_the_template_has_the_columns_and_its_example_is_left_out(client, district):
    client.force_login(district.cast.gu.account)
    book = client.get(f"{ADDRESS}template.xlsx")
    table = read_table(book.content, "a.xlsx", COLUMNS)
    assert table.headings == tuple(column.heading for column in COLUMNS)
    assert table.rows == []


@pytest.mark.parametrize("who", ["gu", "chen", "lin"])
def test_a_file_is_checked_looked_at_and_applied(client, district, who):
    client.force_login(getattr(district.cast, who).account)
    draft = sent(client, ledger(a_closed_row()))
    page = client.get(draft["Location"]).content.decode()
    assert "一次全部写入" in page
    assert Hazard.objects.everything("a test").count() == 0
    done = client.post(draft["Location"], {"submission_id": str(uuid4())})
    assert (done.status_code, done["Location"]) == (303, draft["Location"])
    assert hazard().unit == district.cast.school
    assert "可以在隐患台账中查看" in client.get(draft["Location"]).content.decode()


def test_a_file_with_errors_names_them_and_offers_no_button(client, district):
    client.force_login(district.cast.gu.account)
    draft = sent(client, ledger(a_row(种类="天气")))
    page = client.get(draft["Location"]).content.decode()
    assert "表!D2" in page
    assert "一次全部写入" not in page
    refused = client.post(draft["Location"], {"submission_id": str(uuid4())})
    assert refused.status_code == 422


def test_the_page_is_in_english_too(client, district):
    client.force_login(district.cast.gu.account)
    client.cookies["django_language"] = "en"
    draft = sent(client, ledger(a_row(种类="天气")))
    assert "Please write a kind of the rule pack" in client.get(draft["Location"]).content.decode()
    assert "Import the old ledger" in client.get(ADDRESS).content.decode()


def test_a_file_that_is_not_read_is_told_beside_the_field(client, district):
    client.force_login(district.cast.gu.account)
    response = client.post(ADDRESS, {"file": BytesIO(b"no table"), "submission_id": str(uuid4())})
    assert response.status_code == 415
    assert response.context["form"].errors["file"]


def test_a_long_ledger_is_checked_by_the_worker_and_found_again(client, district):
    client.force_login(district.cast.gu.account)
    rows = [a_row(f"旧-{n}", 发现日期=TODAY - timedelta(days=n)) for n in range(301)]
    draft = sent(client, ledger(*rows))["Location"]
    assert "正在检查" in client.get(draft).content.decode()
    assert client.get(f"{draft}progress/").status_code == 200
    while run_next("w" * 32):
        pass
    assert "301" in client.get(draft).content.decode()
    assert "HX-Refresh" in client.get(f"{draft}progress/").headers
    assert "旧台账.xlsx" in client.get(ADDRESS).content.decode()


def test_a_check_may_be_cancelled(client, district):
    client.force_login(district.cast.gu.account)
    rows = [a_row(f"旧-{n}") for n in range(301)]
    draft = sent(client, ledger(*rows))["Location"]
    client.post(f"{draft}cancel/")
    assert "检查已取消" in client.get(draft).content.decode()
    assert ImportDraft.objects.everything("a test").get().state == "cancelled"


@pytest.mark.parametrize("who", ["shen", "zhou", "bai", "yi"])
def test_nobody_else_sees_the_pages(client, district, who):
    client.force_login(getattr(district.cast, who).account)
    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}template.xlsx").status_code == 403


def test_the_draft_of_another_person_is_not_found(client, district):
    client.force_login(district.cast.gu.account)
    draft = sent(client, ledger(a_row()))["Location"]
    for who in ("chen", "tang"):
        client.force_login(getattr(district.cast, who).account)
        assert client.get(draft).status_code == 404


@pytest.mark.parametrize(("who", "offered"), [("gu", True), ("lin", True), ("shen", False)])
def test_the_list_leads_to_the_import_for_whom_it_is(client, district, who, offered):
    client.force_login(getattr(district.cast, who).account)
    page = client.get("/hazards/").content.decode()
    assert ('href="/hazards/import/"' in page) == offered
    assert 'href="?export=ledger"' in page
