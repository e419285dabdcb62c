"""Declared lists: pages by cursor, filters from a positive list, counts no further than a thousand."""

from datetime import date
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from tests.trial.models import Note
from xiaoan.foundation.errors import Malformed
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.foundation.ui.signs import Sign
from xiaoan.people.models import Person

SIGNS = {"open": Sign("办理中", "clock", "attention"), "closed": Sign("已办结", "check", "done")}
LISTING = Listing(
    name="notes",
    title="便条",
    columns=[
        Column("text", "内容", lambda note: note.text),
        Column("state", "状态", lambda note: SIGNS[note.state], width=10),
        Column("unit", "单位", lambda note: note.unit.name, on_phone=False),
    ],
    filters=[
        Filter(
            "state",
            "状态",
            lambda _actor: [("open", "办理中"), ("closed", "已办结")],
            lambda rows, value: rows.filter(state=value),
        ),
    ],
    order=[Order("created_at", descending=True), Order("id", descending=True)],
    page_size=3,
)


@pytest.fixture
def show(cast):
    def ask(url="/"):
        request = RequestFactory().get(url)
        request.actor = cast.actor("lin")
        return LISTING.show(request, Note.objects.visible_to(request.actor))

    return ask


@pytest.fixture
def notes(cast):
    for number in range(8):
        Note.objects.create(
            district=cast.bureau,
            unit=cast.school,
            text=f"第{number}条",
            state="closed" if number % 2 else "open",
        )


def texts(shown):
    return [row[0].value for row in shown.rows]


def test_forward_and_back_again_meets_every_row_once(show, notes):
    first = show()
    second = show(first.next_url)
    third = show(second.next_url)

    assert len(texts(first) + texts(second) + texts(third)) == 8
    assert set(texts(first) + texts(second) + texts(third)) == {f"第{number}条" for number in range(8)}
    assert (first.previous_url, third.next_url) == ("", "")
    assert texts(show(third.previous_url)) == texts(second)
    assert texts(show(show(third.previous_url).previous_url)) == texts(first)
    assert first.summary == "共 8 条"


def test_a_filter_narrows_and_its_cursor_serves_no_other_filter(show, notes):
    opened = show("/?state=open")
    assert len(texts(opened) + texts(show(opened.next_url))) == 4
    with pytest.raises(Malformed):
        show(opened.next_url.replace("state=open", "state=closed"))


@pytest.mark.parametrize(
    "url", ["/?owner=x", "/?state=nothing", "/?after=forged", "/?order=password", "/?column=x"]
)
def test_what_is_not_offered_is_refused(show, notes, url):
    with pytest.raises(Malformed):
        show(url)


def test_an_export_holds_every_row_that_is_shown(cast, notes):
    request = RequestFactory().get("/?export=xlsx&state=open")
    request.actor = cast.actor("lin")
    response = LISTING.export(request, Note.objects.visible_to(request.actor))
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["内容", "状态", "单位"]
    assert sorted(row[0] for row in rows[1:]) == ["第0条", "第2条", "第4条", "第6条"]
    assert [row[1] for row in rows[1:]] == ["办理中"] * 4


def headings(shown):
    return [column["label"] for column in shown.columns]


def test_who_chooses_columns_sees_these_and_the_first(show, notes):
    shown = show("/?column=state&state=open")
    assert headings(shown) == ["内容", "状态"]
    assert [[str(cell.value) for cell in row][1:] for row in shown.rows] == [["办理中"]] * 3
    assert headings(show(shown.next_url)) == ["内容", "状态"]


def test_columns_of_which_none_is_ticked_leave_the_first(show, notes):
    assert headings(show("/?column=text")) == ["内容"]


def test_a_column_that_was_chosen_is_shown_on_a_phone_too(show, notes):
    assert [cell.classes for cell in show().rows[0]] == ["", "is-short", "desk-only"]
    assert [cell.classes for cell in show("/?column=unit").rows[0]] == ["", ""]


def test_boxes_say_what_is_shown_and_keep_the_filters(show, notes):
    choice = show("/?state=open&column=unit").column_choice
    assert choice.first == "text"
    assert choice.others == [("state", "状态", False), ("unit", "单位", True)]
    assert choice.kept == [("state", "open")]
    assert choice.all_url == "/?state=open"
    assert show("/?state=open").column_choice.all_url == ""


def test_chosen_columns_narrow_nothing(show, notes):
    assert (show("/?column=state").is_narrowed, show("/?state=open").is_narrowed) == (False, True)
    assert show("/?column=state").filters.hidden_fields()[0].value() == ["state"]


def test_an_export_holds_the_columns_that_are_shown(cast, notes):
    request = RequestFactory().get("/?export=csv&column=unit&state=open")
    request.actor = cast.actor("lin")
    response = LISTING.export(request, Note.objects.visible_to(request.actor))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "内容,单位"
    assert {line.partition(",")[2] for line in lines[1:]} == {cast.school.name}


YESTERDAY = date(2025, 12, 16)


def appointment_ends(person):
    person.appointments.update(ends_on=YESTERDAY)


def account_is_shut(person):
    person.account.is_active = False
    person.account.save()


def nothing_happens(_person):
    pass


@pytest.mark.parametrize(
    ("happens", "rows_got"), [(appointment_ends, 1_000), (account_is_shut, 1_000), (nothing_happens, 2_600)]
)
def test_a_long_export_asks_again_for_each_thousand_what_its_reader_may_see(cast, client, happens, rows_got):
    known = Person.objects.visible_to(cast.actor("lin")).count()
    Person.objects.bulk_create(
        Person(district=cast.bureau, unit=cast.school, staff_no=f"Z{number:05d}", name="众人")
        for number in range(2_600 - known)
    )
    client.force_login(cast.lin.account)
    pieces = client.get("/people/?export=csv").streaming_content
    got = [*next(pieces).splitlines(), *next(pieces).splitlines(), *next(pieces).splitlines()]
    assert len(got) == 1 + 1_000

    happens(cast.lin)
    got += b"".join(pieces).splitlines()
    assert len(got) == 1 + rows_got


def test_a_state_is_drawn_with_its_icon_and_word(show, notes):
    page = render_to_string("listing/list.html", {"shown": show("/?state=open")})
    assert (
        page.count('<td role="cell" data-label="状态" class="is-short"><span class="chip chip-attention">')
        == 3
    )
    assert page.count("</svg>办理中</span>") == 3


@pytest.mark.parametrize("rows", [1, 50, 1000])
def test_a_page_costs_the_same_statements_whatever_the_table_holds(
    cast, show, django_assert_num_queries, rows
):
    Note.objects.bulk_create(
        Note(district=cast.bureau, unit=cast.school, text=f"{number}") for number in range(rows)
    )
    with django_assert_num_queries(3):  # the actor's appointments, the rows, the bounded count
        show("/?column=text")
