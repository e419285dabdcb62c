"""The pages: what they show, what a form keeps, who sees nothing; the statements that each costs."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.delivery import drain
from xiaoan.ledgers.acts import void_entry
from xiaoan.ledgers.filling import ItemDraft
from xiaoan.ledgers.models import Entry, Item
from xiaoan.ledgers.tests.factories import MEETING, REVIEW, TODAY, a_meeting, a_review, an_item, recorded
from xiaoan.people.tests.factories import an_appointment

RECORD = f"/ledgers/kinds/{MEETING}/record/"
LIST = f"/ledgers/kinds/{MEETING}/"


def entered(client, kept, who="shen"):
    client.force_login(getattr(kept.cast, who).account)
    return client


def text_of(response):
    return response.content.decode()


def typed(kept, **changes):
    """A meeting as a browser sends it."""
    data = {
        "entry-happened_on": "2025-12-16",
        "entry-chaired_by": str(kept.head.id),
        "entry-agenda": "冬季用火用电",
        "submission_id": str(uuid4()),
        "seen": "",
    }
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def entries():
    return Entry.objects.everything("a test")


def test_the_home_page_names_each_kind_with_what_it_still_wants(client, kept):
    page = text_of(entered(client, kept).get("/ledgers/"))
    for words in ("安全例会", "每月安全例会", "0 / 1", "12月31日前", "门卫考核", "汛期值守"):
        assert words in page
    assert page.count(f'href="{RECORD}"') == 1


def test_one_button_stands_out_on_the_home_page_that_of_the_kind_due_first(client, kept):
    def standing_out():
        return re.findall(r'button-primary" href="([^"]+)"', text_of(entered(client, kept).get("/ledgers/")))

    assert standing_out() == [f"/ledgers/kinds/{REVIEW}/record/"]
    for _time in range(3):
        recorded(kept, a_review(kept), kind=REVIEW)
    drain()
    assert standing_out() == [RECORD]


@pytest.mark.parametrize(
    ("asked", "proposed"),
    [("", "head"), ("?on=2025-11-01", "head"), ("?on=2025-09-30", "before"), ("?on=2025-08-31", None)],
)
def test_the_form_of_a_day_proposes_who_held_the_post_on_it(client, kept, asked, proposed):
    kept.head.starts_on = date(2025, 11, 1)
    kept.head.save()
    before = an_appointment(
        kept.cast.zhou,
        kept.cast.school,
        "head_teacher",
        starts_on=date(2025, 9, 1),
        ends_on=date(2025, 10, 31),
    )
    form = entered(client, kept).get(RECORD + asked).context["form"]
    wanted = {"head": str(kept.head.id), "before": str(before.id), None: None}[proposed]
    assert form["chaired_by"].value() == wanted


@pytest.mark.parametrize(
    ("asked", "day"),
    [("", "2025-12-17"), ("?on=2025-09-30", "2025-09-30"), ("?on=2026-03-31", "2025-12-17")],
)
def test_the_form_begins_on_the_day_that_is_asked_for_never_on_a_coming_one(client, kept, asked, day):
    page = text_of(entered(client, kept).get(RECORD + asked))
    assert f'type="date" name="entry-happened_on" value="{day}"' in page


def test_more_rows_keep_the_day_that_was_typed(client, kept):
    page = text_of(entered(client, kept).post(f"{RECORD}?on=2025-09-30", typed(kept, more_rows="1")))
    assert 'name="entry-happened_on" value="2025-12-16"' in page


def test_a_day_that_is_none_is_refused(client, kept):
    assert entered(client, kept).get(f"{RECORD}?on=2025-02-30").status_code == 400


def test_the_home_page_tells_when_a_kind_was_last_kept(client, kept):
    recorded(kept, a_meeting(kept, day=date(2025, 12, 3)))
    gone = recorded(kept, a_meeting(kept, day=date(2025, 12, 9)))
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=gone, reason="重复登记")
    page = text_of(entered(client, kept).get("/ledgers/"))
    assert "12月3日" in page
    assert "12月9日" not in page


def test_who_may_not_record_sees_the_button_locked_with_its_reason(client, kept):
    page = text_of(entered(client, kept, "chen").get("/ledgers/"))
    assert RECORD not in page
    assert "这类台账由规则库指定的岗位登记" in page


def test_the_bureau_sees_the_kinds_and_their_lists(client, kept):
    page = text_of(entered(client, kept, "gu").get("/ledgers/"))
    assert f'href="{LIST}"' in page
    assert RECORD not in page


def test_a_blank_form_begins_with_today_and_the_head(client, kept):
    response = entered(client, kept).get(RECORD)
    form = response.context["form"]
    assert (form["happened_on"].value(), form["chaired_by"].value()) == (TODAY, str(kept.head.id))
    assert len(list(form.item_fields())) == 3


def test_a_sent_form_is_an_entry_with_its_items(client, kept):
    data = typed(
        kept,
        **{
            "entry-item-2-text": "更换软管",
            "entry-item-2-holder": str(kept.clerk.id),
            "entry-item-2-due_on": "2025-12-30",
        },
    )
    response = entered(client, kept).post(RECORD, data)
    entry = entries().get()
    assert (response.status_code, response["Location"]) == (303, f"/ledgers/entries/{entry.id}/")
    assert (entry.happened_on, entry.items.get().due_on) == (date(2025, 12, 16), date(2025, 12, 30))
    page = text_of(client.get(response["Location"]))
    for words in (
        "冬季用火用电",
        "林一鸣（校长）",
        "更换软管",
        "沈知远（安全干事）",
        "每月安全例会",
        "登记安全例会",
    ):
        assert words in page


def test_a_form_of_every_type_is_kept_as_typed(client, kept):
    data = {
        "entry-happened_on": "2025-12-16",
        "entry-result": "failed",
        "entry-reviewed": "3",
        "entry-next_on": "2026-01-05",
        "entry-parents_heard": "0",
        "entry-remark": "补训",
        "entry-present": [str(kept.clerk.id), str(kept.deputy.id)],
        "entry-sheet": SimpleUploadedFile(
            "考核表.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
        ),
        "submission_id": str(uuid4()),
    }
    response = entered(client, kept).post(f"/ledgers/kinds/{REVIEW}/record/", data)
    assert response.status_code == 303
    page = text_of(client.get(response["Location"]))
    for words in (
        "不合格",
        "补训",
        "2026年1月5日",
        "否",
        "沈知远（安全干事）、陈敬之（副校长）",
        "考核表.pdf",
    ):
        assert words in page
    assert Attachment.objects.everything("a test").get().purpose == "sheet"


def test_the_same_form_twice_is_one_entry(client, kept):
    data = typed(kept)
    first, second = (entered(client, kept).post(RECORD, data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert entries().count() == 1


def test_the_same_form_with_other_words_is_refused_and_shown_again(client, kept):
    data = typed(kept)
    entered(client, kept).post(RECORD, data)
    response = client.post(RECORD, data | {"entry-agenda": "另一件事"})
    assert response.status_code == 409
    assert "另一件事" in text_of(response)
    assert entries().get().title == "冬季用火用电"


def test_what_was_typed_stays_beside_what_is_wrong(client, kept):
    data = typed(kept, **{"entry-happened_on": "2025-12-18", "entry-item-3-text": "只写了事"})
    response = entered(client, kept).post(RECORD, data)
    assert response.status_code == 422
    page = text_of(response)
    for words in (
        "日期不能晚于今天",
        "冬季用火用电",
        "只写了事",
        "请选择本单位的责任人",
        data["submission_id"],
    ):
        assert words in page
    assert entries().count() == 0


def test_more_rows_keep_what_was_typed_and_check_nothing(client, kept):
    data = typed(kept, **{"entry-agenda": "", "entry-item-1-text": "更换软管", "entry-item-rows": "3"})
    response = entered(client, kept).post(RECORD, data | {"more_rows": "1"})
    assert response.status_code == 200
    form = response.context["form"]
    assert len(list(form.item_fields())) == 6
    page = text_of(response)
    assert "更换软管" in page
    assert data["submission_id"] in page
    assert 'class="field-error"' not in page


def test_a_stale_page_is_told_and_keeps_its_words(client, kept):
    entry = recorded(kept, a_meeting(kept))
    address = f"/ledgers/entries/{entry.id}/void/"
    seen = entered(client, kept, "lin").get(address).context["seen"]
    void_entry(actor=kept.actor("chen"), ask=Ask(), entry=entry, reason="先一步")
    data = {"reason": "后一步", "seen": str(seen), "submission_id": str(uuid4())}
    response = client.post(address, data)
    assert response.status_code == 409
    assert "后一步" in text_of(response)
    assert entries().get().void_reason == "先一步"


def test_a_correction_begins_with_what_is_stored(client, kept):
    entry = recorded(kept, a_review(kept), REVIEW)
    address = f"/ledgers/entries/{entry.id}/correct/"
    form = entered(client, kept).get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    assert values == {
        "happened_on": TODAY,
        "result": "passed",
        "reviewed": "4",
        "next_on": date(2026, 6, 1),
        "parents_heard": "0",
        "remark": "夜班加一人",
        "present": [str(kept.clerk.id), str(kept.deputy.id)],
        "sheet": None,
        "correction-reason": None,
    }


def test_a_correction_shows_old_and_new_in_the_timeline(client, kept):
    entry = recorded(kept, a_meeting(kept))
    data = typed(kept, **{"entry-correction-reason": "日期写错", "seen": "1"})
    response = entered(client, kept).post(f"/ledgers/entries/{entry.id}/correct/", data)
    assert response.status_code == 303
    page = text_of(client.get(response["Location"]))
    assert "日期由2025-12-17改为2025-12-16" in page
    assert "理由：日期写错" in page


def test_a_correction_adds_files_and_keeps_those_that_are_there(client, kept):
    paper = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    entry = recorded(kept, a_review(kept, sheet=[SimpleUploadedFile("考核表.pdf", paper)]), REVIEW)
    address = f"/ledgers/entries/{entry.id}/correct/"
    form = entered(client, kept).get(address).context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    data |= {
        "entry-sheet": SimpleUploadedFile("补充.pdf", paper + b"more"),
        "entry-correction-reason": "补充附件",
        "submission_id": str(uuid4()),
        "seen": "1",
    }
    response = client.post(address, data)
    assert response.status_code == 303
    page = text_of(client.get(response["Location"]))
    for words in ("考核表.pdf", "补充.pdf", "理由：补充附件"):
        assert words in page


def test_voiding_is_a_button_for_the_head_and_a_reason_for_the_clerk(client, kept):
    entry = recorded(kept, a_meeting(kept))
    address = f"/ledgers/entries/{entry.id}/"
    assert "作废由校长、书记或分管负责人办理" in text_of(entered(client, kept).get(address))
    assert client.get(f"{address}void/").status_code == 403
    assert f'href="{address}void/"' in text_of(entered(client, kept, "lin").get(address))
    data = {"reason": "重复登记", "seen": "1", "submission_id": str(uuid4())}
    assert client.post(f"{address}void/", data).status_code == 303
    page = text_of(client.get(address))
    assert "已作废" in page
    assert "作废，理由：重复登记" in page
    assert f'href="{address}void/"' not in page


def test_an_item_is_finished_on_its_page(client, kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept)))
    address = f"/ledgers/items/{entry.items.get().id}/"
    page = entered(client, kept).get(address)
    assert page.context["form"]["done_on"].value() == TODAY
    data = {"done_on": "2025-12-17", "note": "已换", "seen": "1", "submission_id": str(uuid4())}
    assert client.post(address, data).status_code == 303
    page = text_of(client.get(address))
    assert "已办结" in page
    assert "已换" in page
    assert 'name="done_on"' not in page


def test_who_sees_only_their_item_gets_no_link_to_the_entry(client, kept):
    post = an_appointment(kept.cast.zhou, kept.cast.school, "post_holder", starts_on=date(2024, 1, 1))
    entry = recorded(kept, a_meeting(kept, ItemDraft("清点灭火器", post, date(2025, 12, 20))))
    own = f"/ledgers/items/{entry.items.get().id}/"
    page = entered(client, kept, "zhou").get(own)
    assert page.status_code == 200
    assert f"/ledgers/entries/{entry.id}/" not in text_of(page)
    assert client.get(f"/ledgers/entries/{entry.id}/").status_code == 404


def test_the_list_is_filtered_and_exported_as_shown(client, kept):
    recorded(kept, a_meeting(kept, day=date(2025, 9, 30), agenda="防汛"))
    recorded(kept, a_meeting(kept, agenda="防火"))
    page = entered(client, kept).get(LIST, {"period": "2025Q4"})
    assert "防火" in text_of(page)
    assert "防汛" not in text_of(page)
    assert client.get(LIST, {"period": "2025Q9"}).status_code == 400
    file = b"".join(client.get(LIST, {"period": "2025Q4", "export": "csv"}).streaming_content).decode(
        "utf-8-sig"
    )
    assert file.splitlines() == [
        "内容,日期,主持人,状态,登记日期",
        "防火,2025-12-17,林一鸣（校长）,已登记,2025-12-17",
    ]


def test_the_bureau_filters_by_unit(client, kept):
    recorded(kept, a_meeting(kept, agenda="本校"))
    theirs = a_meeting(kept, agenda="邻校", chaired_by=kept.neighbour_head)
    recorded(kept, theirs, actor=kept.actor("tang"), unit=kept.cast.neighbour)
    page = text_of(entered(client, kept, "gu").get(LIST))
    assert "本校" in page
    assert "邻校" in page
    page = text_of(client.get(LIST, {"unit": str(kept.cast.neighbour.id)}))
    assert "本校" not in page
    assert "邻校" in page


@pytest.mark.parametrize("who", ["yi", "tang", "zhou"])
def test_others_find_nothing(client, kept, who):
    entry = recorded(kept, a_meeting(kept, an_item(kept)))
    entered(client, kept, who)
    item = entry.items.get()
    for address in (f"/ledgers/entries/{entry.id}/", f"/ledgers/items/{item.id}/"):
        missing = address.replace(str(entry.id), str(uuid4())).replace(str(item.id), str(uuid4()))
        assert client.get(address).status_code == client.get(missing).status_code == 404
    assert list(Entry.objects.visible_to(kept.actor(who))) == []
    assert list(Item.objects.visible_to(kept.actor(who))) == []


def test_another_district_has_no_such_kind(client, kept):
    entered(client, kept, "yi")
    assert client.get(LIST).status_code == 404
    assert client.get(RECORD).status_code == 404
    assert "规则库发布后" in text_of(client.get("/ledgers/"))
