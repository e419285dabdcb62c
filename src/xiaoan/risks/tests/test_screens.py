"""The pages of the risk list: what they show, what a form keeps, who sees nothing."""

from uuid import uuid4

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.search import find
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed
from xiaoan.risks.acts import retire_risk
from xiaoan.risks.models import Level, Risk, RiskReview, RiskState
from xiaoan.risks.queries import risks_at, todo
from xiaoan.risks.tests.factories import a_risk, in_use, listed, reviewed, started

pytestmark = pytest.mark.django_db
LIST, ADD, STARTER, REVIEW = "/risks/", "/risks/add/", "/risks/starter/", "/risks/review/"


def entered(client, here, who="shen"):
    client.force_login(getattr(here.cast, who).account)
    return client


def text_of(response):
    return response.content.decode()


def sent(**values):
    return {"submission_id": str(uuid4()), "seen": ""} | values


def typed(here, **changes):
    """A risk point as a browser sends it."""
    data = {
        "place": str(here.kitchen.pk),
        "point": "热汤搬运烫伤",
        "kind": "fire",
        "level": "3",
        "measures": "汤桶加盖，走固定路线。",
        "post": "safety_clerk",
    }
    return sent(**(data | changes))


def card(risk: Risk, outcome: str = "", **changes):
    """The fields of a card as a browser sends them."""
    data = {
        "outcome": outcome,
        "seen": str(risk.version),
        "level": str(risk.level),
        "measures": risk.measures,
        "words": "",
    }
    return {f"{name}-{risk.pk}": value for name, value in (data | changes).items()}


def test_the_list_shows_each_level_with_word_and_icon_the_gravest_first(client, here):
    started(here)
    page = text_of(entered(client, here).get(LIST))
    assert page.index("燃气软管老化漏气") < page.index("油烟管道积油起火")
    assert page.count("橙（较大）</span>") == 2
    assert "共 3 条" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("level=orange", 2), ("level=red", 0), ("post=vice_head", 2), ("state=eliminated", 0)],
)
def test_the_list_is_filtered(client, here, query, found):
    started(here)
    page = text_of(entered(client, here).get(f"{LIST}?{query}"))
    assert (f"共 {found} 条" if found else "没有符合条件的记录") in page


def test_a_school_filters_by_place_and_the_bureau_by_unit(client, here):
    started(here)
    page = text_of(entered(client, here).get(f"{LIST}?place={here.stairs.pk}"))
    assert "共 1 条" in page
    page = text_of(entered(client, here, "gu").get(f"{LIST}?unit={here.cast.school.pk}"))
    assert "共 3 条" in page
    assert "没有符合条件的记录" in text_of(client.get(f"{LIST}?unit={here.cast.neighbour.pk}"))


def test_an_export_says_the_level_in_words(client, here):
    a_risk(here)
    answer = entered(client, here).get(f"{LIST}?export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "热汤搬运烫伤,黄（一般）,食堂后厨" in text


@pytest.mark.parametrize("who", ["tang", "yi"])
def test_another_school_sees_nothing_of_it(client, here, who):
    risk = a_risk(here)
    entered(client, here, who)
    assert "热汤搬运烫伤" not in text_of(client.get(LIST))
    assert client.get(risk.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("role", ["group_leader", "third_party", "centre_inspector", "staff"])
def test_a_group_leader_or_a_third_party_sees_nothing_of_it(here, role):
    a_risk(here)
    unit = here.cast.centre if role == "centre_inspector" else here.cast.school
    outsider = actor_for(appointed(unit, role, "许明夷"))
    assert list(Risk.objects.visible_to(outsider)) == []


@pytest.mark.parametrize("who", ["gu", "bai", "lin", "wen", "chen", "shen", "zhou"])
def test_the_school_and_the_bureau_read_it(client, here, who):
    risk = a_risk(here)
    page = entered(client, here, who).get(risk.get_absolute_url())
    assert page.status_code == 200
    assert "汤桶加盖，走固定路线。" in text_of(page)


def test_a_point_is_added_by_a_form_and_its_page_tells_how_it_came(client, here):
    answer = entered(client, here).post(ADD, typed(here))
    risk = Risk.objects.everything("a test").get()
    assert (answer.status_code, answer.url) == (303, risk.get_absolute_url())
    page = text_of(client.get(risk.get_absolute_url()))
    for words in ("黄（一般）", "食堂后厨", "安全干事", "火灾", "列入风险清单", "沈知远"):
        assert words in page


def test_a_form_that_is_refused_keeps_what_was_typed(client, here):
    answer = entered(client, here).post(ADD, typed(here, measures=""))
    assert answer.status_code == 422
    assert "热汤搬运烫伤" in text_of(answer)


def test_the_starter_list_is_shown_before_it_is_taken_and_not_again(client, here):
    page = text_of(entered(client, here).get(STARTER))
    assert page.count("食堂后厨") == 2
    assert "列入 3 个风险点" in page
    assert client.post(STARTER, sent()).status_code == 303
    assert len(listed(here.cast.school)) == 3
    assert "起始清单已全部列入" in text_of(client.get(STARTER))


def test_a_whole_review_is_one_page_and_one_press(client, here):
    duct, gas, stairs = started(here)
    page = text_of(entered(client, here).get(REVIEW))
    assert page.count(">保持</span>") == 3
    fields = (
        card(duct, "kept")
        | card(gas, "changed", level="1", words="灶台增加")
        | card(stairs, "retired", words="楼梯停用")
    )
    answer = client.post(REVIEW, sent(**fields))
    assert answer.status_code == 303
    assert [risk.level for risk in listed(here.cast.school)] == [Level.YELLOW, Level.RED, Level.ORANGE]
    assert RiskReview.objects.everything("a test").count() == 3
    assert "本学期的风险点都已复核" in text_of(client.get(REVIEW))
    history = text_of(client.get(gas.get_absolute_url()))
    for words in ("学期复核：调整。灶台增加", "等级由橙（较大）改为红（重大）", "从规则库的起始清单列入"):
        assert words in history


def test_an_untouched_card_waits_for_the_next_time(client, here):
    duct, gas, stairs = started(here)
    entered(client, here).post(REVIEW, sent(**card(duct, "kept"), **card(gas), **card(stairs)))
    page = text_of(client.get(REVIEW))
    assert page.count(">保持</span>") == 2
    assert "油烟管道积油起火" not in page


def test_a_card_that_cannot_be_taken_says_so_beside_its_field_and_keeps_the_others(client, here):
    duct, gas, stairs = started(here)
    fields = card(duct, "kept") | card(gas, "retired") | card(stairs)
    answer = entered(client, here).post(REVIEW, sent(**fields))
    assert answer.status_code == 422
    assert text_of(answer).count("消除要写明理由") == 1
    assert f'name="outcome-{duct.pk}" value="kept"' in text_of(answer)
    assert RiskReview.objects.everything("a test").count() == 0


def test_what_another_hand_reviewed_meanwhile_is_left_alone(client, here):
    duct, gas, stairs = started(here)
    entered(client, here)
    reviewed(here, duct, who="lin")
    answer = client.post(REVIEW, sent(**card(duct, "kept"), **card(gas, "kept"), **card(stairs)))
    assert answer.status_code == 303
    makers = (
        RiskReview.objects.everything("a test").order_by("risk__starter").values_list("created_by", flat=True)
    )
    assert list(makers) == [here.cast.lin.pk, here.cast.shen.pk]


def test_a_point_changed_after_the_page_was_opened_is_shown_again(client, here):
    duct, gas, stairs = started(here)
    fields = card(duct, "kept", seen="7") | card(gas) | card(stairs)
    assert entered(client, here).post(REVIEW, sent(**fields)).status_code == 409


def test_the_holder_of_a_post_finds_only_own_points_and_only_confirms(client, here):
    started(here)
    own = a_risk(here)
    page = text_of(entered(client, here, "zhou").get(REVIEW))
    assert "热汤搬运烫伤" in page
    assert "油烟管道" not in page
    assert ">消除</span>" not in page
    fields = {f"outcome-{own.pk}": "kept", f"seen-{own.pk}": "1", f"words-{own.pk}": ""}
    assert client.post(REVIEW, sent(**fields)).status_code == 303
    assert RiskReview.objects.everything("a test").get().risk_id == own.pk


def test_without_a_list_the_review_leads_to_its_beginning(client, here):
    assert f'href="{STARTER}"' in text_of(entered(client, here).get(REVIEW))
    assert "没有由您的岗位负责的风险点" in text_of(entered(client, here, "zhou").get(REVIEW))


@pytest.mark.parametrize("address", [ADD, STARTER, REVIEW])
@pytest.mark.parametrize("who", ["gu", "bai"])
def test_the_bureau_reads_and_does_not_keep_a_list(client, here, address, who):
    answer = entered(client, here, who).get(f"{address}?unit={here.cast.school.pk}")
    assert answer.status_code == 403


@pytest.mark.parametrize("unit", ["no-id", "00000000-0000-7000-8000-000000000000"])
def test_a_unit_that_is_not_there_is_not_found(client, here, unit):
    assert entered(client, here).get(f"{REVIEW}?unit={unit}").status_code == 404


def test_a_point_is_changed_by_a_form_with_a_reason(client, here):
    risk = a_risk(here)
    in_use(here.post)
    address = f"{risk.get_absolute_url()}change/"
    assert "汤桶加盖，走固定路线。" in text_of(entered(client, here).get(address))
    answer = client.post(address, typed(here, level="4", reason="改用推车", seen="1"))
    assert answer.status_code == 303
    assert Risk.objects.everything("a test").get().level == Level.BLUE


def test_a_point_is_retired_by_a_form_and_its_page_says_why(client, here):
    risk = a_risk(here)
    address = f"{risk.get_absolute_url()}retire/"
    answer = entered(client, here).post(address, sent(state="disused", reason="食堂停办", seen="1"))
    assert answer.status_code == 303
    page = text_of(client.get(risk.get_absolute_url()))
    for words in ("已停用", "从清单中移出，理由：食堂停办", "请重新列入"):
        assert words in page


def test_who_may_not_change_a_point_is_told_so_at_the_locked_button(client, here):
    risk = a_risk(here)
    page = text_of(entered(client, here, "gu").get(risk.get_absolute_url()))
    assert "这件事不由您的岗位办理。" in page
    assert client.get(f"{risk.get_absolute_url()}change/").status_code == 403


def test_today_says_how_far_the_review_has_come(client, here):
    duct, *_others = started(here)
    reviewed(here, duct)
    page = text_of(entered(client, here).get("/"))
    assert "本学期风险清单复核 1/3" in page
    reviewed(here, *_others)
    assert todo(here.actor("shen")) == []


def test_the_holder_of_a_post_owes_the_review_of_own_points(here):
    started(here)
    assert todo(here.actor("zhou")) == []
    a_risk(here)
    (thing,) = todo(here.actor("zhou"))
    assert (str(thing.title), thing.url) == (
        "本学期风险清单复核 0/1",
        f"{REVIEW}?unit={here.cast.school.pk}",
    )


def test_a_retired_point_is_owed_no_more(here):
    risk = a_risk(here)
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, state=RiskState.DISUSED, reason="食堂停办")
    assert todo(here.actor("shen")) == []


def test_the_bureau_owes_no_review(here):
    started(here)
    assert todo(here.actor("gu")) == []


def test_points_are_found_by_what_they_say_and_only_by_who_sees_them(here):
    started(here)
    risk = a_risk(here)
    drain()
    assert [hits.records for hits in find(here.actor("gu"), "热汤", {Risk})] == [[risk]]
    assert len(next(iter(find(here.actor("shen"), "食堂后厨", {Risk}))).records) == 3
    assert list(find(here.actor("tang"), "热汤", {Risk})) == []


def test_a_hazard_at_a_place_may_come_from_its_listed_points(here):
    duct, gas, _stairs = started(here)
    assert [risk.pk for risk in risks_at(here.actor("shen"), here.kitchen)] == [gas.pk, duct.pk]
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=gas, state=RiskState.ELIMINATED, reason="改用电灶")
    assert [risk.pk for risk in risks_at(here.actor("shen"), here.kitchen)] == [duct.pk]
