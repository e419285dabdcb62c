import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation

from xiaoan.foundation import errors
from xiaoan.foundation.ui import error_pages

ask = RequestFactory()


@pytest.mark.parametrize("status", sorted(error_pages.TEXTS))
def test_each_page_says_what_why_and_what_to_do(status):
    answer = error_pages.error_page(ask.get("/x/"), status)
    text = error_pages.TEXTS[status]
    page = answer.content.decode()
    assert answer.status_code == status
    assert [str(words) in page for words in (text.title, text.why, text.todo)] == [True, True, True]
    assert f"错误编号：{status}" in page


@pytest.mark.parametrize("status", sorted(error_pages.TEXTS))
def test_each_page_is_wholly_english_in_english(status):
    with translation.override("en"):
        page = error_pages.error_page(ask.get("/x/"), status).content.decode()
    assert [letter for letter in page if "\u4e00" <= letter <= "\u9fff"] == []


def test_missing_and_hidden_give_the_same_bytes():
    missing = error_pages.not_found(ask.get("/a/", headers={"referer": "http://testserver/b/"}), Http404("a"))
    hidden = error_pages.refusal_page(ask.get("/hazards/7/"), errors.NotFound("it is another school's"))
    assert missing.content == hidden.content
    assert missing.status_code == hidden.status_code == 404


def test_a_refusal_gives_its_own_reason_and_number():
    answer = error_pages.refusal_page(ask.get("/x/"), errors.NotPermitted("整改人不能验收。"))
    assert answer.status_code == 403
    assert "整改人不能验收。" in answer.content.decode()
    assert "403 not-permitted" in answer.content.decode()


def test_the_number_of_a_fault_is_in_the_log(caplog):
    page = error_pages.server_error(ask.get("/x/")).content.decode()
    (record,) = caplog.records
    number, path = record.args
    assert f"错误编号：{number}" in page
    assert path == "/x/"


def test_the_way_back_leads_to_our_own_pages_only():
    ours = error_pages.error_page(ask.get("/x/", headers={"referer": "http://testserver/b/"}), 409)
    theirs = error_pages.error_page(ask.get("/x/", headers={"referer": "http://elsewhere.example/b/"}), 409)
    assert 'href="http://testserver/b/"' in ours.content.decode()
    assert "elsewhere" not in theirs.content.decode()


def test_an_expired_form_says_that_nothing_was_submitted():
    answer = error_pages.csrf_failure(ask.post("/x/"), reason="no cookie")
    assert answer.status_code == 403
    assert "页面已过期，没有提交" in answer.content.decode()
