"""What is refused on the pages of the ledgers: by which status, in which words, and that typed text stays."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.once import ConflictCopy
from xiaoan.ledgers.acts import correct_entry, finish_item, void_entry
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import MEETING, REVIEW, TODAY, a_meeting, an_item, recorded

RECORD = f"/ledgers/kinds/{MEETING}/record/"
IMPORT = f"/ledgers/kinds/{REVIEW}/import/"
MEGABYTE = 1024 * 1024


def hidden(seen: object = "") -> dict[str, str]:
    return {"submission_id": str(uuid4()), "seen": str(seen)}


def typed(kept, **changes):
    """A meeting as a browser sends it."""
    return {
        "entry-happened_on": "2025-12-16",
        "entry-chaired_by": str(kept.head.id),
        "entry-agenda": "冬季用火用电",
    } | (hidden() | changes)


@pytest.fixture
def desk(client, kept):
    """The browser of somebody: `desk("lin")`."""
    client.raise_request_exception = False

    def enter(who="shen"):
        client.force_login(getattr(kept.cast, who).account)
        return client

    return enter


def stored():
    return Entry.objects.everything("a test").count(), JournalEntry.objects.count()


@pytest.mark.parametrize("sign", ["\x01", "\x1b", "\u200b", "\u200d", "\u202e", "\ufeff", "\ufffd", "\x00"])
def test_a_character_that_nobody_sees_is_taken_out_and_told_beside_its_field(desk, kept, sign):
    before, sent = stored(), typed(kept, **{"entry-agenda": f"冬季{sign}用电"})
    answer = desk().post(RECORD, sent)
    page = answer.content.decode()
    assert (answer.status_code, "含有看不见或无法保存的字符" in page, "冬季用电" in page) == (400, True, True)
    assert stored() == before
    again = sent | {"entry-agenda": answer.context["form"]["agenda"].value()}
    assert desk().post(RECORD, again).status_code == 303
    assert Entry.objects.everything("a test").get().title == "冬季用电"


@pytest.mark.parametrize(("sign", "times"), [("字", 350_000), ("\n", 100_000), ("\ufdfa", 350_000)])
def test_a_text_far_too_long_is_413_with_the_limit_and_stays_on_the_page(desk, kept, sign, times):
    before = stored()
    answer = desk().post(RECORD, typed(kept, **{"entry-agenda": "始" + sign * times + "终"}))
    page = answer.content.decode()
    assert (answer.status_code, "不超过 5000" in page, "始" in page, "终" in page) == (413, True, True, True)
    assert stored() == before


def test_bytes_that_are_no_text_are_not_altered_in_silence(desk, kept):
    fields = "&".join(f"{name}={value}" for name, value in typed(kept, **{"entry-agenda": ""}).items())
    body = f"{fields}%ED%A0%80".replace("entry-agenda=", "entry-agenda=%ED%A0%80")
    answer = desk().post(RECORD, body.encode(), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.parametrize("sign", ["𠮷", "㐂", "·", "é", "‘", "\t", "（１）"])
def test_rare_characters_and_several_lines_are_stored_as_typed(desk, kept, sign):
    desk().post(RECORD, typed(kept, **{"entry-agenda": f"{sign}冬季{sign}用电"}))
    assert Entry.objects.everything("a test").get().title.strip() == f"{sign}冬季{sign}用电".strip()


@pytest.mark.parametrize("hid", [{"submission_id": ""}, {"submission_id": "1"}, {"seen": "x"}])
def test_a_form_without_its_hidden_fields_is_malformed(desk, kept, hid):
    assert desk().post(RECORD, typed(kept, **hid)).status_code == 400


@pytest.mark.parametrize("name", ["entry-unit", "unit", "entry-item-31-text", "version"])
def test_a_field_that_the_form_does_not_have_is_named_and_what_was_typed_stays(desk, kept, name):
    before = stored()
    answer = desk().post(RECORD, typed(kept, **{name: "1"}))
    page = answer.content.decode()
    assert (answer.status_code, f"本页没有的栏目“{name}”" in page, "冬季用火用电" in page) == (
        400,
        True,
        True,
    )
    assert stored() == before


def test_what_every_form_may_send_is_no_unknown_field(desk, kept):
    sent = typed(
        kept, captured_at="2025-12-16T09:00:00Z", csrfmiddlewaretoken="x", **{"entry-item-rows": "3"}
    )
    assert desk().post(RECORD, sent).status_code == 303


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", [RECORD, "/", "/login/", "/plans/", "/nowhere/"])
def test_what_no_browser_sends_is_not_allowed(desk, path, method):
    assert getattr(desk(), method)(path).status_code == 405


@pytest.mark.parametrize("path", [RECORD, IMPORT])
def test_a_form_of_too_many_bytes_is_too_large_in_words(desk, path):
    body = b"a=" + b"x" * (26 * MEGABYTE)
    answer = desk().post(path, body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "文件太大" in answer.content.decode()) == (413, True)


def test_a_file_of_thirty_megabytes_is_refused_beside_its_field(desk, kept):
    big = SimpleUploadedFile("台账.xlsx", b"PK\x03\x04" + bytes(30 * MEGABYTE))
    answer = desk().post(IMPORT, {"file": big})
    assert (answer.status_code, "文件超过 20 MB" in answer.content.decode()) == (413, True)
    scan = SimpleUploadedFile("签到.pdf", b"%PDF-1.7\n" + bytes(30 * MEGABYTE))
    form = {"entry-happened_on": "2025-12-16", "entry-result": "passed", "entry-sheet": scan}
    answer = desk().post(f"/ledgers/kinds/{REVIEW}/record/", form | hidden())
    assert (answer.status_code, "文件超过 20 MB" in answer.content.decode()) == (422, True)


def a_macro_book() -> bytes:
    book = BytesIO()
    with ZipFile(book, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/vbaProject.bin", "x")
    return book.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (a_macro_book(), "台账.xlsx", 415),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "台账.xls", 415),
        ("日期,结论\n2025-12-03,合格".encode(), "台账.csv", 400),
        (b"%PDF-1.7", "台账.pdf", 415),
    ],
)
def test_a_file_that_is_no_table_of_the_kind_is_told_beside_its_field(desk, data, name, status):
    before = stored()
    answer = desk().post(IMPORT, {"file": SimpleUploadedFile(name, data)})
    assert (answer.status_code, bool(answer.context["form"].errors["file"])) == (status, True)
    assert stored() == before


def test_an_upload_without_a_file_is_asked_for_one(desk):
    for body in (b"", b"--x\r\nfoo"):
        answer = desk().post(IMPORT, body, content_type="multipart/form-data; boundary=x")
        assert (answer.status_code, "file" in answer.context["form"].errors) == (422, True)


def test_the_same_form_with_other_words_keeps_both_and_may_be_filed_on_purpose(desk, kept):
    data = typed(kept)
    desk().post(RECORD, data)
    answer = desk().post(RECORD, data | {"entry-agenda": "另一件事"})
    page = answer.content.decode()
    assert (answer.status_code, "系统保留了两份" in page, "另一件事" in page) == (409, True, True)
    assert "另一件事" in ConflictCopy.objects.get().content
    fresh = str(answer.context["submission_id"])
    assert fresh != data["submission_id"]
    again = data | {"entry-agenda": "另一件事", "submission_id": fresh}
    assert (desk().post(RECORD, again).status_code, desk().post(RECORD, again).status_code) == (303, 303)
    titles = Entry.objects.everything("a test").values_list("title", flat=True)
    assert sorted(titles) == ["冬季用火用电", "另一件事"]


def test_a_stale_correction_keeps_its_words_and_goes_through_once_one_was_told(desk, kept):
    entry = recorded(kept, a_meeting(kept))
    page = f"/ledgers/entries/{entry.id}/correct/"
    seen = desk("lin").get(page).context["seen"]
    correct_entry(
        actor=kept.actor("shen"),
        ask=Ask(),
        entry=entry,
        filling=a_meeting(kept, agenda="先一步"),
        reason="写错了",
    )
    data = typed(kept, **hidden(seen), **{"entry-agenda": "后一步", "entry-correction-reason": "又错了"})
    answer = desk("lin").post(page, data)
    assert (answer.status_code, "后一步" in answer.content.decode()) == (409, True)
    assert Entry.objects.everything("a test").get().title == "先一步"
    assert desk("lin").post(page, data | {"seen": str(answer.context["seen"])}).status_code == 303
    assert Entry.objects.everything("a test").get().title == "后一步"


def test_a_stale_void_and_a_stale_finish_are_told(desk, kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept)))
    item = entry.items.get()
    finish = {"done_on": "2025-12-17", "note": "换好了"} | hidden(item.version)
    void = {"reason": "后一步"} | hidden(entry.version)
    finish_item(actor=kept.actor("lin"), ask=Ask(), item=item, done_on=TODAY, note="先一步")
    answer = desk().post(f"/ledgers/items/{item.id}/", finish)
    assert (answer.status_code, "换好了" in answer.content.decode()) == (409, True)
    void_entry(actor=kept.actor("chen"), ask=Ask(), entry=entry, reason="先一步")
    answer = desk("lin").post(f"/ledgers/entries/{entry.id}/void/", void)
    assert (answer.status_code, "后一步" in answer.content.decode()) == (409, True)


def test_a_wrong_step_names_the_present_one(desk, kept):
    entry = recorded(kept, a_meeting(kept))
    void_entry(actor=kept.actor("chen"), ask=Ask(), entry=entry, reason="重复登记")
    answer = desk("lin").post(
        f"/ledgers/entries/{entry.id}/void/", {"reason": "再来一次"} | hidden(entry.version)
    )
    assert (answer.status_code, "现在的步骤是「已作废」" in answer.content.decode()) == (409, True)


def test_seen_but_not_granted_is_403_with_its_reason_and_out_of_sight_is_404(desk, kept):
    entry = recorded(kept, a_meeting(kept))
    page = f"/ledgers/entries/{entry.id}/void/"
    answer = desk("shen").post(page, {"reason": "我来"} | hidden(entry.version))
    assert (answer.status_code, "作废由校长、书记或分管负责人办理" in answer.content.decode()) == (403, True)
    away = desk("tang").post(page, {"reason": "我来"} | hidden(entry.version))
    missing = desk("tang").post(f"/ledgers/entries/{uuid4()}/void/", {"reason": "我来"} | hidden())
    assert (away.status_code, missing.status_code) == (404, 404)
    assert away.content == missing.content
    assert stored() == (1, JournalEntry.objects.count())
