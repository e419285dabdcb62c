from datetime import date, datetime
from decimal import Decimal

import pytest

from xiaoan.foundation.sheets import Column, Kind, SheetMalformed, SheetTooLarge, SheetWrongType, read_table
from xiaoan.foundation.tests.workbooks import rebuilt, sheet_xml, with_sheet, workbook

CODE, NAME = Column("编码", required=True), Column("名称")
OPENED = Column("启用日期", kind=Kind.DATE)
COUNT = Column("学生数", kind=Kind.INTEGER)


def read(rows, columns=(CODE, NAME), name="a.xlsx"):
    return read_table(workbook(rows), name, columns)


def only(column: Column, cell, heading: str | None = None):
    """What one cell below one heading reads as: its value, or the words about it."""
    table = read([[heading or column.heading, "行"], [cell, "x"]], [column, Column("行")])
    if table.errors:
        return [str(error) for error in table.errors]
    return table.rows[0].values[column.heading]


def test_rows_are_typed_and_know_their_cells():
    rows = [["学生数", "编码*", "启用日期"], [120, "0007", date(2024, 9, 1)], ["", "0008", "2025-03-20"]]
    table = read(rows, [CODE, NAME, OPENED, COUNT])
    assert table.headings == ("学生数", "编码", "启用日期")
    assert [dict(row.values) for row in table.rows] == [
        {"学生数": 120, "编码": "0007", "启用日期": date(2024, 9, 1)},
        {"学生数": None, "编码": "0008", "启用日期": date(2025, 3, 20)},
    ]
    assert table.rows[1].cells == {"学生数": "A3", "编码": "B3", "启用日期": "C3"}
    assert table.errors == []


def test_an_error_names_sheet_cell_and_what_to_do_and_keeps_its_row_out():
    table = read([["编码", "启用日期"], ["1", "2024/2/30"], ["2", "2024/2/29"]], [CODE, OPENED])
    assert [str(error) for error in table.errors] == ["表!B2: 没有 2024 年 2 月 30 日这一天，请核对。"]
    assert [row.values["编码"] for row in table.rows] == ["2"]


def test_whoever_takes_a_row_can_point_at_its_cell():
    row = read([["编码", "名称"], ["1", "x"]]).rows[0]
    assert str(row.error("名称", "重名。")) == "表!B2: 重名。"


@pytest.mark.parametrize("heading", ["编码", "编码*", "编码＊", " 编 码 * ", "编码 ", "代码", "ＣＯＤＥ"])
def test_headings_are_matched_whatever_their_star_spaces_width_or_alias(heading):
    column = Column("编码", required=True, aliases=("代码", "code"))
    assert only(column, "1", heading) == "1"


@pytest.mark.parametrize(
    ("first_row", "words"),
    [
        (["编码", "编码*"], "A1、B1：列名重复：编码，请只留一列。"),
        (["名称"], "第 1 行缺少必填列“编码”，请补上这一列。"),
        (["编码", "颜色"], "B1：没有“颜色”这一列，请改为下列列名之一或删去该列：编码、名称。"),
        (
            ["颜色", "名称", "名称"],
            (
                "A1：没有“颜色”这一列，请改为下列列名之一或删去该列：编码、名称。"
                "B1、C1：列名重复：名称，请只留一列。第 1 行缺少必填列“编码”，请补上这一列。"
            ),
        ),
    ],
)
def test_headings_that_do_not_fit_refuse_the_file_all_in_one_answer(first_row, words):
    with pytest.raises(SheetMalformed) as refusal:
        read([first_row, ["1", "2", "3"]])
    assert (refusal.value.status, str(refusal.value)) == (400, words)


def test_headings_stand_in_the_first_row():
    for rows in ([[], ["编码"], ["1"]], [], [["", ""]]):
        with pytest.raises(SheetMalformed, match="第一行应是列名"):
            read(rows)


def test_a_value_below_no_heading_is_an_error_of_its_cell():
    table = read([["编码", "", "名称"], ["1", "", "x"], ["2", "!", "y"]])
    assert [str(error) for error in table.errors] == [
        "表!B3: 这一列没有列名，请在第 1 行补上列名，或删去这一格。"
    ]
    assert len(table.rows) == 1


def test_empty_rows_between_are_skipped_and_numbers_stay_those_of_the_sheet():
    assert [row.number for row in read([["编码"], ["1"], [], [" "], ["2"]]).rows] == [2, 5]


def test_an_empty_required_cell_is_an_error():
    assert [str(e) for e in read([["编码", "名称"], ["", "x"]]).errors] == ["表!A2: “编码”必填，请补上。"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0012", "0012"),
        (" 甲 ", "甲"),
        (310118001, "310118001"),
        (1.5, "1.5"),
        ("e\u0301", "é"),
        (13800000000, "13800000000"),
    ],
)
def test_text_keeps_its_digits(cell, value):
    assert only(NAME, cell) == value


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (310112199001011234, "“名称”被表格软件改成了科学计数，请把单元格设为文本后重新填写。"),
        ("3.10112E+17", "“名称”被表格软件改成了科学计数，请把单元格设为文本后重新填写。"),
        (date(2025, 3, 1), "被表格软件改成了日期，请把单元格设为文本后重新填写。"),
        ("甲\n乙", "含有换行，请删去后重新填写。"),
        ("甲\u200b", "含有看不见的字符，请删去后重新填写。"),
        ("\u202e甲", "含有看不见的字符，请删去后重新填写。"),
        ("a\x01", "含有看不见的字符，请删去后重新填写。"),
    ],
)
def test_text_that_a_program_spoiled_or_that_hides_something_is_an_error(cell, words):
    assert only(NAME, cell) == [f"表!A2: {words}"]


def test_a_code_that_lost_its_zeros_is_an_error_and_never_padded():
    column = Column("编码", digits=6)
    assert only(column, 1234) == ["表!A2: “编码”应为 6 位，开头的 0 可能丢失，请把单元格设为文本后重新填写。"]
    assert only(column, 123456) == "123456"


def test_long_text_keeps_its_lines_and_spaces():
    assert only(Column("说明", kind=Kind.LONG_TEXT), " 一\r\n二 ") == " 一\n二 "


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT])
@pytest.mark.parametrize("sign", ["\u200d", "\u2067", "\ufeff"])
def test_what_nobody_sees_is_refused_in_long_text_as_in_a_line(kind, sign):
    words = "表!A2: 含有看不见的字符，请删去后重新填写。"
    assert only(Column("说明", kind=kind), f"一{sign}二") == [words]


@pytest.mark.parametrize(
    "cell",
    [
        date(2025, 3, 20),
        datetime(2025, 3, 20, 8, 30),  # noqa: DTZ001 - as a table program holds it
        "2025-03-20",
        "2025/3/20",
        "2025.3.20",
        "2025年3月20日",
        "２０２５－０３－２０",
        " 2025-3-20 ",
    ],
)
def test_a_day_reads_from_real_dates_and_from_its_usual_spellings(cell):
    assert only(OPENED, cell) == date(2025, 3, 20)


@pytest.mark.parametrize(
    "cell", [45292, "45292", "24年3月", "2025-03", "20250320", "2025-3/20", True, "明天"]
)
def test_a_day_is_never_guessed(cell):
    assert only(OPENED, cell) == ["表!A2: 日期请写成 2025-03-20 这样的形式。"]


@pytest.mark.parametrize("cell", ["1900-02-28", "0024-03-01", "9999-12-31"])
def test_a_day_out_of_all_reason_is_an_error(cell):
    assert only(OPENED, cell) == [f"表!A2: 日期 {cell} 不在合理范围内，请核对。"]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.INTEGER, 12, 12),
        (Kind.INTEGER, "１２", 12),
        (Kind.INTEGER, "1,234", 1234),
        (Kind.INTEGER, -3, -3),
        (Kind.DECIMAL, 0.1 + 0.2, Decimal("0.3")),
        (Kind.DECIMAL, "1,234.50", Decimal("1234.50")),
        (Kind.YES_NO, "是", True),
        (Kind.YES_NO, "No", False),
        (Kind.YES_NO, True, True),
        (Kind.YES_NO, 0, False),
    ],
)
def test_numbers_and_answers_are_read(kind, cell, value):
    found = only(Column("值", kind=kind), cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "cell", "words"),
    [
        (Kind.INTEGER, 1.5, "“值”应为整数。"),
        (Kind.INTEGER, "12人", "“值”应为数字，不带单位。"),
        (Kind.INTEGER, True, "“值”应为数字，不带单位。"),
        (Kind.DECIMAL, "1e5", "“值”应为数字，不带单位。"),
        (Kind.DECIMAL, 1e20, "数字过大，请核对。"),
        (Kind.YES_NO, "也许", "“值”请填“是”或“否”。"),
    ],
)
def test_numbers_and_answers_that_are_none_are_errors(kind, cell, words):
    assert only(Column("值", kind=kind), cell) == [f"表!A2: {words}"]


def test_formulas_count_by_their_stored_result_only():
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>编码</t></is></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>"a"</f><v>a</v></c></row>'
        '<row r="4"><c r="A4"><f>B1</f></c></row>'
        '<row r="5"><c r="A5"><f>B1</f><v></v></c></row>'
        '<row r="6"><c r="A6" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="7"><c r="A7" t="str"><f>""</f><v></v></c></row>'
    )
    table = read_table(with_sheet(workbook([["编码"]]), sheet_xml(rows)), "a.xlsx", [CODE])
    assert [row.values["编码"] for row in table.rows] == ["2", "a"]
    assert [str(error) for error in table.errors] == [
        "表!A4: 公式单元格没有结果，请粘贴为数值。",
        "表!A5: 公式单元格没有结果，请粘贴为数值。",
        "表!A6: 公式出错（#DIV/0!），请改正后粘贴为数值。",
    ]


def test_text_in_pieces_is_one_text_and_reading_aids_are_left_out():
    strings = (
        '<sst><si><t>编码</t></si><si><r><t xml:space="preserve">一 </t></r><r><rPr><b/></rPr><t>&lt;二&gt;</t></r>'
        "<rPh><t>yi</t></rPh></si></sst>"
    ).encode()
    data = rebuilt(workbook([["编码"], ["x"]]), lambda name, old: strings if "sharedStrings" in name else old)
    assert read_table(data, "a.xlsx", [CODE]).rows[0].values["编码"] == "一 <二>"


def test_dates_of_the_other_calendar_start_are_read_right():
    data = workbook([["编码", "启用日期"], ["1", date(2025, 3, 20)]], default_date_format="d", date_1904=True)
    assert read_table(data, "a.xlsx", [CODE, OPENED]).rows[0].values["启用日期"] == date(2025, 3, 20)


def test_a_thousand_errors_are_enough():
    table = read([["编码", "启用日期"], *([n, "?"] for n in range(1_200))], [CODE, OPENED])
    assert len(table.errors) == 1_000
    assert [str(note) for note in table.notes] == ["错误很多，读到第 1001 行为止。请先改正以上各处。"]


TEXT = "编码*,名称\r\n0001,甲\r\n0002,乙\r\n"


@pytest.mark.parametrize(
    ("encoding", "seen"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-be-bom", "utf-16"),
    ],
)
def test_a_csv_is_read_in_the_encodings_that_people_have(encoding, seen):
    data = b"\xfe\xff" + TEXT.encode("utf-16-be") if encoding == "utf-16-be-bom" else TEXT.encode(encoding)
    table = read_table(data, "单位.csv", [CODE, NAME])
    assert (table.sheet, table.encoding) == ("单位", seen)
    assert [row.values["名称"] for row in table.rows] == ["甲", "乙"]


def test_a_csv_in_no_known_encoding_is_refused():
    with pytest.raises(SheetMalformed, match="文字编码"):
        read_table(b"\xff\x80\x80a", "a.csv", [CODE])


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_may_be_separated_by_comma_tab_or_semicolon(separator):
    table = read_table(TEXT.replace(",", separator).encode(), "a.txt", [CODE, NAME])
    assert [row.values["编码"] for row in table.rows] == ["0001", "0002"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('编码,名称\n1,"甲\n2,乙\n', 2),
        ('编码,名称\n1,"多\n行"\n2,"甲\n3,乙\n', 4),
        ('编码,名称\n1,"甲"乙\n', 2),
        ('编码,名称\n1,"' + "甲" * 200_000, 2),
    ],
)
def test_a_quote_that_never_closes_is_named_by_its_line(text, line):
    with pytest.raises(SheetMalformed, match=f"^第 {line} 行引号未闭合"):
        read_table(text.encode(), "a.csv", [CODE, NAME])


def test_cells_of_a_csv_are_addressed_as_a_table_program_would():
    text = '编码,启用日期\n"1",2025-01-01\n\n2,"昨\n天"\n3,?\n'
    errors = read_table(text.encode(), "a.csv", [CODE, OPENED]).errors
    assert [error.cell for error in errors] == ["B4", "B5"]


def test_a_csv_has_the_same_limits_of_rows_columns_and_empty_rows():
    with pytest.raises(SheetTooLarge, match="一次最多 3 行"):
        read_table("编码\n1\n2\n3\n4\n".encode(), "a.csv", [CODE], max_rows=3)
    with pytest.raises(SheetTooLarge, match="第 2 行：表格超过 200 列"):
        read_table(("编码\n" + "," * 200).encode(), "a.csv", [CODE])
    table = read_table(("编码\n1\n" + "\n" * 1_000 + "2\n").encode(), "a.csv", [CODE])
    assert (len(table.rows), len(table.notes)) == (1, 1)


def test_a_csv_cell_longer_than_any_cell_is_an_error():
    table = read_table(("编码\n" + "x" * 40_000).encode(), "a.csv", [CODE])
    assert [str(error) for error in table.errors] == ["a!A2: 内容超过 32767 字，请缩短。"]


def test_the_end_of_a_name_does_not_turn_a_workbook_into_text():
    with pytest.raises(SheetMalformed):
        read_table(workbook([["编码"]]), "a.csv", [CODE])
    with pytest.raises(SheetWrongType):
        read_table(TEXT.encode(), "a.xlsx", [CODE])
