"""The screens of plans: who sees what, how many statements each page costs, and that they read well."""

import re
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from xiaoan.organisations.models import Circle, CircleKind, Membership
from xiaoan.people.tests.factories import an_appointment
from xiaoan.plans.models import Cell, PackVersion
from xiaoan.plans.queries import standing, todo
from xiaoan.plans.tests.factories import load, publish

STATEMENTS = {
    "plan": 15,
    "duties": 12,
    "cells": 12,
    "duty": 15,
    "cell": 15,
    "packs": 12,
    "pack": 15,
    "holders": 15,
}
"""The most that each page may ask the database, sign-in included."""


@pytest.fixture
def plan(cast):
    return publish(cast)


def addresses(cell: Cell, pack: PackVersion) -> dict[str, str]:
    return {
        "plan": reverse("plans:plan") + "?duty=A1.1",
        "duties": reverse("plans:duties"),
        "cells": reverse("plans:cells"),
        "duty": reverse("plans:duty", args=["A1.1"]),
        "cell": reverse("plans:cell", args=[cell.id]),
        "packs": reverse("plans:packs"),
        "pack": reverse("plans:pack", args=[pack.id]),
        "holders": reverse("plans:holders"),
    }


@pytest.mark.parametrize(
    ("who", "page"),
    [
        *(("bai", page) for page in STATEMENTS if page != "holders"),
        *(("lin", page) for page in STATEMENTS if page not in {"packs", "pack"}),
    ],
)
def test_each_page_keeps_to_its_statements(cast, plan, client, who, page):
    cell = Cell.objects.everything("a test").filter(unit=cast.school, duty__code="A1.1").earliest("first")
    client.force_login(getattr(cast, who).account)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(addresses(cell, plan)[page])
    assert answer.status_code == 200
    assert len(asked) <= STATEMENTS[page], [query["sql"][:150] for query in asked]


def show(client, person, address: str) -> str:
    client.force_login(person.account)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_duty_is_underlined_in_the_text_and_explained_in_place(cast, plan, client):
    page = show(client, cast.bai, reverse("plans:plan") + "?period=2025Q1&duty=A1.1")
    assert (
        '<mark id="A1.1" class="is-open">安全例会，由校长主<span class="nowrap">持<sup>甲</sup></span></mark>'
        in page
    )
    assert "本月有一次安全例会记录，由校长主持。" in page
    assert "云禾实验小学" in page


def test_sums_count_cells_and_a_unit_sees_its_own_figures(cast, plan, client):
    cells = Cell.objects.everything("a test").filter(duty__code="A1.1", period="2025-03")
    cells.filter(unit=cast.school).update(met=True, achieved=1)
    address = reverse("plans:plan") + "?period=2025Q1"
    whole = show(client, cast.gu, address)
    assert '<span class="gauge-value">1 / 4</span>' in whole
    assert "3 个单位逾期" in whole
    own = show(client, cast.lin, address)
    assert '<span class="gauge-value">1 / 1</span>' in own
    assert "柳湾小学" not in own


def test_a_value_of_the_bureau_is_marked_and_what_is_not_built_says_so(cast, plan, client):
    page = show(client, cast.lin, reverse("plans:plan"))
    assert "由局设定，非方案原文" in page
    assert "</svg>暂未接入</span>" in page


def test_the_choice_of_a_unit_shows_its_own_cells(cast, plan, client):
    page = show(client, cast.gu, reverse("plans:plan") + "?period=2025Q1&scope=u:YH-S2&duty=A1.1")
    assert '<span class="gauge-value">0 / 1</span>' in page
    assert ">柳湾小学</a>" in page


def circle_of(cast, *units) -> str:
    """A circle with these units, as an address names it."""
    owned = {"district": cast.bureau, "unit": cast.bureau}
    circle = Circle.objects.create(**owned, kind=CircleKind.GROUP, name="云禾东片协作组")
    for unit in units:
        Membership.objects.create(district=cast.bureau, unit=unit, circle=circle, starts_on=date(2020, 1, 1))
    return f"c:{circle.id}"


def test_the_list_behind_a_figure_keeps_the_circle_that_was_chosen(cast, plan, client):
    scope = circle_of(cast, cast.school)
    query = f"?period=2025Q1&scope={scope}"
    page = show(client, cast.gu, f"{reverse('plans:plan')}{query}&duty=A1.1")
    assert '<span class="gauge-value">0 / 2</span>' in page
    behind = f"{reverse('plans:duty', args=['A1.1'])}?{urlencode({'period': '2025Q1', 'scope': scope})}"
    assert f'href="{escape(behind)}#units"' in page
    rows = client.get(behind).context["shown"].rows
    assert {row[0].value for row in rows} == {cast.school.name}
    every = client.get(f"{reverse('plans:cells')}{query}").context["shown"].rows
    assert {row[1].value for row in every} == {cast.school.name}


def test_the_sums_of_a_duty_follow_the_circle_that_is_chosen_and_name_it(cast, plan, client):
    scope = circle_of(cast, cast.school)
    page = reverse("plans:duty", args=["A1.1"])
    client.force_login(cast.gu.account)
    whole, part = client.get(page).context, client.get(f"{page}?scope={scope}").context
    assert (whole["chosen_scope"], part["chosen_scope"]) == ("", "云禾东片协作组")
    schools = Cell.objects.everything("a test").filter(duty__code="A1.1").values("unit").distinct().count()
    assert [each.due_now for each in whole["sums"]] == [each.due_now * schools for each in part["sums"]]
    assert {urlencode({"scope": scope}) in each.url for each in part["sums"]} == {True}


def test_a_school_is_offered_no_circles(cast, plan, client):
    scope = circle_of(cast, cast.school)
    client.force_login(cast.lin.account)
    assert client.get(f"{reverse('plans:cells')}?scope={scope}").status_code == 400


@pytest.mark.parametrize("query", ["?period=2024Q1", "?period=x", "?scope=c:1", "?scope=u:SQ-S1"])
def test_a_choice_that_was_not_offered_is_refused(cast, plan, client, query):
    client.force_login(cast.gu.account)
    assert client.get(reverse("plans:plan") + query).status_code == 400
    assert client.get(reverse("plans:duty", args=["A1.1"]) + query).status_code == 400


def test_another_school_and_another_district_are_not_found(cast, plan, client):
    theirs = Cell.objects.everything("a test").filter(unit=cast.neighbour).first()
    for person in (cast.lin, cast.yi, cast.zhou):
        client.force_login(person.account)
        assert client.get(reverse("plans:cell", args=[theirs.id])).status_code == 404
    client.force_login(cast.yi.account)
    assert client.get(reverse("plans:duty", args=["A1.1"])).status_code == 404
    assert client.get(reverse("plans:pack", args=[plan.id])).status_code == 404


def test_without_a_published_pack_the_page_says_what_comes_next(cast, client):
    assert "还没有发布规则库" in show(client, cast.bai, reverse("plans:plan"))


def test_a_line_is_given_on_its_page_and_a_bad_one_is_shown_again(cast, plan, client):
    cell = Cell.objects.everything("a test").get(unit=cast.school, duty__code="A1.1", period="2025-03")
    address = reverse("plans:reason", args=[cell.id])
    page = show(client, cast.shen, address)
    assert "保存说明" in page
    form = {"submission_id": str(uuid4()), "seen": "1", "reason": ""}
    assert client.post(address, form).status_code == 422
    answer = client.post(address, {**form, "reason": "校长出差"})
    assert (answer.status_code, answer.url) == (303, reverse("plans:cell", args=[cell.id]))
    assert "校长出差" in show(client, cast.lin, answer.url)
    assert client.post(address, {**form, "submission_id": str(uuid4()), "reason": "再来"}).status_code == 409


def test_the_legal_section_publishes_and_confirms_on_the_pages(cast, client):
    version = load(cast)
    page = show(client, cast.bai, reverse("plans:pack", args=[version.id]))
    assert "新增任务 A1.1" in page
    form = {"submission_id": str(uuid4()), "seen": "1"}
    assert client.post(reverse("plans:publish", args=[version.id]), form).status_code == 303
    version.refresh_from_db()
    assert version.state == "published"
    form = {"submission_id": str(uuid4()), "codes": ["A1.2", "A2.1"]}
    assert client.post(reverse("plans:confirm", args=[version.id]), form).status_code == 303
    assert "都已确认" in show(client, cast.bai, reverse("plans:confirm", args=[version.id]))


def test_all_values_of_the_bureau_are_confirmed_with_one_button(cast, plan, client):
    address = reverse("plans:confirm", args=[plan.id])
    page = show(client, cast.bai, address)
    assert "全部确认（2 项）</button>" in page
    form = {"submission_id": str(uuid4()), "everything": "1"}
    assert client.post(address, form).status_code == 303
    assert "都已确认" in show(client, cast.bai, address)


def test_confirming_nothing_asks_for_something(cast, plan, client):
    client.force_login(cast.bai.account)
    answer = client.post(reverse("plans:confirm", args=[plan.id]), {"submission_id": str(uuid4())})
    assert answer.status_code == 422
    assert "请勾选要确认的任务，或者全部确认。" in answer.content.decode()


def test_a_principal_names_who_answers(cast, plan, client):
    page = show(client, cast.lin, reverse("plans:holders"))
    assert page.count("无人负责") == 3
    form = {"submission_id": str(uuid4()), "person": str(cast.shen.id)}
    assert client.post(reverse("plans:holder", args=["A1.1"]), form).status_code == 303
    assert show(client, cast.lin, reverse("plans:holders")).count("无人负责") == 2


@pytest.mark.parametrize("name", ["plans:plan", "plans:duties", "plans:cells", "plans:holders"])
def test_english_pages_hold_chinese_only_where_it_is_said(cast, plan, client, name):
    client.force_login(cast.lin.account)
    answer = client.get(reverse(name), headers={"accept-language": "en"})
    page = answer.content.decode()
    names = (
        "云禾实验小学",
        "云禾县校园安全提升年（2025年）",
        "林一鸣",
        "温怀瑾",
        "陈敬之",
        "沈知远",
        "周砚秋",
    )
    spoken = [text for text in EnglishText.of(page[page.index("<main") :]) if text not in names]
    assert [text for text in spoken if re.search(r"[\u4e00-\u9fff]", text)] == []


class EnglishText(HTMLParser):
    """The text of a page that is not marked as Chinese."""

    EMPTY = frozenset({"input", "br", "meta", "link", "use", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.languages, self.texts = ["en"], []

    @classmethod
    def of(cls, page: str) -> list[str]:
        reader = cls()
        reader.feed(page)
        return reader.texts

    def handle_starttag(self, tag, attrs):
        if tag not in self.EMPTY:
            self.languages.append(dict(attrs).get("lang", self.languages[-1]))

    def handle_endtag(self, tag):
        if tag not in self.EMPTY and len(self.languages) > 1:
            self.languages.pop()

    def handle_data(self, data):
        if data.strip() and self.languages[-1] == "en":
            self.texts.append(data.strip())


def test_the_next_steps_of_a_school_are_late_ones_first(cast, plan):
    translation.activate("zh-hans")
    an_appointment(cast.shen, cast.school, "safety_clerk")
    steps = todo(cast.actor("shen"))
    assert [(step.title, step.due.isoformat()) for step in steps] == [
        ("每月安全例会", "2025-02-28"), ("每月安全例会", "2025-03-31"), ("每月安全例会", "2025-04-30"),
    ]  # fmt: skip
    assert {str(step.button) for step in steps} == {"记一次安全例会"}
    stands = standing(cast.actor("lin"))
    assert (stands.met, stands.open, stands.late, stands.untold, stands.owed) == (0, 1, 10, 0, 11)


def test_a_step_is_offered_to_the_posts_that_do_it_only(cast, plan):
    an_appointment(cast.chen, cast.school, "vice_head")
    assert todo(cast.actor("chen")) == []
