"""Pages of units and imports, opened as the people who may and may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from xiaoan.foundation.sheets import read_table
from xiaoan.organisations.models import Unit, UnitKind, UnitYear
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.organisations.tests.tables import workbook
from xiaoan.organisations.unit_table import COLUMNS
from xiaoan.organisations.words import pupil_words

SHORT = "编码 名称 类别 上级编码"
UNITS, IMPORT = "/organisations/units/", "/organisations/imports/units/"


@pytest.fixture
def as_(client, cast):
    """The client, signed in as a member of the cast."""

    def sign_in(name):
        client.force_login(getattr(cast, name).account)
        return client

    return sign_in


def uploaded(client, *rows, data=None):
    file = SimpleUploadedFile("单位.xlsx", workbook(SHORT, *rows) if data is None else data)
    return client.post(IMPORT, {"file": file})


def page_of(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("bai", {"云禾县教育局", "法制科", "云禾综合事务中心", "云禾实验小学", "柳湾小学"}),
        ("lin", {"云禾实验小学"}),
        ("yi", {"松泉小学"}),
    ],
)
def test_the_list_shows_what_one_may_see(as_, cast, who, seen):
    shown = as_(who).get(UNITS).context["shown"]
    assert {row[0].value for row in shown.rows} == seen


def test_a_department_is_listed_with_its_school(as_, cast):
    a_unit(cast.school, code="YH-S1-B1", name="总务处", kind=UnitKind.DEPARTMENT)
    shown = as_("bai").get(UNITS).context["shown"]
    above = {row[0].value: row[1].value for row in shown.rows}
    assert (above["总务处"], above["云禾实验小学"]) == ("云禾实验小学", "")


@pytest.mark.parametrize(
    ("pupils", "boarders", "zh", "en"),
    [
        (1126, 0, "1,126 人（2025-2026 学年）", "1,126 (school year 2025-2026)"),
        (
            1126,
            240,
            "1,126 人，其中寄宿 240 人（2025-2026 学年）",
            "1,126, of whom 240 board (school year 2025-2026)",
        ),
        (None, None, "", ""),
    ],
)
def test_pupils_are_counted_in_words(pupils, boarders, zh, en):
    facts = UnitYear(school_year="2025-2026", pupils=pupils, boarders=boarders)
    assert pupil_words(facts) == zh
    with translation.override("en"):
        assert pupil_words(facts) == en


def test_a_units_page_answers_who_held_a_post_on_a_day(as_, cast):
    cast.lin.appointments.update(ends_on="2026-03-08")
    address = f"{UNITS}{cast.school.id}/"
    client = as_("bai")
    assert "林一鸣" in page_of(client, f"{address}?on=2026-03-08")
    page = page_of(client, f"{address}?on=2026-03-09")
    assert "林一鸣" not in page
    assert "温怀瑾" in page
    assert "2026年3月9日的情况" in page


def test_a_day_that_is_none_is_malformed(as_, cast):
    assert as_("bai").get(f"{UNITS}{cast.school.id}/?on=yesterday").status_code == 400


def test_a_hidden_unit_answers_like_a_missing_one(as_, cast):
    client = as_("lin")
    hidden = client.get(f"{UNITS}{cast.neighbour.id}/")
    missing = client.get(f"{UNITS}00000000-0000-7000-8000-000000000000/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content == missing.content


def test_a_unit_is_not_told_who_works_elsewhere(as_, cast):
    page = page_of(as_("zhou"), f"{UNITS}{cast.school.id}/")
    assert "云禾实验小学" in page
    assert "林一鸣" not in page


def test_a_table_is_checked_looked_at_and_applied(as_, cast):
    client = as_("gu")
    answer = uploaded(client, ["N-1", "新街小学", "学校", ""])
    draft_page = answer["Location"]
    assert not Unit.objects.everything("a test").filter(code="N-1").exists()
    submission = (
        client.get(draft_page).content.decode().split('name="submission_id" value="')[1].split('"')[0]
    )

    for _again in range(2):
        assert client.post(draft_page, {"submission_id": submission, "seen": ""}).status_code == 303

    assert Unit.objects.everything("a test").filter(code="N-1").count() == 1
    assert "已经导入" in page_of(client, draft_page)


def test_errors_are_shown_by_cell_and_nothing_can_be_applied(as_, cast):
    client = as_("gu")
    page = page_of(client, uploaded(client, ["N-1", "新街小学", "城堡", ""])["Location"])
    assert "表!C2" in page
    assert 'name="submission_id"' not in page


@pytest.mark.parametrize(
    ("data", "status"), [(b"", 400), (b"x", 415), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415)]
)
def test_a_file_that_is_not_read_is_told_beside_the_field(as_, cast, data, status):
    answer = uploaded(as_("gu"), data=data)
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == ["file"]


def test_the_template_can_be_filled_in_and_its_example_is_no_row(as_, cast):
    answer = as_("gu").get(f"{IMPORT}template/")
    table = read_table(answer.content, "units.xlsx", COLUMNS)
    assert (len(table.headings), table.rows, table.errors) == (len(COLUMNS), [], [])


@pytest.mark.parametrize("who", ["lin", "bai", "zhou", "yi"])
def test_who_may_not_import_is_told_so(as_, cast, who):
    assert as_(who).get(IMPORT).status_code == 403


def test_an_unknown_kind_of_table_is_not_found(as_, cast):
    assert as_("gu").get("/organisations/imports/castles/").status_code == 404


def test_the_import_page_offers_what_one_may_import(as_, cast):
    client = as_("gu")
    assert client.get("/organisations/imports/")["Location"] == IMPORT
    page = client.get(IMPORT)
    assert "今日" in page.content.decode().split("</main>", 1)[1], "the tabs of the shell stay"
    assert [kind.url for kind in page.context["kinds"]] == [
        reverse("organisations:import", args=[kind]) for kind in ("units", "places", "people", "hazards")
    ]


@pytest.fixture
def english():
    """The language of a request stays with its thread: give it back."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize("address", [UNITS, IMPORT])
def test_pages_speak_english(as_, cast, english, address):
    client = as_("gu")
    client.cookies["django_language"] = "en"
    main = page_of(client, address).split("<main", 1)[1].split("</main>", 1)[0]
    ours = [name for name in ("云禾", "法制科", "柳湾") if name in main]
    for name in ("云禾县教育局", "云禾综合事务中心", "云禾实验小学", "柳湾小学", "法制科"):
        main = main.replace(name, "")
    for column in sorted(COLUMNS, key=lambda column: -len(column.heading)):
        main = main.replace(column.heading, "")
    assert [letter for letter in main if "\u4e00" <= letter <= "\u9fff"] == []
    assert ours or address == IMPORT
