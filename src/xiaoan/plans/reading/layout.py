"""From a page as it came to the body: line feeds, page marks, emphasis, and paragraphs broken by a page."""

import re
from collections import Counter
from collections.abc import Sequence

from xiaoan.plans.reading.letter import is_letter_line, is_title
from xiaoan.plans.reading.numbering import Style, label_at

PAGE = "\f"

_PAGE_MARK = re.compile(
    r"^[^\S\n]*(?:"
    r"[-—–－―─]{1,2}\s?[0-9０-９]{1,4}\s?[-—–－―─]{1,2}"
    r"|第\s?[0-9０-９]{1,4}\s?页(?:\s?[,，、/]?\s?共\s?[0-9０-９]{1,4}\s?页)?"
    r")[^\S\n]*$",
    re.MULTILINE,
)
_HEADING_MARK = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_STARS = re.compile(r"(?<![0-9A-Za-z*\\])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=[^\s*])\1(?![0-9A-Za-z*])")
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_\n]+?)(?<=[^\s_])\1(?!\w)")
_GAP = re.compile(rf"((?<!\s)(?:[^\S{PAGE}]*{PAGE})+(?:[^\S\n]*\n)*|\n(?:[^\S\n]*\n)+)")
"""Between two paragraphs: white space with a page mark, or a blank line; the indent stays with its line."""

_CLOSERS = "”’」』）)】］]》〉\"'"
_ENDS = "。！？；：…!?;:"
_GOES_ON = "，、,"
_SENTENCE_MARK = re.compile("[，。；！？]")
_INDENT = re.compile(r"\u3000|\t|  ")
_LONGEST_PARAGRAPH = 5_000
_LONG_LINE = 30
"""Characters: about what one printed line holds; a shorter line may be a title or a note."""


def clean_body(text: str) -> str:
    """The body of a plan text: only the marks of page and emphasis go, and only broken paragraphs close up."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    plain = _without_emphasis(_PAGE_MARK.sub(PAGE, plain))
    return _mended(plain)


def _without_emphasis(text: str) -> str:
    text = _HEADING_MARK.sub("", text)
    return _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", text))


def _mended(text: str) -> str:
    """The text with each paragraph that a page broke joined again, without a space."""
    first, *rest = _GAP.split(text)
    run_in = _run_in_styles([first, *rest[1::2]])
    parts, last_line = [first], _last_line(first)
    for gap, paragraph in zip(rest[::2], rest[1::2], strict=True):
        if _is_broken(last_line, paragraph, run_in, at_page=PAGE in gap):
            parts[-1] = parts[-1].rstrip()
            parts.append(paragraph.lstrip())
            last_line = _last_line(last_line.rstrip() + parts[-1])
        else:
            parts += [_without_page(gap), paragraph]
            last_line = _last_line(paragraph)
    return "".join(parts)


def _last_line(paragraph: str) -> str:
    return paragraph.rpartition("\n")[2]


def _without_page(gap: str) -> str:
    """The blank lines that stay when the page mark goes: those of its wider side, at least a line feed."""
    if PAGE not in gap:
        return gap
    return max(gap.split(PAGE), key=lambda side: side.count("\n")) or "\n"


def _is_broken(last_line: str, following: str, run_in: set[Style], *, at_page: bool) -> bool:
    first_line = following.partition("\n")[0]
    return _goes_on(first_line) and _is_unfinished(last_line, run_in, at_page=at_page)


def _goes_on(line: str) -> bool:
    """Whether the line can be the rest of a sentence: no number, no indent, no letter line, but a mark."""
    if _INDENT.match(line) or "\t" in line or is_letter_line(line):
        return False
    label = label_at(line)
    return (label is None or label.doubtful) and bool(_SENTENCE_MARK.search(line))


def _is_unfinished(line: str, run_in: set[Style], *, at_page: bool) -> bool:
    """Whether the line stops in the middle of a sentence."""
    words = line.strip()
    if not 0 < len(words) < _LONGEST_PARAGRAPH or "\t" in words or is_letter_line(words) or _has_ended(words):
        return False
    if words[-1] in _GOES_ON:
        return True
    if label := label_at(words):
        return "。" in words or label.style in run_in
    if is_title(words):
        return False
    return "。" in words or (bool(_SENTENCE_MARK.search(words)) and (at_page or len(words) > _LONG_LINE))


def _has_ended(words: str) -> bool:
    return words.rstrip(_CLOSERS)[-1:] in _ENDS


def _run_in_styles(paragraphs: Sequence[str]) -> set[Style]:
    """Styles whose numbered lines mostly carry whole sentences (1. 某事。各学校…), not a title alone.

    A numbered line without a full stop is a title in the one kind and a broken sentence in the other.
    """
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    votes: Counter[Style] = Counter()
    for line in lines:
        if label := label_at(line):
            votes[label.style] += 1 if "。" in line else -1
    return {style for style, vote in votes.items() if vote > 0}
