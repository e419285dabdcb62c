"""Several hazards with one form: each is its own act with its own receipt. What is refused says why, the rest is done.

A repeat changes nothing: the id of each act follows from the form's and its hazard's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import Conflict, Refused, RuleBroken, Words
from xiaoan.foundation.permissions import NOT_YOURS, Denied, holds_anywhere
from xiaoan.hazards import acts, offering
from xiaoan.hazards.deeds import URGING
from xiaoan.hazards.forms import SeveralForm, SeveralOrdersForm
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard

MOST = 50
"""Hazards of one form: as many as a page of the list shows."""
SCANNED = 200
"""Rows of a list that are looked at for those that a move is offered for."""
SUSPECTED = gettext_lazy("有人报告疑似重大，请单独判定。")
MAJOR = gettext_lazy("重大隐患请单独交办。")
NO_POST = gettext_lazy("没有建议的责任岗位，请在表中选定一个岗位，或单独办理。")
Given = Mapping[str, Any]
Rows = Iterable[Hazard]


@dataclass(frozen=True, slots=True)
class Together:
    """A move that may be made for several: its act, its form for the hazards that are offered, and what stays single."""

    act: Callable[..., Hazard]
    nouns: Callable[[Hazard, Given], dict[str, Any]]
    form: Callable[[Actor, Sequence[Hazard], Any, Any], forms.Form]
    note: Words
    bar: Callable[[Hazard], Denied | None] = lambda _hazard: None

    @property
    def act_name(self) -> str:
        """The act's lasting name: its row of the matrix."""
        return f"hazards.{self.act.__name__}"

    def do(self, actor: Actor, ask: Ask, hazard: Hazard, given: Given) -> Hazard:
        """Make the move for one of them. Raises what the act does, and `Conflict` for what stays single."""
        if (barred := self.bar(hazard)) is not None:
            raise Conflict(barred.reason)
        return self.act(actor=actor, ask=ask, hazard=hazard, **self.nouns(hazard, given))


def _remark(_hazard: Hazard, given: Given) -> dict[str, Any]:
    """The same words for all."""
    return {"words": given["words"]}


def _order(hazard: Hazard, given: Given) -> dict[str, Any]:
    """The proposed post of each, else the one that was chosen for those without; one date and one note for all."""
    post = offering.first_post(hazard) or given["otherwise"]
    if not post:
        raise Conflict(NO_POST)
    return {"post": post, "due_on": given["due_on"], "words": given["words"]}


def _plain_form(_actor: Actor, _hazards: Sequence[Hazard], choices: Any, data: Any) -> forms.Form:
    return SeveralForm(choices, data)


def _orders_form(actor: Actor, hazards: Sequence[Hazard], choices: Any, data: Any) -> forms.Form:
    initial = {"due_on": offering.first_date(hazards[0])} if hazards else {}
    return SeveralOrdersForm(offering.rectifying_posts(actor), choices, data, initial=initial)


def _only_general(hazard: Hazard) -> Denied | None:
    return Denied(MAJOR) if hazard.is_major else None


def _unsuspected(hazard: Hazard) -> Denied | None:
    return Denied(SUSPECTED) if hazard.suspected else None


_ORDER_NOTE = gettext_lazy("期限和要求各条相同；责任岗位按各自的部位建议，每条单独记入过程。")
TOGETHER: dict[str, Together] = {
    "judge": Together(
        acts.judge_hazard,
        _remark,
        _plain_form,
        gettext_lazy("逐条看过、确属一般的才勾选。可能是重大的不要一起判定。"),
        _unsuspected,
    ),
    "issue": Together(acts.issue_hazard, _order, _orders_form, _ORDER_NOTE, _only_general),
    "dispatch": Together(acts.dispatch_hazard, _order, _orders_form, _ORDER_NOTE, _only_general),
    "urge": Together(acts.urge_hazard, _remark, _plain_form, URGING),
    "confirm": Together(
        acts.confirm_fix,
        _remark,
        _plain_form,
        gettext_lazy("现场看过的勾选，确认后即销号。没有整改到位的，打开后点“未整改到位”。"),
    ),
}
"""By the verb of the table of moves."""


def offered_together(actor: Actor) -> list[tuple[str, Words]]:
    """Verbs and words of what the actor's posts may do for several."""
    return [
        (verb, HAZARD.move(verb).label)
        for verb, each in TOGETHER.items()
        if holds_anywhere(actor, each.act_name)
    ]


def sort_out(verb: str, hazards: Rows, actor: Actor) -> tuple[list[Hazard], list[tuple[Hazard, Words]]]:
    """Those for whom the move may be made now, and those that are refused for a reason worth saying."""
    ready: list[Hazard] = []
    refused: list[tuple[Hazard, Words]] = []
    for hazard in hazards:
        move = HAZARD.move_of(hazard, verb)
        if move is None:
            continue
        barred = TOGETHER[verb].bar(hazard)
        verdict = move.may(actor, hazard) if barred is None else barred
        if not isinstance(verdict, Denied):
            ready.append(hazard)
        elif verdict.reason != NOT_YOURS:
            refused.append((hazard, verdict.reason))
    return ready[:MOST], refused[:MOST]


class Batch:
    """What was picked, and what came of it."""

    def __init__(self, verb: str, actor: Actor) -> None:
        self.verb, self.actor = verb, actor
        self.done: list[Hazard] = []
        self.refused: list[tuple[Hazard, Words]] = []

    def __str__(self) -> str:
        """What was done, in words."""
        number = len(self.done)
        words = ngettext("已办理 %(number)s 条：%(label)s。", "已办理 %(number)s 条：%(label)s。", number)
        return words % {"number": number, "label": HAZARD.move(self.verb).label}

    def run(self, ask: Ask, picked: Sequence[tuple[Hazard, int]], given: Given) -> Hazard:
        """Do each by its own act, on the version that was seen. Raises `Conflict` where any was refused.

        A rule about the form's own fields (a date before today) stops at once and is raised as it is.
        """
        for hazard, seen in picked:
            own = Ask(uuid5(ask.submission_id, str(hazard.pk)), seen, ask.captured_at)
            try:
                self.done.append(TOGETHER[self.verb].do(self.actor, own, hazard, given))
            except RuleBroken as broken:
                if not given.keys().isdisjoint(broken.fields):
                    raise
                self.refused.append((hazard, str(broken)))
            except Refused as no:
                self.refused.append((hazard, str(no)))
        if self.refused:
            numbers = {"done": len(self.done), "left": len(self.refused)}
            raise Conflict(_("已办 %(done)s 条，另有 %(left)s 条没有办，原因写在各条下面。") % numbers)
        return self.done[-1]
