"""Every word of the interface has its English."""

import re

from tests.architecture.source import PACKAGE, python_files
from tests.families.sources import CJK, english, used_words

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
CHINESE = re.compile(rf"{CJK.pattern}+")
LONGEST_QUOTE = 8


def test_every_chinese_word_of_the_sources_has_its_english():
    translated = english()
    chinese = {word: place for word, place in used_words().items() if CJK.search(word)}
    missing = {word: place for word, place in chinese.items() if not translated.get(word)}
    assert missing == {}


def test_every_english_word_stands_for_one_that_a_source_uses():
    used = set(used_words())
    paths = [*python_files(), *PACKAGE.rglob("templates/**/*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    assert sorted(word for word in english() if word not in used and word not in text) == []


def test_placeholders_are_the_same_in_both_languages():
    wrong = {
        word: words
        for word, words in english().items()
        if words and set(PLACEHOLDER.findall(word)) != set(PLACEHOLDER.findall(words))
    }
    assert wrong == {}


def test_english_quotes_chinese_only_where_a_file_has_to_hold_it():
    """Headings, kinds and marks that are Chinese by contract; each stands in the Chinese words too."""
    wrong = {}
    for word, words in english().items():
        quotes = [
            quote for quote in CHINESE.findall(words) if quote not in word or len(quote) > LONGEST_QUOTE
        ]
        if quotes:
            wrong[word] = quotes
    assert wrong == {}
