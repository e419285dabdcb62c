"""Importing: headings from the declaration, errors by their cell, nothing filed before it was looked at."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict, NotPermitted, RuleBroken
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.sheets import SheetRefused, read_table
from xiaoan.ledgers.acts import import_entries
from xiaoan.ledgers.imports import check_file, columns_of
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import MEETING, REVIEW, a_meeting, recorded
from xiaoan.people.tests.factories import a_person, an_appointment

HEADINGS = "日期,结果,考核人数,下次考核日期,听取过家长意见,备注,参加人员"
GOOD = "2025-12-03,合格,4,2026-06-01,是,夜班加一人,沈知远、陈敬之"


def checked(kept, *lines, kind=REVIEW, who="shen"):
    data = "\n".join(lines).encode()
    in_force = kind_in_force(kept.cast.bureau.id, kind)
    return check_file(kept.cast.school, in_force, data, "台账.csv", kept.actor(who))


def imported(kept, draft, kind=REVIEW, ask=None):
    in_force = kind_in_force(kept.cast.bureau.id, kind)
    return import_entries(
        actor=kept.actor("shen"), ask=ask or Ask(), unit=kept.cast.school, kind=in_force, draft=draft
    )


def entries():
    return Entry.objects.everything("a test")


def errors(draft):
    return [str(error).split("!", 1)[1].split(":")[0] for error in draft.error_list()]


def test_checking_files_nothing_and_importing_files_every_row(kept):
    draft = checked(kept, HEADINGS, GOOD, "2025-11-03,不合格,3,,,,")
    assert (draft.added, draft.unchanged, draft.wrong, entries().count()) == (2, 0, 0, 0)
    imported(kept, draft)
    first, second = entries().order_by("-happened_on")
    assert (first.happened_on, first.title, first.values.get(field="result").choice) == (
        date(2025, 12, 3),
        "夜班加一人",
        "passed",
    )
    assert sorted(row.name for row in first.people.all()) == ["沈知远", "陈敬之"]
    assert set(second.values.values_list("field", flat=True)) == {"result", "reviewed"}
    acts = list(JournalEntry.objects.filter(unit_id=kept.cast.school.id).values_list("act", flat=True))
    assert sorted(acts) == ["ledgers.import_entries", "ledgers.record_entry", "ledgers.record_entry"]


def test_every_wrong_cell_is_named(kept):
    draft = checked(
        kept,
        HEADINGS,
        "2025-12-18,合格,4,,,,",
        "2025-12-03,优秀,4,,,,",
        "2025-12-04,合格,四,,,,",
        "2025-12-05,合格,4,,,,唐若水",
        ",合格,4,,,,",
        GOOD,
    )
    assert sorted(errors(draft)) == ["A2", "A6", "B3", "C4", "G5"]
    with pytest.raises(RuleBroken):
        imported(kept, draft)
    assert entries().count() == 0


def test_a_name_that_two_people_bear_wants_a_staff_number(kept):
    twin = a_person(kept.cast.school, "沈知远")
    an_appointment(twin, kept.cast.school, "vice_head")
    assert errors(checked(kept, HEADINGS, GOOD)) == ["G2"]
    by_number = GOOD.replace("沈知远", twin.staff_no)
    imported(kept, checked(kept, HEADINGS, by_number))
    assert twin.id in set(entries().get().people.values_list("person_id", flat=True))


def test_who_chairs_is_found_in_the_posts_of_that_day(kept):
    lines = ("日期,主持人,议题", "2025-12-03,林一鸣,用电")
    imported(kept, checked(kept, *lines, kind=MEETING), kind=MEETING)
    assert entries().get().people.get().post == "head_teacher"
    assert errors(checked(kept, "日期,主持人,议题", "2025-12-04,沈知远,用电", kind=MEETING)) == ["B2"]


def test_what_is_there_already_is_not_filed_again(kept):
    recorded(kept, a_meeting(kept, day=date(2025, 12, 3), agenda="用电"))
    draft = checked(
        kept, "日期,主持人,议题", "2025-12-03,林一鸣,用电", "2025-12-04,林一鸣,燃气", kind=MEETING
    )
    assert (draft.added, draft.unchanged) == (1, 1)
    imported(kept, draft, kind=MEETING)
    assert list(entries().order_by("happened_on").values_list("title", flat=True)) == ["用电", "燃气"]


def test_the_same_row_twice_is_an_error(kept):
    assert errors(checked(kept, HEADINGS, GOOD, GOOD)) == ["A3"]


def test_a_draft_is_applied_once_and_not_after_things_changed(kept):
    draft = checked(kept, HEADINGS, GOOD)
    stale = checked(kept, HEADINGS, GOOD)
    ask = Ask()
    imported(kept, draft, ask=ask)
    assert imported(kept, ImportDraft.objects.everything("a test").get(pk=draft.pk), ask=ask) == draft
    with pytest.raises(Conflict):
        imported(kept, draft)
    with pytest.raises(Conflict):
        imported(kept, stale)
    assert entries().count() == 1


def test_more_rows_than_one_act_bears_are_refused(kept):
    lines = [
        f"2025-{month:02d}-{day:02d},合格,{n},,,,"
        for n in (1, 2)
        for month in range(1, 12)
        for day in range(1, 11)
    ]
    assert errors(checked(kept, HEADINGS, *lines)) == ["A202"]


def test_other_headings_are_refused_with_those_that_are_known(kept):
    with pytest.raises(SheetRefused, match="考核人数"):
        checked(kept, "日期,结果,人数", "2025-12-03,合格,4")


@pytest.mark.parametrize("who", ["chen", "tang", "gu", "zhou", "yi"])
def test_who_may_not_record_may_not_import(kept, who):
    with pytest.raises(NotPermitted):
        checked(kept, HEADINGS, GOOD, who=who)


def test_the_page_checks_shows_and_files(client, kept):
    client.force_login(kept.cast.shen.account)
    address = f"/ledgers/kinds/{REVIEW}/import/"
    book = client.get(f"{address}template.xlsx")
    columns = columns_of(kind_in_force(kept.cast.bureau.id, REVIEW).declared)
    assert read_table(book.content, "a.xlsx", columns).headings == tuple(HEADINGS.split(","))

    file = SimpleUploadedFile("台账.csv", f"{HEADINGS}\n{GOOD}".encode())
    response = client.post(address, {"file": file, "submission_id": str(uuid4())})
    page = client.get(response["Location"]).content.decode()
    assert "确认导入" in page
    assert entries().count() == 0
    response = client.post(response["Location"], {"submission_id": str(uuid4())})
    assert (response.status_code, response["Location"]) == (303, f"/ledgers/kinds/{REVIEW}/")
    assert entries().count() == 1


def test_a_file_that_is_not_read_is_told_beside_the_field(client, kept):
    client.force_login(kept.cast.shen.account)
    data = {"file": BytesIO(b"no table"), "submission_id": str(uuid4())}
    response = client.post(f"/ledgers/kinds/{REVIEW}/import/", data)
    assert response.status_code == 415
    assert response.context["form"].errors["file"]
