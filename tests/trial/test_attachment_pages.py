"""Files over HTTP follow their record's door; names are data; what belongs to nothing is swept."""

import os
import re
import time
from pathlib import Path
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.trial.acts import illustrate_note, write_note
from tests.trial.models import Note
from tests.trial.pictures import photo, upload, word_file
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.attachments import queries, storage
from xiaoan.foundation.attachments.jobs import sweep_files
from xiaoan.foundation.attachments.keeping import keep_file
from xiaoan.foundation.attachments.kinds import JPEG, PDF
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.attachments.names import NAME_LENGTH, download_header, shown_name
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.journal import JournalEntry, first_fault

pytestmark = pytest.mark.urls("tests.trial.urls")
HOSTILE_NAMES = [
    "../../etc/passwd",
    "..\\..\\windows\\system32\\a.jpg",
    "/etc/cron.d/x.jpg",
    "C:\\a.jpg",
    ".htaccess",
    "..",
    ".",
    "",
    " ",
    "a\r\nSet-Cookie: x=1.jpg",
    "a\n",
    'a"; filename="b.html',
    "a';b.jpg",
    "\u202egpj.exe",
    "a\u200b\u2066b\u2069.jpg",
    "a\x00.jpg",
    "\x7f\x1b[31m.jpg",
    "名" * 300 + ".jpg",
    "x." + "y" * 300,
    "a/b/c.jpg",
    "现场 照片（一）.jpg",
    "é" * 200,
    "\ufdfa" * 255,
    "\ud800.jpg",
    "CON.jpg",
    "%2e%2e%2f.jpg",
    "<script>.jpg",
    "a|b?c*.jpg",
]


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def note(cast) -> Note:
    return write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="栏杆松动")


@pytest.fixture
def row(cast, note) -> Attachment:
    return attached(cast, note, upload(photo()))


def attached(cast, note, file) -> Attachment:
    illustrate_note(actor=cast.actor("shen"), ask=Ask(), note=note, uploads=[file])
    drain()
    return queries.attached_to(note).last()


def answer(client, person, url, **headers):
    """The answer to a person, read to its end: `body` holds its bytes."""
    client.force_login(person.account)
    response = client.get(url, headers=headers)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def test_whoever_sees_the_record_sees_its_copies(cast, row, client):
    for who in ("lin", "shen", "gu", "bai"):
        response = answer(client, getattr(cast, who), row.view_url)
        assert (response.status_code, response["Content-Type"], response.body[:3]) == (
            200,
            "image/jpeg",
            b"\xff\xd8\xff",
        )


@pytest.mark.parametrize("who", ["tang", "yi", "zhou"])
def test_outside_the_records_sight_a_file_does_not_exist(cast, row, client, who):
    nothing = Attachment(pk=uuid4(), preview="ready")
    for there, missing in [(row.view_url, nothing.view_url), (row.download_url, nothing.download_url)]:
        hidden = answer(client, getattr(cast, who), there)
        absent = answer(client, getattr(cast, who), missing)
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert hidden.content == absent.content
    assert JournalEntry.objects.filter(act="foundation.open_original").count() == 0


def test_nobody_is_served_without_signing_in(row, client):
    assert client.get(row.view_url).status_code == 302
    assert client.get(row.download_url).status_code == 302


def test_a_copy_is_asked_for_again_and_refused_when_the_appointment_has_ended(cast, row, client):
    first = answer(client, cast.lin, row.view_url)
    assert first["Cache-Control"] == "private, no-cache"
    again = answer(client, cast.lin, row.view_url, if_none_match=first["ETag"])
    assert (again.status_code, again.body) == (304, b"")
    other = answer(client, cast.gu, row.view_url, if_none_match=first["ETag"])
    assert other.status_code == 200

    cast.lin.appointments.all().delete()
    assert answer(client, cast.lin, row.view_url, if_none_match=first["ETag"]).status_code == 404


def test_an_original_is_a_download_that_runs_nothing_and_leaves_a_trace(cast, row, client):
    response = answer(client, cast.lin, row.download_url)
    assert response.body == photo()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Content-Disposition"].startswith("attachment; ")
    entry = JournalEntry.objects.get(act="foundation.open_original")
    assert (entry.person_id, entry.object_id) == (cast.lin.id, str(row.pk))
    assert first_fault(cast.school.id) is None


def test_a_photos_original_is_not_for_everyone_who_sees_the_record(cast, row, client, settings, tmp_path):
    from xiaoan.foundation.permissions import matrix

    text = Path(settings.MATRIX).read_text(encoding="utf-8")
    closed = re.sub(r"(?m)^foundation\.read_originals,.*$", "foundation.read_originals" + ",·" * 18, text)
    settings.MATRIX = tmp_path / "matrix.csv"
    settings.MATRIX.write_text(closed, encoding="utf-8")
    matrix.cache_clear()
    try:
        assert answer(client, cast.lin, row.download_url).status_code == 403
        assert JournalEntry.objects.filter(act="foundation.open_original").count() == 0
    finally:
        matrix.cache_clear()


def test_a_document_is_downloaded_by_whoever_sees_its_record(cast, note, client):
    row = attached(cast, note, upload(word_file(), "会议纪要.docx"))
    response = answer(client, cast.lin, row.download_url)
    assert response.body == word_file()
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''会议纪要.docx"
    assert JournalEntry.objects.filter(act="foundation.open_original").count() == 0


def test_a_copy_that_is_gone_is_made_again(cast, row, client):
    storage.copy_path(row.district_id, row.pk, "view").unlink()
    assert answer(client, cast.lin, row.view_url).status_code == 404
    drain()
    response = answer(client, cast.lin, row.view_url)
    assert response.status_code == 200


def test_an_original_that_is_gone_is_said_in_words(cast, row, client):
    storage.original_path(row.district_id, row.sha256).unlink()
    response = answer(client, cast.lin, row.download_url)
    assert (response.status_code, "原件暂时打不开" in response.content.decode()) == (503, True)


@pytest.mark.parametrize("size", ["original", "../view", "huge"])
def test_no_other_size_has_an_address(cast, row, client, size):
    assert answer(client, cast.lin, row.view_url.replace("/view/", f"/{size}.jpg/")).status_code == 404


@pytest.mark.parametrize("given", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_a_hostile_name_is_shown_harmlessly_and_breaks_no_header(given):
    shown = shown_name(given)
    header = download_header(given, JPEG)
    assert 0 < len(shown) <= NAME_LENGTH
    assert [char for char in shown if char in '/\\:*?"<>|' or not char.isprintable()] == []
    assert not shown.startswith(".")
    assert header.isascii()
    assert header.isprintable()
    assert re.fullmatch(r"attachment; filename(=\"[^\"\\]+\"|\*=utf-8''[\w.%~-]+)", header)


@pytest.mark.parametrize(
    ("given", "kind", "offered"),
    [
        ("a.exe", PDF, "a.exe.pdf"),
        ("A.PDF", PDF, "A.PDF"),
        ("a.html", JPEG, "a.html.jpg"),
        ("", PDF, "附件.pdf"),
    ],
)
def test_a_download_is_named_by_what_it_is(given, kind, offered):
    assert re.search(r"(?:filename=\"|utf-8'')(.*?)\"?$", unquote(download_header(given, kind)))[1] == offered


def test_a_hostile_name_leads_to_no_other_place(cast, note, media):
    for given in HOSTILE_NAMES[:8]:
        file = upload(photo() + given.encode())
        file._name = given  # as a client without Django's own cleaning would send it
        attached(cast, note, file)
    outside = [path for path in media.parent.rglob("*") if path.is_file() and media not in path.parents]
    assert outside == []
    assert {path.name for path in storage.originals(cast.bureau.id).rglob("*") if path.is_file()} == set(
        Attachment.objects.everything("a test").values_list("sha256", flat=True)
    )


def test_what_belongs_to_nothing_is_swept_after_a_day_and_nothing_else(cast, row, media):
    def aged(path: Path) -> Path:
        past = time.time() - 25 * 3600
        os.utime(path, (past, past))
        return path

    orphan = aged(
        storage.original_path(cast.bureau.id, keep_file(upload(photo() + b"1"), cast.bureau.id).sha256)
    )
    young = storage.original_path(cast.bureau.id, keep_file(upload(photo() + b"2"), cast.bureau.id).sha256)
    wanted_again = aged(
        storage.original_path(cast.bureau.id, keep_file(upload(photo() + b"3"), cast.bureau.id).sha256)
    )
    keep_file(upload(photo() + b"3"), cast.bureau.id)
    lost_copy = storage.copy_path(cast.bureau.id, uuid4(), "view")
    storage.made(lost_copy.parent)
    lost_copy.write_bytes(b"x")
    aged(lost_copy)
    half = storage.workshop() / "half"
    half.write_bytes(b"x")
    aged(half)
    kept = {
        aged(storage.original_path(cast.bureau.id, row.sha256)),
        aged(storage.copy_path(cast.bureau.id, row.pk, "view")),
        aged(storage.copy_path(cast.bureau.id, row.pk, "thumbnail")),
    }

    sweep_files(slot="2025-12-17")

    left = {path for path in media.rglob("*") if path.is_file()}
    assert left == kept | {young, wanted_again}
    assert [path.exists() for path in (orphan, lost_copy, half)] == [False, False, False]


def test_addresses_do_not_name_files(row):
    assert reverse("attachments:original", args=[row.pk]) == f"/attachments/{row.pk}/original/"
