"""Key words of a citation: missing, found, or found more than once."""

import pytest

from xiaoan.plans.reading import Span, find_words


def test_words_found_once_have_one_span():
    assert find_words("落实三级责任书签约", "责任书") == (Span(4, 7),)


def test_missing_words_have_no_span():
    assert find_words("落实责任", "检查") == ()


def test_words_found_twice_have_both_spans():
    assert find_words("检查后再检查", "检查") == (Span(0, 2), Span(4, 6))


def test_overlapping_places_count_apart():
    assert find_words("安全安全安全", "安全安全") == (Span(0, 4), Span(2, 6))


def test_words_broken_by_a_line_are_not_the_same_words():
    assert find_words("安全\n生产", "安全生产") == ()


def test_empty_words_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="no words"):
        find_words("安全", "")
