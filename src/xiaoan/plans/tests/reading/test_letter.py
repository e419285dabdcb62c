"""Title, number, issuer and date, as the paper round the plan states them."""

from datetime import date

import pytest

from xiaoan.plans.reading import read_text

PAPER = """

某某区教育局文件

某教〔2030〕5号

关于印发《某某区校园安全三年行动方案（2030—2032年）》的通知

各单位：

现将《某某区校园安全三年行动方案（2030—2032年）》印发给你们。

附件：某某区校园安全三年行动方案

某某区教育局

2030年1月2日

附件：

某某区校园安全三年行动方案 (2030—2032 年)

一、目标

办好。
"""


def letter_of(text: str) -> tuple[str | None, str | None, str | None, date | None]:
    document = read_text(text)
    return document.title, document.number, document.issuer, document.date


def test_a_paper_that_issues_a_plan_gives_the_title_of_the_plan():
    assert letter_of(PAPER) == (
        "某某区校园安全三年行动方案（2030—2032年）",
        "某教〔2030〕5号",
        "某某区教育局",
        date(2030, 1, 2),
    )


def test_what_a_document_does_not_say_is_null():
    shown = read_text("一、目标\n办好。").as_json()
    assert [shown[key] for key in ("title", "number", "issuer", "date")] == [None, None, None, None]


def test_a_plan_alone_has_its_title_line():
    assert (
        letter_of("某某区安全工作要点\n\n为做好工作，制定本要点。\n\n一、甲\n做。")[0] == "某某区安全工作要点"
    )


def test_a_title_over_several_lines_is_joined():
    assert (
        letter_of("某某区校园安全\n三年行动方案\n（2030—2032年）\n\n一、甲\n做。")[0]
        == "某某区校园安全三年行动方案（2030—2032年）"
    )


def test_a_wrapped_title_over_several_lines_is_joined():
    assert (
        letter_of("关于印发《某某区校园安全\n行动方案》的通知\n\n一、甲\n做。")[0] == "某某区校园安全行动方案"
    )


def test_a_paper_signed_at_the_end_gives_issuer_and_date():
    text = "关于开展自查的通知\n\n一、甲\n\n做。\n\n某某区教育局\n某某区公安局\n\n二〇三〇年十一月二十日"
    assert letter_of(text) == (
        "关于开展自查的通知",
        None,
        "某某区教育局、某某区公安局",
        date(2030, 11, 20),
    )


def test_lines_that_name_what_they_say_are_read():
    text = "某某区安全方案\n\n发文字号：某教〔2030〕5号\n发文机关：某某区教育局\n成文日期：2030年1月2日\n\n一、甲\n做。"
    assert letter_of(text) == ("某某区安全方案", "某教〔2030〕5号", "某某区教育局", date(2030, 1, 2))


@pytest.mark.parametrize("printed", ["某教〔2030〕 5 号", "某教[2030]5号", "某教﹝2030﹞5号"])
def test_the_number_is_given_as_printed_without_spaces(printed):
    assert letter_of(f"{printed}\n\n一、甲\n做。")[1] == printed.replace(" ", "")


def test_a_day_that_does_not_exist_is_no_date():
    assert letter_of("某某区教育局\n2030年2月30日\n\n一、甲\n做。")[3] is None


def test_the_date_is_written_as_iso():
    assert read_text("２０３０年１月２日\n\n一、甲\n做。").as_json()["date"] == "2030-01-02"
