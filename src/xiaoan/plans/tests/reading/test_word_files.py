"""Word files: changes as accepted, objects named, automatic numbers printed, bad packages refused."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from xiaoan.plans.reading import OversizedDocument, UnreadableDocument, read_plan_bytes, read_text
from xiaoan.plans.tests.reading.word_files import (
    saved,
    with_part,
    word_file,
    word_file_of_xml,
    zipped,
    zipped_parts,
)


def read(data: bytes):
    return read_plan_bytes(data, name="方案.docx")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read(data)
    return str(refused.value)


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_paragraphs_read_as_the_same_text_would():
    text = "某某方案\n\n一、目标\n\n1. 甲事。要办好，提升防\n\n范水平。\n\n2. 乙事。要办好。"
    assert read(word_file(*text.split("\n\n"))) == read_text(text.replace("防\n\n范", "防范"))


def test_a_line_break_and_a_page_break_are_read_as_such():
    block = (
        f'<w:p>{run("甲")}<w:r><w:br/></w:r>{run("乙，")}<w:r><w:br w:type="page"/></w:r>{run("丙。")}</w:p>'
    )
    assert read(word_file_of_xml(block)).body == "甲\n乙，丙。"


def test_tracked_changes_are_read_as_accepted():
    block = (
        f'<w:p>{run("各校")}<w:ins w:id="1" w:author="a">{run("每月")}</w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>每年</w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3" w:author="a">{run("旧处")}</w:moveFrom>'
        f'<w:moveTo w:id="4" w:author="a">{run("检查")}</w:moveTo>{run("。")}</w:p>'
    )
    assert read(word_file_of_xml(block)).body == "各校每月检查。"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    removed = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    blocks = [
        f"<w:p>{removed}{run('各校每月')}</w:p>",
        f"<w:p>{run('检查一次。')}</w:p>",
        f"<w:p>{run('完。')}</w:p>",
    ]
    assert read(word_file_of_xml(*blocks)).body == "各校每月检查一次。\n\n完。"


def test_text_boxes_and_objects_are_left_out_and_named():
    box = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"
    block = (
        f"<w:p>{run('正文。')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:object><o:OLEObject/></w:object></w:r><w:r><w:drawing/></w:r><w:r><w:drawing/></w:r></w:p>"
    )
    document = read(word_file_of_xml(block))
    assert (document.body, document.as_json()["skipped"]) == (
        "正文。",
        ["文本框 1 处", "嵌入对象 1 处", "图片 2 处"],
    )


def test_a_table_is_read_row_by_row():
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((c for row in table.rows for c in row.cells), "甲乙丙丁", strict=True):
        cell.text = words
    assert read(saved(document)).body == "甲\t乙\n丙\t丁"


def test_words_in_content_controls_and_links_are_read():
    block = f"<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink>{run('甲。')}</w:hyperlink></w:p></w:sdtContent></w:sdt>"
    assert read(word_file_of_xml(block)).body == "甲。"


def numbered(list_id: int, level: int, words: str) -> str:
    place = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
    return f"<w:p {nsdecls('w')}>{place}{run(words)}</w:p>"


def level(place: int, form: str, pattern: str, gap: str = "nothing") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{gap}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def automatically_numbered(*paragraphs: tuple[int, int, str]) -> bytes:
    """A file with a list of three levels (list 91), and the same list begun afresh (list 92)."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (
        level(0, "chineseCounting", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%3.", "tab")
    )
    kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    afresh = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.insert(0, parse_xml(kind))
    for list_id, override in ((91, ""), (92, afresh)):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="90"/>{override}</w:num>'
            )
        )
    for list_id, place, words in paragraphs:
        document.element.body.insert(-1, parse_xml(numbered(list_id, place, words)))
    return saved(document)


def test_automatic_numbers_are_printed_as_word_prints_them():
    data = automatically_numbered(
        (91, 0, "目标"), (91, 0, "任务"), (91, 1, "甲"), (91, 2, "乙事。做。"), (91, 2, "丙事。做。"), (91, 1, "丁"), (91, 2, "戊事。做。")
    )  # fmt: skip
    assert read(data).body.split("\n\n") == [
        "一、目标", "二、任务", "（一）甲", "1. 乙事。做。", "2. 丙事。做。", "（二）丁", "1. 戊事。做。",
    ]  # fmt: skip


def test_a_list_begun_afresh_counts_from_one():
    body = read(automatically_numbered((91, 0, "甲"), (91, 0, "乙"), (92, 0, "丙"), (92, 0, "丁"))).body
    assert body.split("\n\n") == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_macros_are_refused():
    assert refusal(with_part(word_file("甲"), "word/vbaProject.bin", b"x")) == (
        "方案.docx：文件含有宏，为安全起见不予读取。请另存为不含宏的 .docx 后重新读取。"
    )


def test_a_package_that_is_no_word_document_is_refused():
    expected = "方案.docx：这不是 Word 文档。请提供 .docx、.txt 或 .md 格式的方案。"
    assert refusal(zipped({"a.txt": b"x"})) == expected
    assert refusal(zipped({"[Content_Types].xml": b"<Types>spreadsheetml</Types>"})) == expected


def test_a_damaged_package_is_refused():
    data = word_file("甲")
    expected = "方案.docx：文件已损坏，无法打开。请重新复制或另存一份，再重新读取。"
    assert refusal(data[:-40]) == expected
    assert refusal(b"PK\x03\x04" + bytes(40)) == expected


@pytest.mark.parametrize("content", [b"<broken", b"", b"<x/>"])
def test_a_package_with_a_broken_document_is_refused(content):
    assert refusal(with_part(word_file("甲"), "word/document.xml", content)) == (
        "方案.docx：Word 文档已损坏，无法打开。请在 Word 或 WPS 中另存一份，再重新读取。"
    )


def test_a_package_without_a_document_is_refused():
    parts = zipped_parts(word_file("甲"))
    del parts["word/document.xml"]
    assert refusal(zipped(parts)) == (
        "方案.docx：Word 文档已损坏，无法打开。请在 Word 或 WPS 中另存一份，再重新读取。"
    )


def test_a_package_with_a_password_is_refused():
    data = bytearray(word_file("甲"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert refusal(bytes(data)) == "方案.docx：文件有密码，无法打开。请先取消密码保护，再重新读取。"


def test_a_part_that_unpacks_too_far_is_refused():
    with pytest.raises(OversizedDocument):
        read(with_part(word_file("甲"), "word/media/a.bin", bytes(30_000_000)))


@pytest.mark.parametrize("part", ["../../x", "/etc/x", "C:/x", "word\\x", "word/DOCUMENT.xml"])
def test_parts_that_lead_outside_or_stand_twice_are_damage(part):
    assert refusal(with_part(word_file("甲"), part, b"x")) == (
        "方案.docx：文件已损坏，无法打开。请重新复制或另存一份，再重新读取。"
    )


def test_too_many_parts_are_refused():
    with pytest.raises(OversizedDocument):
        read(zipped({f"{number}": b"" for number in range(2_001)}))


def test_entities_of_the_file_are_not_expanded():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "lol" not in read(with_part(word_file("甲"), "word/document.xml", bomb)).body
