import struct
import tracemalloc
import zipfile
from io import BytesIO
from random import Random

import pytest
import xlsxwriter

from xiaoan.foundation.sheets import (
    Column,
    SheetMalformed,
    SheetRefused,
    SheetTooLarge,
    SheetWrongType,
    read_table,
)
from xiaoan.foundation.tests.workbooks import (
    SHEET_PART,
    rebuilt,
    sheet_xml,
    with_parts,
    with_sheet,
    workbook,
    zeros,
)

COLUMNS = [Column("编码", required=True), Column("名称")]
PLAIN = workbook([["编码*", "名称"], ["0001", "一"], ["0002", "二"]])
MEGABYTE = 1024 * 1024


def read(data: bytes, name: str = "a.xlsx"):
    return read_table(data, name, COLUMNS)


def codes(data: bytes) -> list:
    return [row.values["编码"] for row in read(data).rows]


def bomb(megabytes: int, *, declared: int | None = None) -> bytes:
    """A workbook whose worksheet inflates to so many megabytes, whatever its header declares."""
    marker = b"@@" * 8
    data = with_sheet(PLAIN, marker)
    packed, stream = zeros(megabytes), BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != SHEET_PART:
                new.writestr(name, old.read(name))
        info = zipfile.ZipInfo(SHEET_PART)
        new.writestr(info, packed, zipfile.ZIP_STORED)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.file_size = megabytes * MEGABYTE if declared is None else declared
    return stream.getvalue()


@pytest.mark.parametrize("declared", [None, 100])
def test_a_bomb_is_refused_while_it_is_still_small_in_memory(declared):
    data = bomb(300, declared=declared)
    assert len(data) < MEGABYTE
    tracemalloc.start()
    with pytest.raises(SheetTooLarge) as refusal:
        read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (refusal.value.status, str(refusal.value)) == (
        413,
        "文件解压后过大，已拒绝。请只留下要上传的一张表，另存后再试。",
    )
    assert peak < 8 * MEGABYTE


def test_a_header_that_lies_about_a_small_size_is_refused_too():
    lying = bytearray(PLAIN)
    lying[PLAIN.index(b"PK\x01\x02") + 24] ^= 1  # the size that the first entry declares
    with pytest.raises(SheetMalformed, match="已损坏"):
        read(bytes(lying))


def test_a_stream_cut_short_is_damage():
    at = PLAIN.index(SHEET_PART.encode()) + len(SHEET_PART)
    with pytest.raises(SheetMalformed):
        read(PLAIN[:at] + b"\0" * 200 + PLAIN[at + 200 :])


def test_entries_are_counted_before_they_are_listed():
    many = with_parts(PLAIN, **{f"xl/media/{n}": b"" for n in range(2_000)})
    with pytest.raises(SheetTooLarge, match="条目过多"):
        read(many)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", b'<!DOCTYPE s [<!ENTITY a "b">]><sst>&a;</sst>'),
        ("xl/custom.xml", b"<?xml version='1.0'?>\n<!DOCTYPE x SYSTEM 'http://127.0.0.1/'><x/>"),
        ("xl/far.xml", b" " * 70_000 + b"<!DOCTYPE x><x/>"),
        ("xl/edge.xml", b" " * (64 * 1024 - 4) + b"<!DOCTYPE x><x/>"),
    ],
)
def test_xml_definitions_are_refused(part, content):
    without = rebuilt(PLAIN, lambda name, old: None if name == part else old)
    with pytest.raises(SheetMalformed, match="不允许的 XML 定义"):
        read(with_parts(without, **{part: content}))


def test_definitions_in_utf_16_are_seen_too():
    laughs = '<!DOCTYPE w [<!ENTITY a "b">]>' + sheet_xml("").decode()
    with pytest.raises(SheetMalformed, match="不允许的 XML 定义"):
        read(with_sheet(PLAIN, laughs.encode("utf-16")))


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/macrosheets/sheet1.xml",
        "xl/connections.xml",
    ],
)
def test_macros_and_links_to_elsewhere_are_refused(part):
    with pytest.raises(SheetWrongType, match="含宏或外部链接") as refusal:
        read(with_parts(PLAIN, **{part: b"<x/>"}))
    assert refusal.value.status == 415


def test_a_macro_workbook_under_a_plain_name_is_refused():
    plain, macro = b"spreadsheetml.sheet.main", b"macroEnabled.main"
    with pytest.raises(SheetWrongType, match="含宏"):
        read(rebuilt(PLAIN, lambda name, old: old.replace(plain, macro) if "Content_Types" in name else old))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "格式过旧"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "受密码保护"),
        (b"<html><table></table></html>", "不是 Excel 文件"),
        (b"\x89PNG\r\n", "不是 Excel 文件"),
        (b"P", "不是 Excel 文件"),
    ],
)
def test_what_is_no_xlsx_is_told_by_its_bytes(data, words):
    with pytest.raises(SheetWrongType, match=words):
        read(data)


def test_a_zip_of_something_else_is_not_opened_further():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("inner.zip", PLAIN)
    with pytest.raises(SheetWrongType, match=r"不是 \.xlsx"):
        read(stream.getvalue())


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "C:/x", "xl\\x", "xl/STYLES.xml"])
def test_names_that_lead_outside_or_stand_twice_are_damage(name):
    with pytest.raises(SheetMalformed, match="已损坏"):
        read(with_parts(PLAIN, **{name: b"x"}))


def test_an_encrypted_entry_is_refused():
    at = PLAIN.index(b"PK\x01\x02")
    flagged = bytearray(PLAIN)
    flagged[at + 8] |= 1
    with pytest.raises(SheetWrongType, match="受密码保护"):
        read(bytes(flagged))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", PLAIN[: len(PLAIN) // 2], PLAIN[:-30]])
def test_an_empty_or_cut_file_is_damage_in_words(data):
    with pytest.raises(SheetMalformed):
        read(data)


def test_a_file_over_twenty_megabytes_is_refused():
    with pytest.raises(SheetTooLarge, match="20 MB"):
        read(b"PK\x03\x04" + b"\0" * 20 * MEGABYTE)
    with pytest.raises(SheetTooLarge, match="20 MB"):
        read(b"a" * (20 * MEGABYTE + 1), "a.csv")


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>编码</t></is></c></row>'


@pytest.mark.parametrize(
    "row",
    [
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="2"><c r="A3"><v>1</v></c></row>',
        '<row r="2"><c r="!!"><v>1</v></c></row>',
        '<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>9</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></row>',
        '<row r="-1"/>',
        '<row r="2"></row></sheetData></worksheet><c><v>1</v></c>',
    ],
)
def test_a_worksheet_with_impossible_addresses_never_reaches_the_reader(row):
    with pytest.raises(SheetMalformed, match="已损坏"):
        read(with_sheet(PLAIN, sheet_xml(HEAD + row)))


@pytest.mark.parametrize("encoding", ["UTF-0", "gbk", "utf-7"])
def test_a_part_in_an_encoding_that_no_workbook_has_is_damage(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + sheet_xml(HEAD)
    with pytest.raises(SheetMalformed, match="已损坏"):
        read(with_sheet(PLAIN, declared))


def test_a_cell_outside_of_all_rows_is_damage():
    with pytest.raises(SheetMalformed, match="已损坏"):
        read(with_sheet(PLAIN, sheet_xml("<c><v>1</v></c>")))


def test_a_cell_of_many_megabytes_is_an_error_of_its_cell():
    row = '<row r="2"><c r="A2" t="str"><v>' + "x" * 8_000_000 + "</v></c></row>"
    assert [str(error) for error in read(with_sheet(PLAIN, sheet_xml(HEAD + row))).errors] == [
        "表!A2: 内容超过 32767 字，请缩短。"
    ]


def test_deep_nesting_is_refused_while_it_is_shallow():
    with pytest.raises(SheetMalformed, match="已损坏"):
        read(with_sheet(PLAIN, sheet_xml("<a>" * 100 + "</a>" * 100)))


def test_a_cell_in_the_last_column_of_all_is_refused_and_named():
    row = '<row r="2"><c r="XFD2"><v>1</v></c></row>'
    with pytest.raises(SheetTooLarge, match="XFD2：表格超过 200 列"):
        read(with_sheet(PLAIN, sheet_xml(HEAD + row)))


def test_a_dimension_that_claims_the_whole_sheet_changes_nothing():
    def claim(old: bytes) -> bytes:
        return old.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"')

    assert codes(with_sheet(PLAIN, claim)) == ["0001", "0002"]


def test_formatted_empty_cells_far_out_are_no_table():
    far = '<row r="2"><c r="A2"><v>7</v></c><c r="XFD2" s="1"/></row><row r="900"><c r="XFD900" s="1"></c></row>'
    assert codes(with_sheet(PLAIN, sheet_xml(HEAD + far))) == ["7"]


def test_reading_stops_after_a_thousand_empty_rows_and_says_so():
    near = '<row r="2"><c r="A2"><v>7</v></c></row><row r="1002"><c r="A1002"><v>8</v></c></row>'
    far = '<row r="2003"><c r="A2003" s="1"/></row><row r="1048576"><c r="A1048576"><v>9</v></c></row>'
    table = read(with_sheet(PLAIN, sheet_xml(HEAD + near + far)))
    assert [(row.number, row.values["编码"]) for row in table.rows] == [(2, "7"), (1002, "8")]
    assert [str(note) for note in table.notes] == [
        "连续 1,000 行为空，第 2003 行起不再读取。后面如有内容，请删去空行后重新上传。"
    ]


def test_a_million_formatted_empty_rows_are_passed_over():
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 60_000))
    table = read(with_sheet(PLAIN, sheet_xml(HEAD + rows)))
    assert (len(table.rows), len(table.notes)) == (0, 1)


def test_one_long_string_pointed_at_by_many_cells_is_refused_before_it_is_copied():
    long = b"<sst><si><t>" + b"x" * 3_000_000 + b"</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 200))

    strings = rebuilt(PLAIN, lambda name, old: long if name == "xl/sharedStrings.xml" else old)
    with pytest.raises(SheetTooLarge, match="单元格过多"):
        read(with_sheet(strings, sheet_xml(HEAD + cells)))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", b'uniqueCount="4"', b'uniqueCount="4294967296"'),
        ("xl/styles.xml", b'<cellXfs count="1"', b'<cellXfs count="4294967296"'),
        (SHEET_PART, b"<sheetData>", b'<sheetData count="4294967296">'),
    ],
)
def test_counts_that_a_part_declares_are_not_believed(part, old, new):
    def change(name: str, content: bytes) -> bytes:
        assert name != part or old in content
        return content.replace(old, new) if name == part else content

    two = workbook([["编码*", "名称"], ["0001", "一"]])
    assert codes(rebuilt(two, change)) == ["0001"]


def test_the_fifty_thousand_and_first_row_is_refused():
    rows = [["编码"], *([number] for number in range(50_001))]
    with pytest.raises(SheetTooLarge, match="一次最多 50,000 行"):
        read(workbook(rows))
    assert len(read(workbook(rows[:-1])).rows) == 50_000


def test_a_hidden_first_sheet_is_not_what_the_person_sees_first():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        hidden, shown = book.add_worksheet("旧"), book.add_worksheet("新")
        hidden.write_row(0, 0, ["编码"])
        shown.write_row(0, 0, ["编码"])
        shown.write_row(1, 0, ["shown"])
        hidden.hide()
        shown.activate()
        shown.set_first_sheet()
    table = read(stream.getvalue())
    assert (table.sheet, [row.values["编码"] for row in table.rows]) == ("新", ["shown"])


@pytest.mark.parametrize("seed", range(4))
def test_random_damage_never_ends_in_anything_but_a_refusal(seed):
    dice = Random(seed)  # noqa: S311 - no secret

    def damage(data: bytes) -> bytes:
        damaged = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(damaged) - 4)
            damaged[at : at + 4] = struct.pack("<I", dice.getrandbits(32))
        return bytes(damaged)

    parts = [
        SHEET_PART,
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/_rels/workbook.xml.rels",
    ]
    for _ in range(100):
        part = dice.choice(parts)
        inside = rebuilt(PLAIN, lambda name, old, part=part: damage(old) if name == part else old)
        for data in (damage(PLAIN), inside):
            try:
                read(data)
            except SheetRefused:
                continue
