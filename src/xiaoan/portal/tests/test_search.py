"""Search finds units, people, entries, duties and clauses, and shows each person what lists show them."""

import re
from datetime import date

import pytest

from xiaoan.foundation import search
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.search import SearchTerm
from xiaoan.ledgers.acts import void_entry
from xiaoan.ledgers.tests.factories import a_meeting, keeping, recorded
from xiaoan.organisations.models import Unit, UnitKind
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.acts import appoint
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import a_person, a_post, appointed
from xiaoan.plans.models import Clause, Duty

GROUP = re.compile(r'<h2 class="section-title">([^<]+)<span[^>]*>([^<]+)<')
ROW = re.compile(r'<span class="list-row-main">([^<]+)')


@pytest.fixture
def kept(cast):
    """Everything of both districts is indexed, and a pack is in force."""
    kept = keeping(cast)
    drain()
    for district in (cast.bureau, cast.elsewhere.district):
        search.rebuild(district.pk)
    return kept


def found(client, person, query):
    """Group titles with their rows' titles, as a person sees them."""
    client.force_login(person.account)
    page = client.get("/search/", {"q": query}).content.decode()
    parts = GROUP.split(page.split("<main", 1)[1])[1:]
    return {parts[at]: sorted(ROW.findall(parts[at + 2])) for at in range(0, len(parts), 3)}


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("gu", ["云禾实验小学", "柳湾小学"]),
        ("lin", ["云禾实验小学"]),
        ("tang", ["柳湾小学"]),
        ("yi", ["松泉小学"]),
    ],
)
def test_each_finds_the_units_they_see(client, kept, who, names):
    assert found(client, getattr(kept.cast, who), "小学") == {"单位": names}


def test_people_are_found_by_name_and_number_inside_ones_sight(client, kept):
    cast = kept.cast
    assert found(client, cast.lin, "沈知远") == {"人员": ["沈知远"]}
    assert found(client, cast.lin, cast.shen.staff_no) == {"人员": ["沈知远"]}
    assert found(client, cast.tang, "沈知远") == {}
    assert found(client, cast.yi, "沈知远") == {}
    assert found(client, cast.gu, "沈知远") == {"人员": ["沈知远"]}


def test_nobody_is_found_by_telephone(client, kept):
    Person.objects.everything("a test").filter(pk=kept.cast.shen.pk).update(phone="13800001111")
    search.rebuild(kept.cast.bureau.pk)
    assert found(client, kept.cast.lin, "13800001111") == {}


@pytest.mark.parametrize(
    ("who", "titles"), [("lin", ["消防通道"]), ("gu", ["消防通道"]), ("tang", []), ("yi", [])]
)
def test_an_entry_is_found_by_its_words_inside_ones_sight(client, kept, who, titles):
    recorded(kept, a_meeting(kept, agenda="消防通道\n栏杆松动"))
    drain()
    assert found(client, getattr(kept.cast, who), "栏杆") == ({"台账记录": titles} if titles else {})


def test_a_voided_entry_is_still_found_and_marked(client, kept):
    entry = recorded(kept, a_meeting(kept, agenda="栏杆松动"))
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=entry, reason="重复登记")
    drain()
    assert found(client, kept.cast.lin, "重复登记") == {"台账记录": ["栏杆松动"]}
    page = client.get("/search/?q=栏杆").content.decode()
    assert re.findall(r'class="chip[^>]*>([^<]+)<', page) == ["已作废"]


def test_duties_and_clauses_of_the_plan_are_found_in_their_district(client, kept):
    duty = Duty.objects.everything("a test").filter(district=kept.cast.bureau).order_by("position").first()
    clause = Clause.objects.everything("a test").filter(citations__duty=duty, citations__position=0).get()
    assert duty.title_zh in found(client, kept.cast.zhou, duty.title_zh)["任务"]
    assert found(client, kept.cast.yi, duty.title_zh) == {}
    client.force_login(kept.cast.gu.account)
    page = client.get("/search/", {"q": clause.text[:20]}).content.decode()
    assert f"/plans/#clause-{clause.pk}" in page
    assert f'id="clause-{clause.pk}"' in client.get("/plans/").content.decode()


def test_a_new_unit_and_a_person_who_moved_are_found_at_once(client, kept):
    cast = kept.cast
    officer = appointed(cast.bureau, "security_officer", "安全管理")
    newcomer = a_person(cast.bureau, "许明夷")
    appoint(
        actor=actor_for(officer),
        ask=Ask(),
        person=newcomer,
        unit=cast.neighbour,
        post=a_post(cast.bureau, "staff"),
        starts_on=date(2025, 12, 17),
    )
    drain()
    assert found(client, cast.tang, "明夷") == {"人员": ["许明夷"]}
    assert found(client, cast.lin, "明夷") == {}


def test_what_is_beneath_a_unit_follows_it_in_the_tree(cast):
    group = a_unit(cast.bureau, UnitKind.SPONSOR, code="GRP", name="云禾教育集团")
    search.rebuild(cast.bureau.pk)
    for unit in (cast.school, group):
        assert set(SearchTerm.objects.filter(record_id=unit.pk).values_list("path", flat=True)) == {unit.path}
    person_paths = SearchTerm.objects.filter(record_id=cast.shen.pk).values_list("path", flat=True)
    cast.school.path = f"{group.path}YH-S1/"
    search.take_along(cast.school)
    assert set(person_paths) == {"YH/GRP/YH-S1/"}


def test_at_most_fifty_of_a_kind_are_shown(client, cast):
    for number in range(51):
        a_unit(cast.bureau, code=f"N{number:02d}", name=f"望湖小学{number:02d}")
    search.rebuild(cast.bureau.pk)
    client.force_login(cast.gu.account)
    page = client.get("/search/?q=望湖").content.decode()
    assert [(kind, count.strip()) for kind, count in GROUP.findall(page)] == [("单位", "50+ 条")]
    assert len(ROW.findall(page)) == 50


@pytest.mark.parametrize(
    ("query", "words"), [("", "要找什么？"), ("   ", "要找什么？"), ("没有这样的词", "没有找到")]
)
def test_an_empty_page_says_what_to_do(client, kept, query, words):
    client.force_login(kept.cast.lin.account)
    page = client.get("/search/", {"q": query}).content.decode()
    assert re.findall(r'class="empty-title">([^<]+)<', page) == [words]


@pytest.mark.parametrize("query", ["长" * 61, "".join(map(chr, range(0x3300, 0x3328)))])
def test_a_long_query_is_refused_beside_its_field(client, kept, query):
    client.force_login(kept.cast.lin.account)
    response = client.get("/search/", {"q": query})
    assert response.status_code == 422
    assert "搜索词太长" in response.content.decode()


def test_the_box_stands_on_every_page(client, cast):
    client.force_login(cast.zhou.account)
    assert 'action="/search/"' in client.get("/me/").content.decode()


def test_rebuilding_writes_nothing_where_nothing_is_amiss(kept):
    before = set(SearchTerm.objects.values_list("pk", flat=True))
    search.rebuild(kept.cast.bureau.pk)
    assert set(SearchTerm.objects.values_list("pk", flat=True)) == before


def test_what_is_gone_is_found_no_more(client, kept):
    unit = a_unit(kept.cast.bureau, name="望湖小学")
    search.rebuild(kept.cast.bureau.pk)
    Unit.objects.everything("a test").filter(pk=unit.pk).delete()
    search.rebuild(kept.cast.bureau.pk)
    assert SearchTerm.objects.filter(record_id=unit.pk).count() == 0
