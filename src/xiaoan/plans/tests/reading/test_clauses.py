"""The clause tree: numbers, nesting, headings, texts, and what stands outside of it."""

import pytest

from xiaoan.plans.reading import read_text


def codes(text: str) -> list[str]:
    return [clause.code for clause in read_text(text).walk()]


def clause(text: str, code: str):
    return next(clause for clause in read_text(text).walk() if clause.code == code)


def test_the_printed_numbers_nest_in_the_order_of_papers():
    text = "一、甲\n（一）乙\n1. 丙。要办。\n（1）丁。要办。\n①戊。要办。\n②己。要办。\n二、庚\n1. 辛。要办。"
    assert codes(text) == ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1", "1.1.1.1.2", "2", "2.1"]


def test_numbers_that_run_through_groups_keep_what_is_printed():
    text = "三、任务\n（一）甲\n1. 丙。做。\n2. 丁。做。\n（二）乙\n3. 戊。做。"
    assert codes(text) == ["3", "3.1", "3.1.1", "3.1.2", "3.2", "3.2.3"]


def test_chapters_hold_articles_and_articles_hold_items():
    text = "第二章 管理\n第一节 通则\n第七条 学校应当：\n（一）检查；\n（二）整改。\n第八条 略。\n第三章 附则\n第九条 施行。"
    assert codes(text) == ["2", "2.1", "2.1.7", "2.1.7.1", "2.1.7.2", "2.1.8", "3", "3.9"]


def test_a_chapter_and_article_give_the_code_of_the_contract():
    assert codes("第二章 管理\n第七条 学校应当检查。") == ["2", "2.7"]


def test_articles_may_stand_under_a_paper_number():
    assert codes("一、总则\n第一条 甲。\n第二条 乙。\n二、细则\n第三条 丙。") == [
        "1",
        "1.1",
        "1.2",
        "2",
        "2.3",
    ]


def test_the_same_number_twice_under_one_parent_gets_letters():
    assert codes("一、甲\n1. 乙。做。\n1. 丙。做。\n1. 丁。做。\n二、戊\n1. 己。做。") == [
        "1", "1.1", "1.1b", "1.1c", "2", "2.1",
    ]  # fmt: skip


def test_more_repeats_than_letters_still_have_codes_of_their_own():
    assert codes("1. 甲。\n" * 28)[-3:] == ["1z", "1aa", "1ab"]


@pytest.mark.parametrize(
    "text",
    [
        "三、任务\n（二）乙\n3. 戊。要做。\n（4）己。要做。",
        "三、任务\n(二)乙\n３．戊。要做。\n(４)己。要做。",
        "　　三、任务\r\n　　（二)乙\r\n　　３. 戊。要做。\r\n　　（4)己。要做。",
        "三、任务\n\n(二）乙\n\n3、戊。要做。\n\n4）己。要做。",
    ],
)
def test_width_brackets_and_line_ends_make_no_difference(text):
    document = read_text(text.replace("\r\n", "\n"))
    assert [(clause.code, clause.heading) for clause in document.walk()] == [
        ("3", "任务"),
        ("3.2", "乙"),
        ("3.2.3", "戊"),
        ("3.2.3.4", "己"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2024年起施行。",
        "1.5万名学生参加。",
        "（2024—2026年）",
        "第三条规定的措施。",
        "一是落实。",
        "十五条硬措施。",
        "119、120等电话。",
    ],
)
def test_figures_in_a_sentence_open_no_clause(line):
    assert codes(f"一、甲\n{line}") == ["1"]


def test_a_range_of_years_opens_no_clause_but_the_next_number_does():
    assert codes("一、演练\n三、四年级增加课程。\n二、三防建设\n要加强。") == ["1", "2"]


def test_a_table_of_contents_opens_no_clause():
    assert codes("目录\n一、目标……………3\n二、任务......5\n一、目标\n甲。\n二、任务\n乙。") == ["1", "2"]


def test_a_title_line_is_the_heading_and_the_paragraphs_after_it_the_text():
    found = clause("一、工作目标\n\n到年底，机制健全。\n\n再过一年，见效。\n\n二、任务", "1")
    assert (found.label, found.heading, found.text) == (
        "一、",
        "工作目标",
        "到年底，机制健全。\n\n再过一年，见效。",
    )


def test_a_title_line_may_hold_a_comma():
    assert clause("（一）坚持预防为主，压实责任\n各校要落实。", "1").heading == "坚持预防为主，压实责任"


def test_a_short_first_sentence_is_the_heading_without_its_stop():
    found = clause("1. **".replace("*", "") + "压实主体责任。各校要落实，不得推诿。", "1")
    assert (found.label, found.heading, found.text) == ("1.", "压实主体责任", "各校要落实，不得推诿。")


def test_a_first_sentence_of_thirty_characters_is_a_heading_and_of_thirty_one_is_not():
    assert clause(f"1. {'学' * 30}。后文。", "1").heading == "学" * 30
    assert clause(f"1. {'学' * 31}。后文。", "1").heading == ""


def test_a_first_sentence_with_a_comma_is_text():
    found = clause("1. 各校要落实责任，加强管理。后文。", "1")
    assert (found.heading, found.text) == ("", "各校要落实责任，加强管理。后文。")


def test_a_clause_without_text_has_an_empty_span_where_the_text_would_stand():
    found = clause("一、任务\n（一）甲\n做。", "1")
    assert (found.text, found.span.start, found.span.end) == ("", 4, 4)


def test_own_words_stop_where_children_begin():
    found = clause("一、任务\n总的要求。\n（一）甲\n做。", "1")
    assert (found.text, [child.code for child in found.children]) == ("总的要求。", ["1.1"])


def test_what_stands_before_and_after_the_clauses_is_in_the_body_only():
    text = "为加强管理，制定本方案。\n\n一、甲\n\n要办好。\n\n特此通知。\n\n某某区教育局\n\n2030年1月2日\n\n抄送：某办。"
    document = read_text(text)
    assert [(clause.heading, clause.text) for clause in document.walk()] == [("甲", "要办好。")]
    assert document.body == text


def test_a_signature_alone_ends_the_last_clause():
    assert clause("一、甲\n\n要办好。\n\n某某区教育局\n某某区公安局\n2030年1月2日", "1").text == "要办好。"


def test_a_numbered_list_of_attachments_is_no_clause():
    text = "一、甲\n要办好。\n附件：1. 任务表\n      2. 名单\n      3. 图\n某某区教育局\n2030年1月2日"
    assert codes(text) == ["1"]


def test_a_text_without_numbers_has_no_clauses():
    document = read_text("只有一段话。")
    assert (document.clauses, document.cues, document.body) == ((), (), "只有一段话。")


def test_a_clause_as_json_has_the_keys_of_the_contract():
    assert read_text("一、甲\n（一）乙。做事。").as_json()["clauses"] == [
        {
            "code": "1",
            "label": "一、",
            "heading": "甲",
            "text": "",
            "span": [3, 3],
            "children": [
                {
                    "code": "1.1",
                    "label": "（一）",
                    "heading": "乙",
                    "text": "做事。",
                    "span": [9, 12],
                    "children": [],
                }
            ],
        }
    ]


def test_key_words_are_sought_in_heading_and_text_together():
    document = read_text("一、甲\n1. 压实责任。各校落实。\n（1）丙。做。")
    found = next(clause for clause in document.walk() if clause.code == "1.1")
    assert found.own_span.of(document.body) == "压实责任。各校落实。"
