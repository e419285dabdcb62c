"""The letter round the plan: letterhead, number, title, signature, date, attachments, distribution.

Its lines are recognised by their form alone (the layout of official papers, GB/T 9704).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xiaoan.plans.reading.lines import Line, lines_of
from xiaoan.plans.reading.numbering import label_at
from xiaoan.plans.reading.numerals import HAN_DIGITS, number_of

_ARABIC_DATE = r"([0-9０-９]{4})\s*年\s*([0-9０-９]{1,2})\s*月\s*([0-9０-９]{1,2})\s*日"
_HAN_DATE = rf"([{HAN_DIGITS}]{{4}})年([{HAN_DIGITS}]{{1,3}})月([{HAN_DIGITS}]{{1,3}})日"
_DATES = [re.compile(rf"[（(]?{form}[)）]?") for form in (_ARABIC_DATE, _HAN_DATE)]

_NUMBER = re.compile(
    r"([^\s：]{1,15}?\s?[〔﹝\[［(（【][0-9０-９]{4}[〕﹞\]］)）】]\s?[0-9０-９]{1,5}\s?号)(?:\s.*)?"
)
_LETTERHEAD = re.compile(r"([^\s，。；：、]{2,30})文件")
_FIELD = re.compile(
    r"(?:(?P<number>发文字号|文号)|(?P<issuer>发文机关|发文单位|印发机关)|(?P<date>成文日期|发文日期|印发日期))"
    r"\s?[:：]\s?(?P<words>.+)"
)
"""A line that names what it says, as web pages and restatements do (发文字号：…)."""
_WRAPPED_TITLE = re.compile(r"关于\s?(?:印发|转发|发布|下发)\s?《(.{1,200}?)》\s?的\s?通\s?知", re.DOTALL)
_TITLE_END = re.compile(
    r"(?:通知|方案|意见|办法|规定|细则|计划|规划|要点|条例|预案|制度|通报|决定|纲要|标准|规范|指南|章程|措施)"
    r"\s?(?:[（(][^（）()]*[)）])?$"
)
_ORGANISATION = re.compile(
    r"[^\s，。；：！？、《》（）()]{2,30}"
    r"(?:局|委|委员会|政府|办公室|办|部|厅|院|会|中心|小组|公司|学校|学院|小学|中学|幼儿园)"
)
_BRACKETED = re.compile(r"[（(「【［\[][^（(「【［\[]*[)）」】］\]]")
_CLOSING = re.compile(
    r"(?:附\s?[件表录]?\s?[0-9０-９一二三四五六七八九十]{0,2}\s?(?:[:：]|$)"
    r"|(?:抄送|抄报|主送|分送|联系人|签发人)\s?[:：]"
    r"|特此(?:通知|通报|公告|函告|函复|报告|批复)[。.]?$"
    r"|[（(]此[件页][^）)]*[)）]$)"
)
_ATTACHMENT = re.compile(r"附\s?件\s?[:：]\s?(?P<first>[1１][.．、])?(?P<words>.*)")
_SENTENCE_MARKS = "，。；：！？"
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Letter:
    """What the paper says of itself; None where it does not say."""

    title: str | None
    number: str | None
    issuer: str | None
    date: date | None


def read_letter(body: str, first_clause: int) -> Letter:
    """Title and number from before the first clause; issuer and date from wherever the paper is signed."""
    front = body[:first_clause]
    fields = _fields(front)
    signed, day = _signature(list(lines_of(body)))
    return Letter(
        title=_title(front),
        number=_number(fields.get("number", front)),
        issuer=fields.get("issuer") or signed or _letterhead(front),
        date=_date(fields["date"]) if "date" in fields else day,
    )


def _fields(front: str) -> dict[str, str]:
    """What the lines that name themselves say, by `number`, `issuer` and `date`."""
    matches = (_FIELD.fullmatch(line.words.strip()) for line in lines_of(front))
    return {
        name: match["words"].strip()
        for match in matches
        if match
        for name in ("number", "issuer", "date")
        if match[name]
    }


def is_letter_line(words: str) -> bool:
    """Whether the line belongs to the letter by its form, whatever stands round it."""
    words = words.strip()
    return any(form.fullmatch(words) for form in (*_DATES, _NUMBER, _LETTERHEAD, _BRACKETED, _FIELD)) or bool(
        _CLOSING.match(words)
    )


def is_title(words: str) -> bool:
    """Whether the line reads as the title of a paper: 关于…的通知, …方案（试行）."""
    words = words.strip()
    return len(words) <= _LONGEST_TITLE and "。" not in words and bool(_TITLE_END.search(words))


def closing_start(lines: Sequence[Line]) -> int | None:
    """Where the letter takes over from the text: 特此通知, 附件, the signature above a date, 抄送."""
    for place, line in enumerate(lines):
        if _CLOSING.match(line.words.strip()):
            return line.start
        if _date(line.words):
            return min((signer.start for signer in _signers(lines[:place])), default=line.start)
    return None


def listed_attachments(lines: Sequence[Line]) -> set[int]:
    """Starts of the lines that go on with a numbered list of attachments (附件：1.… 2.…)."""
    listed: set[int] = set()
    awaited = None
    for line in lines:
        if attachment := _ATTACHMENT.fullmatch(line.words.strip()):
            awaited = _next_attachment(attachment)
        elif line.words.strip():
            label = label_at(line.words)
            if awaited is None or label is None or label.number != awaited:
                awaited = None
                continue
            listed.add(line.start)
            awaited += 1
    return listed


def _next_attachment(attachment: re.Match[str]) -> int | None:
    if attachment["first"]:
        return 2
    return None if attachment["words"].strip() else 1


def _title(front: str) -> str | None:
    if wrapped := _WRAPPED_TITLE.search(front):
        return re.sub(r"\s*\n\s*", "", wrapped[1]).strip()
    candidates = [title for run in _title_runs(front) if (title := _joined_title(run))]
    return next((title for title in candidates if is_title(title)), candidates[0] if candidates else None)


def _title_runs(front: str) -> list[list[str]]:
    """Neighbouring lines that may be (parts of) a title, kept together."""
    runs: list[list[str]] = [[]]
    for line in lines_of(front):
        words = line.words.strip()
        continues_title = bool(runs[-1]) and bool(_BRACKETED.fullmatch(words))
        if words and (continues_title or _may_be_title(words)):
            runs[-1].append(words)
        elif runs[-1]:
            runs.append([])
    return runs


def _may_be_title(words: str) -> bool:
    if is_letter_line(words) or len(words) > _LONGEST_TITLE:
        return False
    return is_title(words) or not any(mark in words for mark in _SENTENCE_MARKS)


def _joined_title(run: Sequence[str]) -> str:
    """The run up to the line that ends like a title, and the brackets after it."""
    end = next((place for place, words in enumerate(run, 1) if is_title(words)), len(run))
    while end < len(run) and _BRACKETED.fullmatch(run[end]):
        end += 1
    return "".join(run[:end])


def _number(front: str) -> str | None:
    for line in lines_of(front):
        if match := _NUMBER.fullmatch(line.words.strip()):
            return "".join(match[1].split())
    return None


def _letterhead(front: str) -> str | None:
    matches = (_LETTERHEAD.fullmatch(line.words.strip()) for line in lines_of(front))
    return next((match[1] for match in matches if match), None)


def _signature(lines: Sequence[Line]) -> tuple[str | None, date | None]:
    """Who signed above the first line that is a date, several joined by 、, and that date."""
    for place, line in enumerate(lines):
        if day := _date(line.words):
            signers = [signer.words.strip() for signer in _signers(lines[:place])]
            return "、".join(signers) or None, day
    return None, None


def _signers(above: Sequence[Line]) -> list[Line]:
    """The organisations directly above a date, top to bottom."""
    signers: list[Line] = []
    for line in reversed(above):
        if line.words.strip() and not _ORGANISATION.fullmatch(line.words.strip()):
            break
        if line.words.strip():
            signers.insert(0, line)
    return signers


def _date(words: str) -> date | None:
    for form in _DATES:
        if match := form.fullmatch(words.strip()):
            year, month, day = (number_of(part) for part in match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None
