"""What holds of any document: spans, wholeness, codes, and a body that stays as it is."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from xiaoan.plans.reading import PlanDocument, read_plan_bytes, read_text

LABELS = [
    "一、",
    "二、",
    "（一）",
    "(二)",
    "1.",
    "２．",
    "（1）",
    "①",
    "②",
    "第一章 ",
    "第三条 ",
    "附件：",
    "　　",
    "",
]
WORDS = st.text("学校每年季度至少一二三次要检查，、；：。“”（）《》！\t 　0123年月日𠮷", max_size=40)
LINES = st.builds("{}{}".format, st.sampled_from(LABELS), WORDS)
DOCUMENTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n \n"])), max_size=15).map(
    lambda lines: "".join(line + gap for line, gap in lines)
)
PROSE = st.text("学校应检查整改落实责任", min_size=2, max_size=12)
SENTENCES = st.lists(PROSE, min_size=2, max_size=5).map(lambda parts: "，".join(parts) + "。")
ITEMS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=1, max_size=6)


def check_spans(document: PlanDocument) -> None:
    for clause in document.walk():
        assert clause.span.of(document.body) == clause.text
        assert clause.heading_span.of(document.body) == clause.heading
        assert clause.label_span.of(document.body) == clause.label
    for cue in document.cues:
        assert cue.span.of(document.body) == cue.text


@given(DOCUMENTS)
def test_spans_say_where_the_words_stand(text):
    check_spans(read_text(text))


@given(st.text(max_size=200))
def test_spans_hold_for_any_text(text):
    check_spans(read_text(text))


@given(DOCUMENTS)
def test_codes_are_unique(text):
    codes = [clause.code for clause in read_text(text).walk()]
    assert len(codes) == len(set(codes))


@given(DOCUMENTS)
def test_clauses_stand_in_reading_order_without_overlap(text):
    spans = [
        span
        for clause in read_text(text).walk()
        for span in (clause.label_span, clause.heading_span, clause.span)
    ]
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(DOCUMENTS)
def test_a_clean_text_is_read_as_it_is(text):
    assert read_text(text).body == text


@given(DOCUMENTS.filter(str.strip))
def test_reading_loses_no_word(text):
    body = read_plan_bytes(text.encode(), name="plan").body
    assert "".join(body.split()) == "".join(text.split())


@given(ITEMS, st.data())
def test_an_item_broken_anywhere_inside_a_sentence_reads_whole(items, data):
    lines = [f"{number}. 标题。{''.join(sentences)}" for number, sentences in enumerate(items, 1)]
    whole = "\n\n".join(["一、任务", *lines])
    last = lines[-1]
    cut = data.draw(
        st.integers(7, len(last) - 2).filter(
            lambda place: last[place - 1] != "。" and last[place:].count("，") > 0
        )
    )
    broken = "\n\n".join(["一、任务", *lines[:-1], last[:cut], last[cut:]])
    assert read_plan_bytes(broken.encode(), name="plan") == read_text(whole)


@given(ITEMS)
def test_items_that_end_in_a_stop_stay_apart(items):
    text = "\n\n".join(["一、任务", *("".join(sentences) for sentences in items)])
    assert read_plan_bytes(text.encode(), name="plan").body == text
