"""The margin's gauges: a duty's figure, its bar, and the few words beside it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui import dates
from xiaoan.foundation.ui.signs import Sign
from xiaoan.plans.cells import STATUS_SIGNS
from xiaoan.plans.margin import Sum
from xiaoan.plans.models import Cell, Duty
from xiaoan.plans.words import figure, is_set_by_bureau, owners, units

Tone = Literal["plain", "attention", "late"]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A duty in the margin. `value` is the figure or the word in its place; the bar is empty without `total`."""

    duty: Duty
    mark: str
    value: Words
    url: str
    current: bool
    done: Decimal | int = 0
    total: Decimal | int = 0
    note: Words = ""
    tone: Tone = "plain"
    icon: str = ""
    """Stands before a value that is a word."""

    @property
    def set_by_bureau(self) -> bool:
        """Whether a value of it is the bureau's own."""
        return is_set_by_bureau(self.duty)

    @property
    def limit(self) -> Decimal | int:
        """The full length of the bar."""
        return self.total or 1


def gauge_of_sum(duty: Duty, found: Sum | None, *, mark: str, url: str, current: bool) -> Gauge:
    """The gauge over many units: met / due, with what is not due yet in the note and in the bar."""
    common = {"duty": duty, "mark": mark, "url": url, "current": current}
    if sign := _sign_of_sum(duty, found):
        return Gauge(**common, value=sign.words, icon=sign.icon, note=_note_of_sign(duty, found))  # type: ignore[arg-type]
    if found is None:
        return Gauge(**common, value="", note=_without_figure(duty))  # type: ignore[arg-type]
    notes = _sum_notes(found)
    return Gauge(
        **common,  # type: ignore[arg-type]
        value=f"{found.met:,} / {found.due_now:,}" if found.due_now else STATUS_SIGNS["open"].words,
        icon="" if found.due_now else STATUS_SIGNS["open"].icon,
        done=found.met,
        total=found.met + found.late + found.untold + found.open,
        note=_("，").join(notes) or _goal_words(duty),
        tone="late" if found.late else "attention" if found.untold else "plain",
    )


def _sign_of_sum(duty: Duty, found: Sum | None) -> Sign | None:
    """The sign in place of a figure; None where there is a figure, or nothing at all."""
    if duty.awaits:
        return STATUS_SIGNS["awaits"]
    if found is None:
        return None
    if found.unconfirmed:
        return STATUS_SIGNS["unconfirmed"]
    if found.not_applicable == found.all:
        return STATUS_SIGNS["not_applicable"]
    if found.waived and not (found.due_now or found.open or found.untold):
        return STATUS_SIGNS["waived"]
    return None


def _note_of_sign(duty: Duty, found: Sum | None) -> Words:
    """What stands below a sign: that the bureau set the value, or how a goal is read."""
    if found and found.unconfirmed and not duty.awaits:
        return _("由局设定，非方案原文")
    return _goal_words(duty)


def _goal_words(duty: Duty) -> Words:
    """A goal has no target to meet: it is read beside last year."""
    return _("目标项，看趋势") if duty.is_goal else ""


def _without_figure(duty: Duty) -> Words:
    """Why a duty without cells has no figure: it is a goal, or another's."""
    return _goal_words(duty) or _("由%(owners)s承担") % {"owners": owners(duty)}


def _sum_notes(found: Sum) -> list[str]:
    """What is not met, in words: late ones first."""
    told = (
        (found.late, _("%(units)s逾期")),
        (found.untold, _("%(units)s缺依据")),
        (found.open, _("%(units)s未到期")),
        (found.waived, _("%(units)s已免除")),
    )
    return [words % {"units": units(number)} for number, words in told if number]


def gauge_of_cell(duty: Duty, cell: Cell | None, *, mark: str, url: str, current: bool) -> Gauge:
    """The gauge of one unit: achieved / expected, and by when."""
    common = {"duty": duty, "mark": mark, "url": url, "current": current}
    if cell is None and not duty.awaits:
        return Gauge(**common, value="", note=_without_figure(duty))  # type: ignore[arg-type]
    status: str = cell.status if cell else "awaits"  # type: ignore[attr-defined]
    if cell is None or status not in {"met", "late", "open"} or cell.expected is None:
        sign = STATUS_SIGNS[status]
        note = _cell_note(cell, status) if cell else _goal_words(duty)
        return Gauge(**common, value=sign.words, icon=sign.icon, note=note)  # type: ignore[arg-type]
    return Gauge(
        **common,  # type: ignore[arg-type]
        value=f"{figure(cell.achieved)} / {figure(cell.expected)}",
        done=cell.achieved or 0,
        total=cell.expected,
        note=_cell_note(cell, status),
        tone="late" if status == "late" else "plain",
    )


def _cell_note(cell: Cell, status: str) -> Words:
    """By when, or what is missing."""
    if status in {"open", "late"}:
        return f"{dates.by_day(cell.due)}{dates.in_brackets(dates.remaining(cell.due))}"
    notes = {"untold": cell.untold, "waived": cell.waiver, "unconfirmed": _("由局设定，非方案原文")}
    return notes.get(status) or _goal_words(cell.duty)
