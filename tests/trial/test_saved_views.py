"""Saved views of lists: a person's own choices under a name, above the list on which they were made."""

import json
from uuid import UUID, uuid4

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Malformed, NotPermitted, RuleBroken, SameIdOtherContent
from xiaoan.foundation.journal import JournalEntry, JournalPayload
from xiaoan.foundation.saved_views import MOST, SavedView, ViewBar, delete_view, save_view

UNITS = "/organisations/units/"


def saved(cast, who="lin", ask=None, **changes):
    given = {"path": UNITS, "name": "学校", "query": "kind=school"} | changes
    return save_view(actor=cast.actor(who), ask=ask or Ask(), owner=getattr(cast, who), **given)


def names(cast, who="lin", path=UNITS):
    return [view.name for view in ViewBar(cast.actor(who), path, "").views]


def test_a_saved_view_stands_above_its_list_and_opens_it_as_it_was(cast, client):
    client.force_login(cast.lin.account)
    form = {
        "submission_id": str(uuid4()),
        "path": UNITS,
        "query": "kind=school&stage=&column=code&after=x",
        "name": " 学校 ",
    }
    done = client.post("/views/save/", form)
    assert (done.status_code, done["Location"]) == (303, f"{UNITS}?column=code&kind=school")
    again = client.post("/views/save/", form)
    assert (again.status_code, again["Location"]) == (303, done["Location"])

    page = client.get(done["Location"]).content.decode()
    assert '<a href="/organisations/units/?column=code&amp;kind=school" aria-current="page">学校</a>' in page
    other = client.get(UNITS).content.decode()
    assert '<a href="/organisations/units/?column=code&amp;kind=school">学校</a>' in other
    assert SavedView.objects.count() == 1


def test_nobody_else_sees_a_view_and_no_other_list_shows_it(cast):
    saved(cast)
    assert names(cast) == ["学校"]
    assert (names(cast, "chen"), names(cast, "bai"), names(cast, path="/people/")) == ([], [], [])


def test_a_name_saved_again_stands_for_what_was_chosen_last(cast):
    first, second = saved(cast), saved(cast, query="kind=centre")
    assert (first.pk, second.query) == (second.pk, "kind=centre")
    assert names(cast) == ["学校"]


def test_a_deleted_view_is_gone_and_its_name_may_be_used_anew(cast, client):
    view = saved(cast)
    client.force_login(cast.lin.account)
    form = {"submission_id": str(uuid4())}
    for _press in range(2):
        done = client.post(f"/views/{view.pk}/delete/", form)
        assert (done.status_code, done["Location"]) == (303, UNITS)
    assert names(cast) == []
    assert saved(cast, query="kind=centre").pk == view.pk
    assert names(cast) == ["学校"]


def test_a_view_of_somebody_else_is_not_there_to_be_deleted(cast, client):
    view = saved(cast)
    client.force_login(cast.chen.account)
    assert client.post(f"/views/{view.pk}/delete/", {"submission_id": str(uuid4())}).status_code == 404
    with pytest.raises(NotPermitted):
        delete_view(actor=cast.actor("chen"), ask=Ask(), view=view)
    assert names(cast) == ["学校"]


def test_nobody_saves_in_the_name_of_another(cast):
    with pytest.raises(NotPermitted):
        save_view(actor=cast.actor("chen"), ask=Ask(), owner=cast.lin, path=UNITS, name="学校", query="a=b")


def test_twenty_views_are_kept_of_a_list_and_no_more(cast):
    views = [saved(cast, name=f"视图{number}") for number in range(MOST)]
    with pytest.raises(RuleBroken) as broken:
        saved(cast)
    assert [str(words) for words in broken.value.fields["name"]] == [
        "每个列表最多保存 20 个视图，请先删除不用的。"
    ]
    saved(cast, name="视图0", query="kind=centre")
    saved(cast, path="/people/")
    delete_view(actor=cast.actor("lin"), ask=Ask(), view=views[3])
    saved(cast)
    assert set(names(cast)) == {f"视图{number}" for number in range(MOST) if number != 3} | {"学校"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "  "}, "请给视图起一个名称。"),
        ({"name": "长" * 21}, "名称最多 20 个字，请缩短。"),
        ({"query": "kind=&after=x"}, "请先筛选或选择要显示的列，再保存。"),
        ({"query": "kind=" + "x" * 1_000}, "选择的条件过多，无法保存。请减少后再保存。"),
    ],
)
def test_what_cannot_be_kept_is_told(cast, changes, words):
    with pytest.raises(RuleBroken) as broken:
        saved(cast, **changes)
    assert [str(each) for each in broken.value.fields["name"]] == [words]


@pytest.mark.parametrize("path", ["//elsewhere.example/", "people/", "/people/?a=b", "/" + "x" * 200])
def test_a_view_leads_nowhere_but_to_a_page_of_this_site(cast, path):
    with pytest.raises(Malformed):
        saved(cast, path=path)


def test_a_name_that_is_too_long_is_shown_again_with_its_words(cast, client):
    client.force_login(cast.lin.account)
    form = {"submission_id": str(uuid4()), "path": UNITS, "query": "kind=school", "name": "长" * 21}
    page = client.post("/views/save/", form)
    assert page.status_code == 422
    assert 'value="kind=school"' in page.content.decode()
    assert SavedView.objects.count() == 0


def test_the_journal_says_what_was_saved_and_a_used_id_means_no_other_view(cast):
    ask = Ask(submission_id=UUID(int=7))
    view = saved(cast, ask=ask)
    assert saved(cast, ask=ask).pk == view.pk
    with pytest.raises(SameIdOtherContent):
        saved(cast, ask=ask, name="别的")
    delete_view(actor=cast.actor("lin"), ask=Ask(), view=view)
    entries = JournalEntry.objects.filter(object_id=str(view.pk)).order_by("number")
    assert [(entry.act, entry.unit_id) for entry in entries] == [
        ("foundation.save_view", cast.school.pk),
        ("foundation.delete_view", cast.school.pk),
    ]
    payload = JournalPayload.objects.get(entry=entries[0])
    assert json.loads(payload.body)["changes"]["query"] == [None, "kind=school"]
