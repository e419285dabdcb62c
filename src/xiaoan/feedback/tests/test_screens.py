"""The pages of feedback: the way in from every page, what each sees, the answer by a form."""

from uuid import uuid4

import pytest

from xiaoan.feedback.models import Kind, Remark, RemarkState
from xiaoan.feedback.queries import share
from xiaoan.feedback.tests.factories import ANSWER, WORDS, a_remark, answered, stored
from xiaoan.foundation import clock
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import a_person, appointed

pytestmark = pytest.mark.django_db
LIST, NEW = "/feedback/", "/feedback/new/"


def entered(client, person):
    client.force_login(person.account)
    return client


def text_of(response):
    return response.content.decode()


def sent(**values):
    return {"submission_id": str(uuid4()), "seen": ""} | values


def owed(person):
    return share(actor_for(person)).piles


def typed(**changes):
    return sent(kind="error", text=WORDS, page="/risks/") | changes


@pytest.mark.parametrize("path", ["/", "/me/", "/hazards/"])
def test_every_page_leads_to_a_new_remark_and_says_from_where(client, cast, path):
    page = text_of(entered(client, cast.zhou).get(f"{path}?x=1" if path == "/me/" else path))
    assert page.count(f'href="{NEW}?from={path}"') == 1


def test_who_holds_no_post_finds_no_way_in(client, cast):
    person = a_person(cast.school)
    person.account = type(cast.zhou.account)(username="nobody", person=person)
    person.account.save()
    assert NEW not in text_of(entered(client, person).get("/"))
    assert client.get(NEW).status_code == 403


def test_ones_own_page_leads_to_ones_remarks(client, cast):
    assert f'href="{LIST}"' in text_of(entered(client, cast.zhou).get("/me/"))


def test_an_error_page_stands_without_the_way_in(client, cast):
    answer = entered(client, cast.zhou).get("/feedback/nothing/")
    assert (answer.status_code, NEW in text_of(answer)) == (404, False)


def test_a_form_carries_the_page_and_becomes_a_remark(client, cast):
    assert 'value="/risks/"' in text_of(entered(client, cast.zhou).get(f"{NEW}?from=/risks/"))
    answer = client.post(NEW, typed())
    remark = Remark.objects.everything("a test").get()
    assert (answer.status_code, answer.url) == (303, remark.get_absolute_url())
    assert (remark.kind, remark.text, remark.page) == (Kind.ERROR, WORDS, "/risks/")


@pytest.mark.parametrize("page", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_page_elsewhere_is_not_taken_over(client, cast, page):
    assert page not in text_of(entered(client, cast.zhou).get(NEW, {"from": page})).split("<main")[1]
    assert client.post(NEW, typed(page=page)).status_code == 422


def test_a_form_that_is_refused_keeps_what_was_typed(client, cast):
    answer = entered(client, cast.zhou).post(NEW, typed(kind="praise"))
    assert (answer.status_code, WORDS in text_of(answer)) == (422, True)


def test_a_writer_sees_their_own_and_who_answers_sees_all_with_their_writers(client, cast):
    a_remark(cast.zhou)
    a_remark(cast.tang, text="增加批量导出")
    own = text_of(entered(client, cast.zhou).get(LIST))
    assert (WORDS in own, "增加批量导出" in own, "提交人" in own) == (True, False, False)
    every = text_of(entered(client, cast.bai).get(LIST))
    assert [words in every for words in (WORDS, "增加批量导出", cast.tang.name)] == [True] * 3


def test_what_waits_comes_first_and_is_filtered(client, cast):
    with clock.held_at(clock.at(clock.today(), 6)):
        answered(a_remark(cast.zhou, text="旧的一条"), cast.gu)
    with clock.held_at(clock.at(clock.today(), 7)):
        a_remark(cast.zhou, Kind.ERROR, text="新的一条")
    answered(a_remark(cast.zhou, text="又一条已答复"), cast.gu)
    page = text_of(entered(client, cast.gu).get(LIST))
    assert page.index("新的一条") < page.index("又一条已答复") < page.index("旧的一条")
    assert "共 1 条" in text_of(client.get(f"{LIST}?kind=error"))
    assert "共 2 条" in text_of(client.get(f"{LIST}?state=replied"))


@pytest.mark.parametrize("who", ["lin", "chen", "shen", "tang", "yi"])
def test_anothers_remark_is_not_there(client, cast, who):
    remark = a_remark(cast.zhou)
    entered(client, getattr(cast, who))
    for path in (remark.get_absolute_url(), f"{remark.get_absolute_url()}withdraw/"):
        assert client.post(path, sent(answer=ANSWER)).status_code == 404
    assert WORDS not in text_of(client.get(LIST))


def test_an_answer_by_a_form_is_read_by_the_writer(client, cast):
    remark = a_remark(cast.zhou, page="/risks/")
    page = text_of(entered(client, cast.bai).get(remark.get_absolute_url()))
    assert ('name="answer"' in page, '<a href="/risks/">' in page, cast.zhou.name in page) == (True,) * 3
    answer = client.post(remark.get_absolute_url(), sent(answer=ANSWER, seen="1"))
    assert answer.status_code == 303
    page = text_of(entered(client, cast.zhou).get(remark.get_absolute_url()))
    assert (ANSWER in page, cast.bai.name in page, 'name="answer"' in page, "撤回" in page) == (
        True,
        True,
        False,
        False,
    )


def test_a_writer_is_not_offered_the_answer_and_asking_for_it_is_refused(client, cast):
    remark = a_remark(cast.zhou)
    page = text_of(entered(client, cast.zhou).get(remark.get_absolute_url()))
    assert 'name="answer"' not in page
    assert client.post(remark.get_absolute_url(), sent(answer=ANSWER)).status_code == 403
    assert stored(remark).state == RemarkState.ASKED


def test_the_second_answer_is_told_that_somebody_was_faster(client, cast):
    remark = a_remark(cast.zhou)
    answered(remark, cast.gu)
    answer = entered(client, cast.bai).post(remark.get_absolute_url(), sent(answer="另一份", seen="1"))
    assert answer.status_code == 409
    assert stored(remark).answer == ANSWER


def test_withdrawing_takes_it_out_of_the_sight_of_who_answers(client, cast):
    remark = a_remark(cast.zhou)
    path = remark.get_absolute_url()
    assert entered(client, cast.zhou).get(f"{path}withdraw/").status_code == 405
    assert client.post(f"{path}withdraw/", sent(seen="1")).status_code == 303
    assert "已撤回" in text_of(client.get(path))
    assert entered(client, cast.gu).get(path).status_code == 404
    assert WORDS not in text_of(client.get(LIST))


def test_what_waits_is_to_do_for_those_who_answer_it(cast):
    keeper = appointed(cast.bureau, "system_admin", "纪长宁")
    a_remark(cast.zhou)
    a_remark(cast.gu, Kind.ERROR)
    answered(a_remark(cast.zhou), cast.bai)
    asked = {
        person.name: [(str(pile.kind), pile.number) for pile in owed(person)]
        for person in (cast.gu, cast.bai, keeper, cast.lin)
    }
    assert asked == {
        cast.gu.name: [("投诉建议待答复", 1)],
        cast.bai.name: [("投诉建议待答复", 2)],
        keeper.name: [("投诉建议待答复", 1)],
        cast.lin.name: [],
    }


def test_the_home_page_shows_it_with_its_button(client, cast):
    a_remark(cast.zhou)
    page = text_of(entered(client, cast.bai).get("/"))
    assert ("<span>投诉建议待答复</span><b>1</b>" in page, "去答复" in page) == (True, True)


def test_a_remark_that_nobody_answered_waits_for_the_bureau_since_it_was_written(cast):
    remark = a_remark(cast.lin)
    (held,) = share(actor_for(cast.lin)).held
    assert (held.title, held.url, str(held.holder), held.since) == (
        str(remark),
        remark.get_absolute_url(),
        "局里",
        clock.today(),
    )
    assert share(actor_for(cast.zhou)).held == []
