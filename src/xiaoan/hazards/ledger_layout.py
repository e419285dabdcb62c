"""隐患台账 as the bureau keeps it: a title, what was chosen, headings in groups, one row for each hazard."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import TooLarge, Words
from xiaoan.foundation.listing import EXCEL_TYPE
from xiaoan.foundation.sheets import Sheet, write_workbook
from xiaoan.hazards.models import Cause, Hazard, Step
from xiaoan.hazards.rules import rules_of
from xiaoan.plans.models import PackVersion

MOST_ROWS = 20_000
PIECE = 500
"""Hazards read at a time: four statements each."""
UNDONE_BY = frozenset({"send_back", "void_closure", "unsound", "reject_fix"})
"""Steps after which what was said to be done before does not count."""
HANDING, CLOSING = ("dispatch", "issue"), ("close", "lift", "confirm")
TOO_LONG = gettext_lazy("隐患台账一次最多导出 20,000 条，请先筛选，再导出。")
ReadOf = Callable[["_Line"], Any]


def ledger_response(rows: "QuerySet[Hazard]", words: Sequence[Words], actor: Actor) -> HttpResponse:
    """`ledger_workbook` as the answer of a page."""
    response = HttpResponse(ledger_workbook(rows, actor, words), content_type=EXCEL_TYPE)
    response["Content-Disposition"] = 'attachment; filename="hazard-ledger.xlsx"'
    return response


def ledger_workbook(rows: "QuerySet[Hazard]", actor: Actor, words: Sequence[Words]) -> bytes:
    """These hazards, in their order, as the bureau's Excel ledger; `words` say what was chosen.

    `rows` are those that the actor sees. Raises `TooLarge` for more than 20,000.
    """
    keys = list(rows.values_list("pk", flat=True)[: MOST_ROWS + 1])
    if len(keys) > MOST_ROWS:
        raise TooLarge(TOO_LONG)
    columns = [column for group in GROUPS for column in group.columns]
    sheet = Sheet(
        _("隐患台账"),
        [column.heading for column in columns],
        ([column.read(line) for column in columns] for line in _lines(rows, keys)),
        [column.width for column in columns],
        above=_above(actor, words, len(keys)),
        groups=[(group.title, len(group.columns)) for group in GROUPS],
    )
    stream = BytesIO()
    write_workbook([sheet], stream)
    return stream.getvalue()


def _above(actor: Actor, words: Sequence[Words], count: int) -> list[str]:
    """Whose ledger it is, what was chosen, by whom and when it was made."""
    title = f"{actor.district_name} {_('隐患台账')}".strip()
    chosen = "；".join(str(each) for each in words) or _("全部")
    made = _("范围：%(chosen)s。共 %(count)s 条。%(name)s %(day)s 导出。")
    return [title, made % {"chosen": chosen, "count": count, "name": actor.name, "day": clock.today()}]


def _lines(rows: "QuerySet[Hazard]", keys: Sequence[UUID]) -> Iterator["_Line"]:
    """Hazards with what hangs on them, some hundreds at a time, in the order of their keys."""
    titles: dict[UUID, Mapping[str, str]] = {}
    whole = rows.select_related("unit", "pack_version", "rectified_by").prefetch_related(
        "steps", "holdings", "look_backs"
    )
    for at in range(0, len(keys), PIECE):
        some = {hazard.pk: hazard for hazard in whole.filter(pk__in=keys[at : at + PIECE])}
        for key in keys[at : at + PIECE]:
            if hazard := some.get(key):
                version = hazard.pack_version
                if version.pk not in titles:
                    titles[version.pk] = _titles(version)
                yield _Line(hazard, titles[version.pk])


def _titles(version: PackVersion) -> dict[str, str]:
    """Kinds and criteria of the rules by which a hazard is handled, in the page's language."""
    rules = rules_of(version)
    kinds = {kind.code: str(kind.title) for kind in rules.kinds}
    return kinds | {criterion.code: str(criterion.title) for criterion in rules.criteria}


class _Line:
    """A hazard as a line of the ledger."""

    def __init__(self, hazard: Hazard, titles: Mapping[str, str]) -> None:
        self.hazard, self._titles = hazard, titles
        self._done: dict[str, Step] = {}
        for step in sorted(hazard.steps.all(), key=lambda step: step.number):
            self._done = {} if step.verb in UNDONE_BY else self._done
            self._done[step.verb] = step
        self.holding = max(hazard.holdings.all(), key=lambda each: each.number, default=None)
        looks = [each for each in hazard.look_backs.all() if not each.dropped]
        done = [each for each in hazard.look_backs.all() if each.done_on]
        self.look = max(done or looks, key=lambda each: each.number, default=None)

    def title(self, code: str) -> str:
        """A kind or a criterion in words."""
        return self._titles.get(code, code)

    def on(self, *verbs: str) -> date | None:
        """The day of a step that still counts."""
        step = self._step(verbs)
        return step.on if step else None

    def by(self, *verbs: str) -> str:
        """Who took a step that still counts, and the second person on the spot."""
        step = self._step(verbs)
        names = [step.person_name, step.second_name] if step else []
        return "、".join(name for name in names if name)

    def _step(self, verbs: Sequence[str]) -> Step | None:
        return next((self._done[verb] for verb in verbs if verb in self._done), None)


@dataclass(frozen=True, slots=True)
class _Column:
    """A heading of the ledger, and what stands under it."""

    heading: Words
    read: ReadOf
    width: int = 12


@dataclass(frozen=True, slots=True)
class _Group:
    """Headings that belong together."""

    title: Words
    columns: Sequence[_Column]


def _sound(line: _Line) -> Words:
    """What the look back found."""
    if line.look is None or line.look.sound is None:
        return ""
    return _("合格") if line.look.sound else _("不合格")


def _cause(line: _Line) -> Words:
    """Its cause, where somebody has said."""
    return "" if line.hazard.cause == Cause.NONE else line.hazard.get_cause_display()


def _rectifier(line: _Line) -> str:
    """Who put it right; of what was put right on the spot there is no step of its own."""
    by = line.hazard.rectified_by
    return line.by("submit") or (by.name if by else "")


def _flags(line: _Line) -> str:
    """The flags that stand."""
    return "、".join(words for _code, words in line.hazard.flags)


GROUPS = (
    _Group(
        gettext_lazy("基本情况"),
        (
            _Column(gettext_lazy("编号"), lambda line: line.hazard.code, 22),
            _Column(gettext_lazy("原编号"), lambda line: line.hazard.old_code, 18),
            _Column(gettext_lazy("单位编码"), lambda line: line.hazard.unit.code),
            _Column(gettext_lazy("单位"), lambda line: line.hazard.unit.name, 20),
            _Column(gettext_lazy("部位"), lambda line: line.hazard.place_name, 16),
            _Column(gettext_lazy("种类"), lambda line: line.title(line.hazard.kind)),
            _Column(gettext_lazy("隐患描述"), lambda line: line.hazard.text, 40),
            _Column(gettext_lazy("来源"), lambda line: line.hazard.get_source_display()),
            _Column(gettext_lazy("发现日期"), lambda line: line.hazard.found_on),
            _Column(gettext_lazy("发现人"), lambda line: line.hazard.finder),
            _Column(gettext_lazy("等级"), lambda line: line.hazard.get_grade_display()),
            _Column(gettext_lazy("判定依据"), lambda line: line.title(line.hazard.criterion), 24),
            _Column(gettext_lazy("第几次发生"), lambda line: line.hazard.occurrence),
            _Column(gettext_lazy("步骤"), lambda line: line.hazard.get_state_display()),
            _Column(gettext_lazy("标记"), _flags, 20),
        ),
    ),
    _Group(
        gettext_lazy("整改"),
        (
            _Column(gettext_lazy("交办日期"), lambda line: line.on(*HANDING)),
            _Column(gettext_lazy("责任岗位"), lambda line: line.holding and line.holding.post_name),
            _Column(gettext_lazy("责任人"), lambda line: line.holding and line.holding.person_name),
            _Column(gettext_lazy("整改期限"), lambda line: line.hazard.due_on),
            _Column(gettext_lazy("延期次数"), lambda line: line.hazard.extended),
            _Column(gettext_lazy("管控措施"), lambda line: line.hazard.control, 24),
            _Column(
                gettext_lazy("整改措施"), lambda line: line.hazard.measures or line.hazard.rectified_text, 30
            ),
            _Column(gettext_lazy("资金（元）"), lambda line: line.hazard.money),
            _Column(gettext_lazy("资金来源"), lambda line: line.hazard.money_source),
            _Column(gettext_lazy("预案"), lambda line: line.hazard.contingency, 24),
            _Column(gettext_lazy("整改完成日期"), lambda line: line.hazard.rectified_on, 14),
            _Column(gettext_lazy("整改人"), _rectifier),
            _Column(gettext_lazy("退回次数"), lambda line: line.hazard.returned),
            _Column(gettext_lazy("原因"), _cause, 16),
            _Column(gettext_lazy("防范措施"), lambda line: line.hazard.prevention, 24),
        ),
    ),
    _Group(
        gettext_lazy("验收销号"),
        (
            _Column(gettext_lazy("验收日期"), lambda line: line.on("accept")),
            _Column(gettext_lazy("验收人"), lambda line: line.by("accept")),
            _Column(gettext_lazy("复查日期"), lambda line: line.on("recheck")),
            _Column(gettext_lazy("复查人"), lambda line: line.by("recheck"), 16),
            _Column(gettext_lazy("销号日期"), lambda line: line.hazard.closed_on),
            _Column(gettext_lazy("销号人"), lambda line: line.by(*CLOSING)),
        ),
    ),
    _Group(
        gettext_lazy("回头看"),
        (
            _Column(gettext_lazy("计划日期"), lambda line: line.look and line.look.due_on),
            _Column(gettext_lazy("回头看日期"), lambda line: line.look and line.look.done_on),
            _Column(gettext_lazy("回头看结果"), _sound),
        ),
    ),
)
"""The ledger's headings in their groups (6-domain 3.4, the fields that there are)."""
