"""Text files: charsets told by bytes, and refusals that say what to do."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoan.plans.reading import OversizedDocument, UnreadableDocument, read_plan, read_plan_bytes
from xiaoan.plans.reading.sources import LARGEST_FILE, LONGEST_TEXT

TEXT = "某某区安全方案\n\n一、目标\n\n到年底，机制健全。\n"


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read_plan_bytes(data, name="方案.txt")
    return str(refused.value)


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_charset_is_told_by_the_bytes(charset):
    assert read_plan_bytes(TEXT.encode(charset), name="plan").body == TEXT


def test_utf_16_big_endian_with_its_mark_is_read():
    assert read_plan_bytes(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), name="plan").body == TEXT


def test_a_file_is_read_whatever_its_name(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_text(TEXT, encoding="utf-8")
    assert read_plan(path).body == TEXT


@pytest.mark.parametrize("data", [b"", b"  \r\n\n", codecs.BOM_UTF8])
def test_an_empty_file_is_refused(data):
    assert refusal(data) == "方案.txt：文件里没有文字。请确认选对了文件，并提供可复制文本。"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"\n%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"GIF89a"]
)
def test_pdf_and_pictures_are_refused_with_the_way_out(data):
    assert (
        refusal(data)
        == "方案.txt：无法识别文字，请提供可复制文本（.docx、.txt 或 .md），不要用 PDF、扫描件或图片。"
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_an_old_word_file_is_refused_with_the_way_out():
    assert refusal(OLE + bytes(600)) == (
        "方案.txt：这是旧版 Office 文件（.doc），请在 Word 或 WPS 中打开，另存为 .docx 后重新读取。"
    )


def test_a_file_with_a_password_is_refused_with_the_way_out():
    assert refusal(OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le")) == (
        "方案.txt：文件有密码，无法打开。请先取消密码保护，再重新读取。"
    )


@pytest.mark.parametrize(
    "data", [b"{\\rtf1 abc}", b"<!DOCTYPE html><p>", b"<html>", b"<?xml version='1.0'?>"]
)
def test_other_formats_are_refused_with_the_way_out(data):
    assert (
        refusal(data)
        == "方案.txt：不能读取这种格式，请在 Word 或 WPS 中打开，另存为 .docx 或 .txt 后重新读取。"
    )


def test_bytes_that_are_no_text_are_refused():
    assert refusal(b"\x01\x02\x03\xff\xfe\xfd") == (
        "方案.txt：不是文本文件，或文字编码无法识别。请用记事本打开，以 UTF-8 编码另存为 .txt 后重新读取。"
    )


def test_a_file_over_its_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(OversizedDocument) as refused:
        read_plan(path)
    assert str(refused.value) == "大.txt：文件超过 20 MB。请删去图片和附件，只保留方案正文后重新读取。"


def test_more_words_than_any_plan_has_are_refused():
    with pytest.raises(OversizedDocument):
        read_plan_bytes(b"a" * (LONGEST_TEXT + 1), name="long.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data):
    try:
        said = read_plan_bytes(data, name="x：").body
    except UnreadableDocument as refused:
        said = str(refused).removeprefix("x：")
    assert said.strip()
