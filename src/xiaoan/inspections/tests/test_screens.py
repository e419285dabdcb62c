"""The pages of checklists: who reads and who adapts, what a form keeps, what is law and what is not."""

from uuid import uuid4

import pytest

from xiaoan.inspections.contents import content_of_json
from xiaoan.inspections.models import Checklist, ChecklistDraft
from xiaoan.inspections.tests.factories import REASON, a_later_pack, adapted, content_of, drafted
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed
from xiaoan.plans.tests.factories import publish

pytestmark = pytest.mark.django_db
LIST = "/inspections/checklists/"


def entered(client, here, who="gu", language="zh-hans"):
    client.force_login(getattr(here.cast, who).account)
    client.cookies["django_language"] = language
    return client


def text_of(response):
    return response.content.decode()


def at(here, page=""):
    return f"{here.checklist.get_absolute_url()}{page}"


def sent(**values):
    return {"submission_id": str(uuid4()), "seen": ""} | values


def card(number, text, **changes):
    """The fields of a card as a browser sends them."""
    data = {
        "text": text, "order": str(number + 1), "basis": "", "hazard": "fire", "accident": "",
        "criterion": "", "answer": "judged", "unit": "", "least": "", "most": "", "weight": "1",
    }  # fmt: skip
    return {f"{name}-{number}": value for name, value in (data | changes).items()}


def the_form(*cards, **changes):
    fields = {}
    for each in cards:
        fields |= each
    return sent(**fields, **changes)


STANDING = (
    card(0, "可燃气体报警器有效", hazard="gas", basis="县燃气规定 8", accident="fire", criterion="D05", photo="on"),
    card(1, "灭火器数量", basis="消防法 16、28\n工作惯例", answer="number", unit="具", least="2"),
    card(2, "最近一次清洗油烟管道的日期", answer="text"),
)  # fmt: skip
"""The county's checklist, sent as it came."""


def draft():
    return content_of_json(ChecklistDraft.objects.everything("a test").get().content)


def test_everybody_of_the_district_finds_the_list(client, here):
    page = text_of(entered(client, here, "shen").get(LIST))
    for words in ("共 1 条", "食堂", "第1版", "规则库发布", "检查督查"):
        assert words in page


@pytest.mark.parametrize("who", ["bai", "gu", "lin", "wen", "chen", "shen", "zhou", "tang"])
def test_everybody_of_the_district_reads_what_is_published_and_the_centre_alone_adapts(client, here, who):
    page = entered(client, here, who).get(at(here))
    assert page.status_code == 200
    assert ("adapt/" in text_of(page)) is (who == "gu")
    expected = 200 if who == "gu" else 403
    assert client.get(at(here, "adapt/")).status_code == expected


def test_another_district_sees_nothing(client, here):
    entered(client, here, "yi")
    assert "共 1 条" not in text_of(client.get(LIST))
    for page in ("", "paper/", "versions/1/", "adapt/", "draft/", "drop/", "settle/"):
        assert client.get(at(here, page)).status_code == 404


@pytest.mark.parametrize("role", ["partner", "guard_company"])
def test_who_is_outside_the_education_system_sees_nothing(here, role):
    outsider = actor_for(appointed(here.cast.bureau, role, "许明夷"))
    assert list(Checklist.objects.visible_to(outsider)) == []


def test_a_third_party_reads_what_it_will_go_by(here):
    reader = actor_for(appointed(here.cast.school, "third_party", "许明夷"))
    assert list(Checklist.objects.visible_to(reader)) == [here.checklist]


def test_a_basis_says_what_it_is_worth(client, here):
    page = text_of(entered(client, here, "shen").get(at(here)))
    for words in (
        "《消防法》第16、28条</span>",
        "《县燃气规定》第8条</span>（待核）",
        "工作惯例</span>（局定参考，非法规要求）",
        "可能重大 D05",
        "食堂可燃气体报警失效（局定参考，非法规原文）",
        "合格：不少于 2 具",
        "希望附照片",
        "填文字",
        "不合格：燃气隐患，可能导致火灾",
    ):
        assert words in page


def test_the_page_in_english(client, here):
    page = text_of(entered(client, here, "shen", "en").get(at(here)))
    for words in (
        "The gas alarm works",
        "Fire Protection Law, art. 16, 28",
        "County gas rules, art. 8</span> (to be checked)",
        "Working practice</span> (set by the bureau, no requirement of law)",
        "Passes: at least 2 pieces",
    ):
        assert words in page


def test_a_form_on_paper_has_a_line_for_each_point(client, here):
    page = text_of(entered(client, here, "shen").get(at(here, "paper/")))
    assert "食堂检查表" in page
    assert page.count("<td>□</td>") == 9
    assert "实测 ________ 具" in page


def test_the_form_sent_as_it_came_is_the_version_in_force(client, here):
    entered(client, here)
    assert client.post(at(here, "adapt/"), the_form(*STANDING)).status_code == 303
    assert draft() == content_of(here.checklist.in_force)
    assert "没有差别" in text_of(client.get(at(here, "draft/")))


def test_points_are_added_changed_moved_and_removed_in_one_form(client, here):
    cards = (
        STANDING[0] | {"drop-0": "on"},
        STANDING[1] | {"order-1": "2"},
        STANDING[2] | {"text-2": "油烟管道本季已清洗", "order-2": "1.5", "answer-2": "judged"},
        card(3, "地面 不滑", hazard="facility", basis="工作惯例", weight="5"),
        card(4, ""),
    )
    answer = entered(client, here).post(at(here, "adapt/"), the_form(*cards, scored="on"))
    assert (answer.status_code, answer.url) == (303, at(here, "draft/"))
    kept = draft()
    assert [point.text_zh for point in kept.points] == ["油烟管道本季已清洗", "灭火器数量", "地面 不滑"]
    assert [point.text_en for point in kept.points] == ["", "Number of extinguishers", ""]
    assert ([point.weight for point in kept.points], kept.scored) == ([1, 1, 5], True)
    page = text_of(client.get(at(here, "draft/")))
    for words in ("新增第1条：油烟管道本季已清洗", "删去：可燃气体报警器有效", "改为计分", "分值 5"):
        assert words in page


def test_what_the_centre_wrote_is_marked_as_chinese_on_an_english_page(client, here):
    adapted(here)
    page = text_of(entered(client, here, "shen", "en").get(at(here)))
    assert '<p class="checklist-text" lang="zh-CN">地面不滑</p>' in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("basis-1", "县里的规定 3", "规则库的依据里没有“县里的规定 3”"),
        ("unit-1", "", "填数字的要写计量单位"),
        ("hazard-1", "", "请选择不合格时建议的隐患种类"),
        ("criterion-0", "F04", "这个判定条件不用于所选的隐患种类"),
        ("text-0", "", "检查内容"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_the_rest_is_kept(
    client, here, field, value, words
):
    form = the_form(*STANDING) | {field: value, "text-2": "改过的话"}
    answer = entered(client, here).post(at(here, "adapt/"), form)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "改过的话" in text_of(answer)
    assert ChecklistDraft.objects.everything("a test").count() == 0


def test_a_draft_saved_by_another_hand_is_not_overwritten(client, here):
    drafted(here)
    answer = entered(client, here).post(at(here, "adapt/"), the_form(*STANDING))
    assert answer.status_code == 409
    assert len(draft().points) == 4


def test_a_draft_is_previewed_and_published(client, here):
    drafted(here)
    entered(client, here)
    assert "草稿" in text_of(client.get(at(here)))
    page = text_of(client.get(at(here, "draft/")))
    assert "新增第4条：地面不滑" in page
    answer = client.post(at(here, "draft/"), sent(reason=REASON, seen="1"))
    assert (answer.status_code, answer.url) == (303, at(here))
    page = text_of(client.get(at(here)))
    for words in ("第2版", "本区调整", REASON, "地面不滑"):
        assert words in page


def test_a_school_sees_the_draft_nowhere(client, here):
    drafted(here)
    page = text_of(entered(client, here, "shen").get(at(here)))
    assert "草稿" not in page
    assert "地面不滑" not in page
    assert client.get(at(here, "draft/")).status_code == 404
    assert client.post(at(here, "drop/"), sent()).status_code == 404


def test_an_older_version_stays_to_be_read(client, here):
    adapted(here)
    entered(client, here, "shen")
    first, second = (text_of(client.get(at(here, f"versions/{number}/"))) for number in (1, 2))
    assert "地面不滑" not in first
    assert "非现行" in first
    for words in ("地面不滑", REASON, "顾"):
        assert words in second
    assert client.get(at(here, "versions/3/")).status_code == 404


def test_a_draft_is_dropped_after_a_question(client, here):
    drafted(here)
    entered(client, here)
    assert "不能找回" in text_of(client.get(at(here, "drop/")))
    answer = client.post(at(here, "drop/"), sent(seen="1"))
    assert (answer.status_code, answer.url) == (303, at(here))
    assert client.get(at(here, "draft/")).status_code == 404


def test_a_draft_behind_the_version_in_force_says_so(client, here):
    drafted(here)
    publish(here.cast, files=a_later_pack())
    page = text_of(entered(client, here).get(at(here, "adapt/")))
    assert "起草以后检查表有了新的版本" in page


def test_the_centre_is_told_of_an_offer_compares_and_chooses(client, here):
    adapted(here)
    publish(here.cast, files=a_later_pack())
    entered(client, here)
    assert "规则库有新版本" in text_of(client.get(LIST))
    assert "没有被替换" in text_of(client.get(at(here)))
    page = text_of(client.get(at(here, "settle/")))
    for words in ("新增第2条：灭火器具数", "删去：地面不滑", "继续用本区的版本"):
        assert words in page
    answer = client.post(at(here, "settle/"), sent(chosen="3", seen=str(here.checklist.version)))
    assert answer.status_code == 303
    assert here.checklist.in_force.number == 3
    assert "没有要选择的版本" in text_of(client.get(at(here, "settle/")))


def test_the_list_goes_out_as_a_file(client, here):
    answer = entered(client, here, "shen").get(f"{LIST}?export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "食堂,食堂,3,第1版,规则库发布,2025-12-17" in text


@pytest.mark.parametrize(("origin", "found"), [("pack", "没有符合条件的记录"), ("centre", "共 1 条")])
def test_the_list_is_filtered_by_where_a_version_comes_from(client, here, origin, found):
    adapted(here)
    assert found in text_of(entered(client, here).get(f"{LIST}?origin={origin}"))
