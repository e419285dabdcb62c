"""Search finds what a record holds, inside the actor's scope, literally, on both databases."""

from uuid import UUID

import pytest

from tests.trial.acts import write_note
from tests.trial.models import Note
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.search import SearchTerm, find, forget, index, normalised


def written(cast, who: str, text: str) -> Note:
    unit = {"shen": cast.school, "tang": cast.neighbour, "yi": cast.elsewhere}[who]
    note = write_note(actor=cast.actor(who), ask=Ask(), unit=unit, text=text)
    index(note, text)
    return note


def found(cast, who: str, query: str) -> set[UUID]:
    return {record.pk for hits in find(cast.actor(who), query, [Note]) for record in hits.records}


@pytest.mark.parametrize(
    "query",
    [
        "栏杆",
        "楼梯栏杆",
        "松动",
        "栏",
        "动",
        "3F",
        "３ｆ",
        "JC-2025",
        "jc-2025-007",
        "栏杆 松动",
        "  松动　栏杆 ",
        "７",
    ],
)
def test_a_record_is_found_by_what_it_holds(cast, query):
    note = written(cast, "shen", "3F 楼梯栏杆松动（JC-2025-007）")
    written(cast, "shen", "食堂地面湿滑")
    assert found(cast, "shen", query) == {note.pk}


@pytest.mark.parametrize(
    "query", ["", "   ", "\u200b", "扶手", "杆栏", "%", "_", "栏%动", "___", "栏杆 扶手", "*", "'"]
)
def test_what_it_does_not_hold_finds_nothing(cast, query):
    written(cast, "shen", "3F 楼梯栏杆松动（JC-2025-007）")
    assert found(cast, "shen", query) == set()


def test_signs_are_literal(cast):
    whole = written(cast, "shen", "完成率 100%")
    written(cast, "shen", "完成率 1000")
    assert found(cast, "shen", "100%") == {whole.pk}
    assert found(cast, "shen", "%") == {whole.pk}


@pytest.mark.parametrize(
    ("who", "names"),
    [("shen", {"shen"}), ("tang", {"tang"}), ("gu", {"shen", "tang"}), ("yi", {"yi"}), ("zhou", set())],
)
def test_each_finds_only_what_they_see(cast, who, names):
    notes = {name: written(cast, name, "栏杆松动").pk for name in ("shen", "tang", "yi")}
    assert found(cast, who, "栏杆") == {notes[name] for name in names}


def test_what_is_ones_own_is_found_outside_ones_subtree(cast):
    """A reach by person (code P) is not cut off by the unit's path."""
    note = written(cast, "tang", "栏杆松动")
    Note.objects.everything("a test").filter(pk=note.pk).update(created_by=cast.zhou)
    assert found(cast, "zhou", "栏杆") == {note.pk}


def test_a_changed_text_is_found_by_its_new_words_only(cast):
    note = written(cast, "shen", "栏杆松动")
    index(note, "栏杆已修复")
    assert [found(cast, "shen", query) for query in ("松动", "栏杆", "修复")] == [set(), {note.pk}, {note.pk}]


def test_indexing_again_writes_nothing(cast):
    note = written(cast, "shen", "栏杆松动栏杆")
    keys = set(SearchTerm.objects.values_list("pk", flat=True))
    index(note, "栏杆松动栏杆")
    assert set(SearchTerm.objects.values_list("pk", flat=True)) == keys
    assert sorted(SearchTerm.objects.values_list("term", flat=True)) == sorted(
        ["栏杆", "杆松", "松动", "动栏", "杆"]
    )


def test_a_moved_record_is_looked_for_at_its_new_place(cast):
    note = written(cast, "shen", "栏杆松动")
    Note.objects.everything("a test").filter(pk=note.pk).update(unit=cast.neighbour)
    note = Note.objects.everything("a test").get(pk=note.pk)
    index(note, note.text)
    assert (found(cast, "shen", "栏杆"), found(cast, "tang", "栏杆")) == (set(), {note.pk})


def test_a_forgotten_record_is_not_found(cast):
    forget(written(cast, "shen", "栏杆松动"))
    assert found(cast, "shen", "栏杆") == set()
    assert SearchTerm.objects.count() == 0


def test_at_most_fifty_are_shown_newest_first_and_more_are_told(cast):
    notes = [written(cast, "shen", "栏杆") for _ in range(50)]
    (exact,) = find(cast.actor("shen"), "栏杆", [Note])
    assert (exact.more, exact.count) == (False, "50")
    assert [record.pk for record in exact.records] == sorted((note.pk for note in notes), reverse=True)
    written(cast, "shen", "栏杆")
    (more,) = find(cast.actor("shen"), "栏杆", [Note])
    assert (more.more, more.count, len(more.records)) == (True, "50+", 50)


def test_a_long_query_is_refused_before_it_is_normalised(cast):
    for query in ("长" * 61, "".join(map(chr, range(0x3300, 0x333C)))):
        with pytest.raises(RuleBroken, match="太长"):
            find(cast.actor("shen"), query, [Note])
    assert found(cast, "shen", "长" * 60) == set()


def test_what_looks_the_same_is_written_the_same():
    assert normalised("ＪＣ－３　Straße\u202e\u200b") == "jc-3 strasse"


@pytest.mark.parametrize("text", ["a\x00b", "😀😀👍🏽", "ﷺ" * 50, "é" * 100, "ß" * 10, "\ud83d"])
def test_any_text_can_be_indexed_and_looked_for(cast, text):
    note = written(cast, "shen", "栏杆")
    index(note, text)
    find(cast.actor("shen"), text[:10], [Note])
    assert found(cast, "shen", "栏杆") == set()


@pytest.mark.parametrize(("query", "statements"), [("栏杆", 2), ("栏杆松动", 5), ("扶手", 1)])
def test_statements_follow_the_query_and_not_the_table(cast, query, statements, django_assert_num_queries):
    for _ in range(20):
        written(cast, "shen", "栏杆松动")
    actor = cast.actor("shen")
    with django_assert_num_queries(statements):
        find(actor, query, [Note])
