"""The page of one hazard: its line of steps, its photos, who answers, what may be done, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.attachments.queries import attached_to
from xiaoan.foundation.errors import Words
from xiaoan.foundation.lifecycle import STAYS, Move
from xiaoan.foundation.permissions import NOT_YOURS, Denied, Verdict
from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.deeds import DEEDS
from xiaoan.hazards.lately import words_of_steps
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard, Holding, Level, Source, State
from xiaoan.hazards.offering import criterion_words
from xiaoan.hazards.owing import carries_on
from xiaoan.hazards.photos import AFTER, BEFORE
from xiaoan.hazards.rules import rules_of
from xiaoan.hazards.signs import flag_signs, grade_sign, state_sign

S = State
UNIT_LINE = (S.TO_JUDGE, S.TO_ASSIGN, S.RECTIFYING, S.TO_VERIFY, S.TO_CLOSE, S.CLOSED)
ABOVE_LINE = (S.TO_JUDGE, S.TO_ASSIGN, S.RECTIFYING, S.TO_VERIFY, S.TO_RECHECK, S.TO_CLOSE, S.CLOSED)
SHORT_LINE = (S.TO_CONFIRM, S.CLOSED)
AFTERWARDS = (S.TO_LOOK_BACK, S.ARCHIVED)


@dataclass(frozen=True, slots=True)
class LineStep:
    """One dot of the line of steps."""

    label: Words
    state: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: its words, its page, and why not where it is refused."""

    label: Words
    url: str
    verdict: Verdict
    is_next: bool
    stays: bool

    @property
    def variant(self) -> str:
        """A move that only changes a flag stands back."""
        return "quiet" if self.stays else "plain"

    @property
    def refused(self) -> Denied | None:
        """The reason, where there is one to say."""
        return self.verdict if isinstance(self.verdict, Denied) else None


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the timeline."""

    at: datetime
    who: str
    post: str
    label: Words
    words: str
    second: str


class HazardPage:
    """What the template of one hazard needs, read once."""

    def __init__(self, hazard: Hazard, actor: Actor) -> None:
        self.hazard, self.actor = hazard, actor
        self.rules: HazardRules = rules_of(hazard.pack_version)
        photos = [row for row in attached_to(hazard) if row.is_image]
        self.before = [row for row in photos if row.purpose == BEFORE]
        self.after = [row for row in photos if row.purpose == AFTER]

    @property
    def signs(self) -> Sequence[Any]:
        """Step, grade and flags."""
        return [state_sign(self.hazard), grade_sign(self.hazard), *flag_signs(self.hazard)]

    @property
    def kind(self) -> Words:
        """The kind in words."""
        found = self.rules.kind(self.hazard.kind)
        return str(found.title) if found else self.hazard.kind

    @property
    def criterion(self) -> str:
        """By what it was judged major."""
        found = self.rules.criterion(self.hazard.criterion)
        return criterion_words(found) if found else ""

    @property
    def line(self) -> list[LineStep]:
        """The line of steps, with where it stands; a side exit stands at its end."""
        states = self._states()
        here = states.index(self.hazard.state) if self.hazard.state in states else len(states) - 1
        return [
            LineStep(State(state).label, "past" if at < here else "now" if at == here else "coming")
            for at, state in enumerate(states)
        ]

    def _states(self) -> list[str]:
        """The states that this hazard goes through."""
        hazard = self.hazard
        if hazard.state == S.TO_CONFIRM or (hazard.closed_on and not hazard.post):
            main: list[str] = list(SHORT_LINE)
        else:
            main = list(UNIT_LINE if hazard.level == Level.UNIT else ABOVE_LINE)
        if hazard.state in AFTERWARDS or hazard.look_back_on:
            main += AFTERWARDS
        if hazard.state not in main:
            visited = [step.to for step in self.steps if step.to in main]
            main = [*dict.fromkeys(visited), hazard.state]
        return main

    @cached_property
    def steps(self) -> list[Any]:
        """Every step, the first first."""
        return sorted(self.hazard.steps.all(), key=lambda step: step.number)

    @property
    def history(self) -> list[Happened]:
        """What happened, newest first, in words."""
        labels = words_of_steps()
        return [
            Happened(
                step.at,
                step.person_name,
                step.post,
                labels.get(step.verb, step.verb),
                step.words,
                step.second_name,
            )
            for step in reversed(self.steps)
        ]

    @property
    def holdings(self) -> list[Holding]:
        """The chain of those who had to put it right, the present one first."""
        return sorted(self.hazard.holdings.all(), key=lambda each: -each.number)

    @property
    def offers(self) -> list[Offer]:
        """Buttons: the next step first, then what else may be done, then what is refused for a reason worth saying."""
        found = [
            Offer(
                move.label,
                reverse("hazards:move", args=[self.hazard.pk, move.verb]),
                verdict,
                is_next=carries_on(self.hazard, move.verb),
                stays=move.to == STAYS,
            )
            for move, verdict in HAZARD.offers(self.hazard, self.actor)
            if move.verb in DEEDS and (verdict or _is_worth_saying(move, verdict))
        ]
        return sorted(found, key=lambda offer: (not offer.verdict, not offer.is_next, offer.stays))

    @property
    def closer(self) -> Words:
        """Who closes it, in words."""
        return {
            Level.UNIT: _("分管负责人或主要负责人（本单位自查的一般隐患）"),
            Level.ABOVE: _("中心（上级交办的隐患，谁交办、谁销号）"),
            Level.MAJOR: _("分管局长批准摘牌"),
        }[self.hazard.level]

    @property
    def is_protected(self) -> bool:
        """自查自报保护: found by the unit itself and in time, so that it never counts against it (the pack's switch)."""
        hazard = self.hazard
        found_itself = self.rules.protects_self_reports and hazard.source == Source.SCHOOL
        return found_itself and not hazard.is_overdue() and not hazard.closure_void

    @property
    def first_rechecker(self) -> str:
        """The original finder, who is offered the re-check first; nobody where it is not checked again from above."""
        waits = self.hazard.state in ABOVE_LINE[2:5] and self.hazard.level != Level.UNIT
        return self.hazard.finder if waits and self.hazard.source != Source.SCHOOL else ""

    @property
    def shows_clock(self) -> bool:
        """Whether the days left still count."""
        return self.hazard.is_open and self.hazard.state != S.REFERRED


def _is_worth_saying(move: Move, verdict: Verdict) -> bool:
    """A refusal is shown where it has its own reason and the move would carry the hazard on."""
    return move.to != STAYS and isinstance(verdict, Denied) and verdict.reason != NOT_YOURS
