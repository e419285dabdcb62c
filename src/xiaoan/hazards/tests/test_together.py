"""Several hazards with one form: ticked, done one by one, what is refused told with its reason."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.journal import JournalEntry
from xiaoan.hazards import acts
from xiaoan.hazards.models import Hazard, Source
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    MAJOR,
    SOON,
    a_finding,
    do,
    fresh,
    from_above,
    lived,
    reported,
)

ORDER = {"due_on": "2025-12-27", "otherwise": "", "words": "请一周内整改"}


@pytest.fixture
def open_page(client, district):
    """Open the page of a verb as somebody."""

    def as_somebody(who, verb, query=""):
        client.force_login((getattr(district, who, None) or getattr(district.cast, who)).account)
        return client.get(f"/hazards/several/{verb}/{query}")

    return as_somebody


@pytest.fixture
def send(client, open_page):
    """Tick hazards on the page of a verb and send its form."""

    def ticked(who, verb, hazards, query="", submission_id=None, **given):
        open_page(who, verb, query)
        sent = {
            "submission_id": submission_id or uuid4(),
            "hazard": [f"{each.pk}.{each.version}" for each in hazards],
            "words": "",
        }
        return client.post(f"/hazards/several/{verb}/{query}", sent | given)

    return ticked


def offered(page):
    return set(re.findall(r'name="hazard" value="([^."]+)\.\d+"', page.content.decode()))


def keys(*hazards):
    return {str(each.pk) for each in hazards}


def several_from_above(district, number=3):
    return [lived(district, from_above(district, text=f"软管老化 {n}"), ISSUED[:1]) for n in range(number)]


def in_the_yard(district):
    """Where no place is registered, so that no post is proposed."""
    finding = a_finding(None, place_name="操场", source=Source.CENTRE)
    nouns = {"unit": district.cast.school, "finding": finding}
    return lived(district, acts.report_hazard(actor=district.actor("su"), ask=Ask(), **nouns), ISSUED[:1])


def test_what_is_ticked_is_handed_out_each_by_its_own_act(send, district):
    one, two, left = several_from_above(district)
    sent = send("su", "issue", [one, two], "?view=open", **ORDER)
    assert (sent.status_code, sent["Location"]) == (303, "/hazards/?view=open")
    assert [(fresh(each).state, fresh(each).holder, fresh(each).due_on) for each in (one, two)] == [
        ("rectifying", district.cast.zhou, SOON)
    ] * 2
    assert fresh(left).state == "to_assign"
    assert JournalEntry.objects.filter(act="hazards.issue_hazard").count() == 2


def test_the_same_form_sent_twice_changes_nothing_more(send, district):
    rows, once = several_from_above(district), uuid4()
    for _time in range(2):
        assert send("su", "issue", rows, submission_id=once, **ORDER).status_code == 303
    assert JournalEntry.objects.filter(act="hazards.issue_hazard").count() == 3


def test_what_is_refused_says_why_and_the_others_are_done(send, district):
    one, two, three = several_from_above(district)
    no_place = in_the_yard(district)
    do(district, fresh(two), "draft_listing", "bai", words="久拖不改")  # somebody was faster
    sent = send("su", "issue", [one, two, three, no_place], **ORDER)
    text = sent.content.decode()
    assert sent.status_code == 409
    assert "已办 2 条，另有 2 条没有办" in text
    assert "没有建议的责任岗位，请在表中选定一个岗位" in text
    assert "别人已经改动了这条记录" in text
    assert [fresh(each).state for each in (one, two, three, no_place)] == [
        "rectifying",
        "to_assign",
        "rectifying",
        "to_assign",
    ]


def test_what_has_no_proposed_post_goes_to_the_post_that_was_chosen(send, district):
    no_place = in_the_yard(district)
    sent = send("su", "issue", [no_place], **ORDER | {"otherwise": "post_holder"})
    assert (sent.status_code, fresh(no_place).holder) == (303, district.cast.zhou)


def test_a_date_before_today_stands_beside_its_field_and_nothing_is_done(send, district):
    rows = several_from_above(district, 2)
    sent = send("su", "issue", rows, **ORDER | {"due_on": "2025-12-01"})
    assert (sent.status_code, "期限不能早于今天" in sent.content.decode()) == (422, True)
    assert [fresh(each).state for each in rows] == ["to_assign"] * 2


def test_a_school_dispatches_what_it_found_itself(open_page, send, district):
    own = [lived(district, reported(district), GENERAL[:1]) for _n in range(2)]
    above = lived(district, from_above(district), ISSUED[:1])
    assert offered(open_page("chen", "dispatch")) == keys(*own)
    assert send("chen", "dispatch", own, **ORDER).status_code == 303
    assert [fresh(each).state for each in (*own, above)] == ["rectifying", "rectifying", "to_assign"]


def test_major_ones_are_handed_out_singly(open_page, send, district):
    major = lived(district, reported(district), MAJOR[:1])
    page = open_page("su", "issue")
    assert (offered(page), "重大隐患请单独交办" in page.content.decode()) == (set(), True)
    assert send("su", "issue", [major], **ORDER).status_code == 409
    assert fresh(major).state == "to_assign"


def test_several_are_graded_as_general_and_never_what_may_be_major(open_page, send, district):
    rows = [from_above(district, text=f"软管老化 {n}") for n in range(2)]
    doubtful = lived(district, from_above(district), [("suspect_major", "shen", {"words": "气味明显"})])
    page = open_page("su", "judge")
    assert offered(page) == keys(*rows)
    assert "有下列情形之一的可能是重大" in page.content.decode()
    assert "D05" in page.content.decode()
    assert "有人报告疑似重大，请单独判定" in page.content.decode()
    assert send("su", "judge", [*rows, doubtful]).status_code == 409
    assert [(fresh(each).grade, fresh(each).state) for each in rows] == [("general", "to_assign")] * 2
    assert (fresh(doubtful).grade, fresh(doubtful).suspected) == ("none", True)


def test_the_late_are_urged_once_a_day_each(open_page, send, district):
    late, timely = (lived(district, reported(district), GENERAL[:2]) for _n in range(2))
    Hazard.objects.everything("a test").filter(pk=late.pk).update(due_on=SOON - timedelta(days=20))
    assert offered(open_page("gu", "urge", "?view=overdue")) == keys(late)
    assert offered(open_page("gu", "urge", "?view=open")) == keys(late, timely)
    assert send("gu", "urge", [fresh(late)], "?view=overdue").status_code == 303
    again = send("gu", "urge", [fresh(late)], "?view=overdue")
    assert (again.status_code, "今天已经催办过" in again.content.decode()) == (409, True)


def test_what_was_put_right_on_the_spot_is_confirmed_together(client, district):
    several = [reported(district, fixed="已拧紧", text=f"螺丝松动 {number}") for number in range(3)]
    client.force_login(district.cast.chen.account)
    assert offered(client.get("/hazards/confirm/")) == keys(*several)
    sent = {"submission_id": uuid4(), "hazard": [f"{each.pk}.1" for each in several[:2]], "words": ""}
    assert client.post("/hazards/confirm/", sent).status_code == 303
    assert [fresh(each).state for each in several] == ["closed", "closed", "to_confirm"]


def test_nothing_ticked_is_said_and_what_one_does_not_see_is_not_there(open_page, send, district):
    assert "请先勾选要办理的隐患" in send("su", "issue", [], **ORDER).content.decode()
    own = lived(district, reported(district), GENERAL[:1])
    assert offered(open_page("chen", "dispatch")) == keys(own)
    sent = send("tang", "dispatch", [own], **ORDER)
    assert (sent.status_code, own.text in sent.content.decode()) == (422, False)
    assert fresh(own).state == "to_assign"


@pytest.mark.parametrize(
    ("who", "verb", "status"), [("zhou", "issue", 403), ("chen", "issue", 403), ("su", "lift", 404)]
)
def test_only_what_the_posts_allow_is_open(open_page, who, verb, status):
    assert open_page(who, verb).status_code == status


def test_fifty_are_the_most_and_a_made_up_box_is_malformed(client, district):
    client.force_login(district.su.account)
    sent = {"submission_id": uuid4(), "hazard": [f"{uuid4()}.1"] * 51} | ORDER
    assert client.post("/hazards/several/issue/", sent).status_code == 413
    assert client.post("/hazards/several/issue/", sent | {"hazard": "all"}).status_code == 400


def test_the_list_leads_to_what_may_be_done_together(client, district):
    client.force_login(district.su.account)
    page = client.get("/hazards/?view=overdue").content.decode()
    verbs = re.findall(r'/hazards/several/([a-z]+)/\?view=overdue"', page)
    assert verbs == ["judge", "issue", "urge", "confirm"]
