"""kinds.yaml: what it may hold, how it must fit the files beside it; a new kind needs no line of code."""

from datetime import date
from uuid import uuid4

import pytest
from pydantic import ValidationError

from xiaoan.foundation.errors import Refused
from xiaoan.ledgers.declarations import Kinds
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import MEETING, TODAY, WATCH, a_meeting, recorded
from xiaoan.plans.tests.factories import load, pack_files, publish

NEW_KIND = """
- code: night_round
  title: {zh: 夜间巡查, en: Night round}
  hint: {zh: 住宿学校每晚一次。, en: Each night where pupils board.}
  who: {kind: [school]}
  recorded_by: [safety_clerk]
  evidence_for: []
  items: false
  fields:
    - name: walked_by
      type: person_post
      title: {zh: 巡查人, en: Walked by}
      required: true
      posts: [vice_head, safety_clerk]
    - name: found
      type: yes_no
      title: {zh: 有无异常, en: Anything unusual}
      required: true
"""


def a_kind(**changes):
    kind = {
        "code": "watch",
        "title": {"zh": "值守", "en": "Watch"},
        "hint": {"zh": "记一次。", "en": "Once."},
        "who": {"kind": ["school"]},
        "recorded_by": ["safety_clerk"],
        "evidence_for": [],
        "items": False,
        "fields": [],
    }
    return kind | changes


def a_field(**changes):
    return {"name": "seen", "type": "text", "title": {"zh": "情况", "en": "Seen"}, "required": True} | changes


CHOICE = {"code": "yes", "title": {"zh": "有", "en": "Yes"}}


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"title": {"zh": "值守"}},
        {"title": {"zh": "", "en": "Watch"}},
        {"who": {"kind": []}},
        {"who": {"kind": ["hospital"]}},
        {"recorded_by": []},
        {"items": "yes"},
        {"code": "Watch"},
        {"fields": [a_field(required="yes")]},
        {"fields": [a_field(type="colour")]},
        {"fields": [a_field(name="happened_on")]},
        {"fields": [a_field(), a_field(title={"zh": "别的", "en": "Other"})]},
        {"fields": [a_field(), a_field(name="other")]},
        {"fields": [a_field(title={"zh": "日期", "en": "Date"})]},
        {"fields": [a_field(posts=["safety_clerk"])]},
        {"fields": [a_field(choices=[CHOICE])]},
        {"fields": [a_field(type="choice")]},
        {"fields": [a_field(type="choice", choices=[CHOICE, CHOICE])]},
        {"fields": [a_field(type="person_post")]},
    ],
)
def test_what_the_format_does_not_allow_is_refused(changes):
    with pytest.raises(ValidationError):
        Kinds.model_validate([a_kind(**changes)])


def test_a_kind_stands_once():
    assert Kinds.model_validate([a_kind(), a_kind(code="other")]).named("other").code == "other"
    with pytest.raises(ValidationError, match="watch"):
        Kinds.model_validate([a_kind(), a_kind()])


def refusal(cast, old, new):
    """What loading says of a pack whose kinds.yaml was changed."""
    files = pack_files()
    assert old in files["kinds.yaml"]
    files["kinds.yaml"] = files["kinds.yaml"].replace(old, new)
    with pytest.raises(Refused) as refused:
        load(cast, files)
    return str(refused.value)


def test_posts_must_stand_in_the_file_beside_it(cast):
    words = refusal(
        cast, "recorded_by: [safety_clerk, head_teacher]", "recorded_by: [safety_clerk, headmaster]"
    )
    assert words.startswith("kinds.yaml:")
    assert "headmaster" in words


def test_evidence_is_exactly_what_the_duties_measure_by_it(cast):
    words = refusal(cast, "evidence_for: [A1.1, A1.2]", "evidence_for: [A1.1]")
    assert words.startswith("kinds.yaml:")
    assert "A1.1、A1.2" in words


def test_a_new_kind_has_its_form_list_and_page_without_a_line_of_code(client, cast, kept):
    files = pack_files()
    files["kinds.yaml"] += NEW_KIND
    files["pack.yaml"] = files["pack.yaml"].replace('version: "2025-01-06"', 'version: "2025-09-01"')
    publish(cast, files=files)
    client.force_login(cast.shen.account)
    assert "夜间巡查" in client.get("/ledgers/").content.decode()
    data = {
        "entry-happened_on": "2025-12-16",
        "entry-walked_by": str(kept.deputy.id),
        "entry-found": "0",
        "submission_id": str(uuid4()),
    }
    response = client.post("/ledgers/kinds/night_round/record/", data)
    page = client.get(response["Location"]).content.decode()
    for words in ("夜间巡查", "巡查人", "陈敬之（副校长）", "有无异常"):
        assert words in page
    assert Entry.objects.everything("a test").get().happened_on == date(2025, 12, 16)


def test_an_entry_is_read_by_the_version_it_was_made_by(client, cast, kept):
    entry = recorded(kept, a_meeting(kept, day=TODAY))
    files = pack_files()
    files["kinds.yaml"] = files["kinds.yaml"].replace("zh: 议题,", "zh: 新议题,")
    files["pack.yaml"] = files["pack.yaml"].replace('version: "2025-01-06"', 'version: "2025-09-01"')
    publish(cast, files=files)
    client.force_login(cast.shen.account)
    assert "新议题" not in client.get(f"/ledgers/entries/{entry.id}/").content.decode()
    assert "新议题" in client.get(f"/ledgers/kinds/{MEETING}/record/").content.decode()
    assert client.get(f"/ledgers/kinds/{WATCH}/").status_code == 200
