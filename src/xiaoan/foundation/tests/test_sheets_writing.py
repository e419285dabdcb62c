import csv
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xiaoan.foundation.sheets import (
    Column,
    Kind,
    Sheet,
    csv_pieces,
    read_table,
    template_workbook,
    write_csv,
    write_workbook,
)

COLUMNS = [
    Column("文", kind=Kind.LONG_TEXT),
    Column("整", kind=Kind.INTEGER),
    Column("数", kind=Kind.DECIMAL),
    Column("日", kind=Kind.DATE),
    Column("是", kind=Kind.YES_NO),
    Column("行"),
]
HEADINGS = [column.heading for column in COLUMNS]
DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://127.0.0.1","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "'=1",
    "''+1",
    "'",
]

LONG_TEXT = st.one_of(
    st.sampled_from(DANGEROUS),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30),
    st.sampled_from(["一\n二", "_x000D_", "a,b", 'a"b', "1;2", "0012", "é"]),
)
VALUES = st.tuples(
    LONG_TEXT,
    st.none() | st.integers(-(10**15) + 1, 10**15 - 1),
    st.none() | st.decimals(-(10**9), 10**9, places=2),
    st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    st.none() | st.booleans(),
)


def as_read(text: str) -> str:
    """What reading does to text by design: one form of accents, and nothing of nothing but spaces."""
    import unicodedata

    return unicodedata.normalize("NFC", text) if text.strip() else ""


def xlsx(sheet: Sheet) -> bytes:
    stream = BytesIO()
    write_workbook([sheet], stream)
    return stream.getvalue()


def plain_csv(sheet: Sheet) -> bytes:
    stream = BytesIO()
    write_csv(sheet, stream)
    return stream.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=8), st.sampled_from([(xlsx, "a.xlsx"), (plain_csv, "a.csv")]))
def test_what_is_written_reads_back_equal(rows, way):
    write, name = way
    numbered = [(*row, f"r{number}") for number, row in enumerate(rows)]
    table = read_table(write(Sheet("表", HEADINGS, numbered)), name, COLUMNS)
    assert table.errors == []
    assert [tuple(row.values.values()) for row in table.rows] == [(as_read(r[0]), *r[1:]) for r in numbered]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_or_a_link(text):
    data = xlsx(Sheet("表", [text], [[text]]))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        content = archive.read("xl/worksheets/sheet1.xml")
        names = archive.namelist()
    assert (content.count(b"<f>"), content.count(b"<hyperlink"), content.count(b't="inlineStr"')) == (0, 0, 2)
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in names


@pytest.mark.parametrize("text", [t for t in DANGEROUS if t != "'"] + ["\0x", " =1", "－1", "\r=1"])
def test_a_csv_cell_that_a_program_would_run_begins_with_an_apostrophe(text):
    heading, row = csv.reader(
        StringIO(plain_csv(Sheet("表", [text], [[text]])).decode("utf-8-sig"), newline="")
    )
    assert (heading, row) == ([f"'{text}"], [f"'{text}"])


def test_a_negative_number_is_a_number_and_stays_one():
    assert (
        plain_csv(Sheet("表", ["数"], [[-5], [Decimal("-0.50")]]))
        == b"\xef\xbb\xbf" + "数\r\n-5\r\n-0.50\r\n".encode()
    )


def test_a_csv_streams_its_headings_before_its_first_row():
    asked = []

    def rows():
        for number in range(1_200):
            asked.append(number)
            yield [number]

    pieces = csv_pieces(Sheet("表", ["数"], rows()))
    assert (next(pieces), asked) == (b"\xef\xbb\xbf" + "数\r\n".encode(), [])
    assert [piece.count(b"\r\n") for piece in pieces] == [500, 500, 200]


def test_an_instant_is_shown_on_the_clocks_of_shanghai():
    instant = datetime(2025, 3, 19, 16, 30, tzinfo=UTC)
    cells = CalamineWorkbook.from_filelike(
        BytesIO(xlsx(Sheet("表", ["时"], [[instant]])))
    ).get_sheet_by_index(0)
    assert cells.to_python()[1] == [datetime(2025, 3, 20, 0, 30)]  # noqa: DTZ001 - as a table program holds it
    assert plain_csv(Sheet("表", ["时"], [[instant]])).decode("utf-8-sig") == "时\r\n2025-03-20 00:30\r\n"


def test_the_heading_row_is_frozen_and_bold_and_columns_are_wide_enough():
    with zipfile.ZipFile(BytesIO(xlsx(Sheet("表", ["名称", "日期"], [], widths=[30])))) as archive:
        sheet, styles = archive.read("xl/worksheets/sheet1.xml"), archive.read("xl/styles.xml")
    assert sheet.count(b'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>') == 1
    assert [sheet.count(width) for width in (b'width="30.', b'width="8.')] == [1, 1]
    assert styles.count(b"<b/>") == 1


def test_numbers_that_a_program_would_round_are_written_as_text():
    rows = [[310112199001011234], [Decimal("1234567890123456.78")], [date(1899, 1, 1)]]
    cells = CalamineWorkbook.from_filelike(BytesIO(xlsx(Sheet("表", ["数"], rows)))).get_sheet_by_index(0)
    assert cells.to_python()[1:] == [["310112199001011234"], ["1234567890123456.78"], ["1899-01-01"]]


def test_text_too_long_for_a_cell_is_cut_in_sight():
    cells = CalamineWorkbook.from_filelike(
        BytesIO(xlsx(Sheet("表", ["文"], [["x" * 40_000]])))
    ).get_sheet_by_index(0)
    text = cells.to_python()[1][0]
    assert (len(text), text.endswith("x…（过长，已截断）")) == (32_767, True)


@pytest.mark.parametrize(
    ("title", "name"), [("a/b:[c]", "a b  c"), ("长" * 40, "长" * 31), ("??", "Sheet1"), ("'a'", "a")]
)
def test_a_title_becomes_a_lawful_name_of_a_sheet(title, name):
    assert CalamineWorkbook.from_filelike(BytesIO(xlsx(Sheet(title, ["a"], [])))).sheet_names == [name]


UNITS = [
    Column("编码", required=True, example="000123", meaning="全区唯一"),
    Column("学生数", kind=Kind.INTEGER, example=600),
    Column("启用日期", kind=Kind.DATE, example=date(2024, 9, 1)),
    Column("备注"),
]


def test_a_template_shows_stars_and_an_example_and_explains_its_columns():
    book = CalamineWorkbook.from_filelike(BytesIO(template_workbook(UNITS, "单位")))
    assert book.sheet_names == ["单位", "填写说明"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["编码*", "学生数", "启用日期", "备注"],
        ["000123", 600.0, date(2024, 9, 1), ""],
    ]
    assert book.get_sheet_by_index(1).to_python() == [
        ["列名", "是否必填", "填写格式", "说明"],
        ["编码", "是", "文字或编码", "全区唯一"],
        ["学生数", "否", "整数", ""],
        ["启用日期", "否", "日期，如 2025-03-20", ""],
        ["备注", "否", "文字或编码", ""],
    ]


def test_the_example_of_a_template_is_known_and_never_imported():
    table = read_table(template_workbook(UNITS, "单位"), "a.xlsx", UNITS)
    assert (table.rows, table.errors) == ([], [])
    assert [str(note) for note in table.notes] == ["第 2 行是模板中的示例，没有读取。"]


def test_a_template_explains_itself_in_the_language_of_its_reader():
    with translation.override("en"):
        book = CalamineWorkbook.from_filelike(BytesIO(template_workbook(UNITS, "Units")))
    assert book.sheet_names == ["Units", "How to fill in"]
    assert book.get_sheet_by_index(1).to_python()[1] == ["编码", "Yes", "text or code", "全区唯一"]
