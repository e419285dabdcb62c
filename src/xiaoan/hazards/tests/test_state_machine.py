"""No sequence of acts reaches a forbidden state (`8-reliability.md`, C8 and section 7.4): random lives, shrunk on failure.

A short profile runs with the suite; `XIAOAN_LONG=1` lives 200 lives of 50 steps.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Refused
from xiaoan.foundation.journal import first_fault
from xiaoan.hazards import acts
from xiaoan.hazards.lifecycle import HAZARD, HELD
from xiaoan.hazards.models import Extension, Grade, Referral
from xiaoan.hazards.models.choices import CLOSED, OPEN
from xiaoan.hazards.tests.factories import TODAY, District, fresh, hazard_district
from xiaoan.hazards.tests.moves import (
    CAST,
    MACHINE,
    MOVES,
    SITUATIONS,
    actor_of,
    ask_for,
)
from xiaoan.people.tests.factories import make_cast

LONG = bool(os.environ.get("XIAOAN_LONG"))
LIVES, STEPS = (200, 50) if LONG else (20, 25)
NEW_DATES = {"dispatch", "issue", "extend", "schedule", "void_closure", "unsound"}
"""The only verbs that move a date."""
ENDS = {"merge", "void", "dismiss", "archive"}
ABOVE = {"bai", "gu", "su", "he", "fang"}
SAID = {"submit", "referral_answered", "report"}
"""Steps at which somebody says what was done."""
GRAVITY = {Grade.NONE: 0, Grade.GENERAL: 0, Grade.MAJOR: 1}
BEGINNINGS = sorted(set(SITUATIONS) - {"archived", "dismissed", "void"})


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker) -> Iterator[District]:
    """One district for all lives; each life is undone."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.held_at(clock.at(date(2025, 12, 17))):
        yield hazard_district(make_cast())
        transaction.set_rollback(True)


class Lives(RuleBasedStateMachine):
    """One hazard, everybody, every verb, and days that pass. `other` is what it may be merged into."""

    district: District

    def __init__(self) -> None:
        super().__init__()
        self._undo = ExitStack()
        self._undo.enter_context(transaction.atomic())
        self.day, self.who = TODAY, ""
        self.past: dict[date, tuple[Any, ...]] = {}
        self.other = SITUATIONS["reported"](self.district)

    @initialize(beginning=st.sampled_from(BEGINNINGS))
    def begin(self, beginning: str) -> None:
        self.hazard = SITUATIONS[beginning](self.district)
        self.before = self.hazard

    @rule(verb=st.sampled_from(sorted(MOVES)), who=st.sampled_from((*CAST, MACHINE)))
    def ask(self, verb: str, who: str) -> None:
        """Anybody asks for anything."""
        self.live(lambda: ask_for(self.district, self.hazard, verb, who, self.other), who)

    @rule(data=st.data())
    def lead_on(self, data: st.DataObject) -> None:
        """Somebody takes a step that is open to them, so that lives go far."""
        self.choose(data, self.open_moves(leading_on=True))

    @rule(data=st.data())
    def go_on_leading(self, data: st.DataObject) -> None:
        """The same again: lives are mostly steps."""
        self.choose(data, self.open_moves(leading_on=True))

    @rule(data=st.data())
    def raise_or_lower_a_flag(self, data: st.DataObject) -> None:
        """Somebody changes what stands beside the step."""
        self.choose(data, self.open_moves(leading_on=False))

    def choose(self, data: st.DataObject, moves: list[tuple[str, str]]) -> None:
        if moves:
            verb = data.draw(st.sampled_from(sorted({verb for verb, _who in moves})))
            who = data.draw(st.sampled_from([who for each, who in moves if each == verb]))
            self.live(lambda: ask_for(self.district, self.hazard, verb, who, self.other), who)

    @rule(who=st.sampled_from(CAST), granted=st.booleans())
    def decide_extension(self, who: str, granted: bool) -> None:
        extension = (
            Extension.objects.everything("a test").filter(hazard=self.hazard).order_by("-number").first()
        )
        if extension:
            act = acts.grant_extension if granted else acts.refuse_extension
            nouns = {"extension": extension, "words": "查看过现场"}
            self.live(lambda: act(actor=self.district.actor(who), ask=Ask(), **nouns), who)

    @rule(who=st.sampled_from(("fang", "su", "gu", "shen")), done=st.booleans())
    def end_referral(self, who: str, done: bool) -> None:
        referral = (
            Referral.objects.everything("a test").filter(hazard=self.hazard).order_by("-number").first()
        )
        if referral:
            act = acts.answer_referral if done else acts.decline_referral
            nouns = {"referral": referral, "words": "已拨款更换"}
            self.live(lambda: act(actor=self.district.actor(who), ask=Ask(), **nouns), who)

    @rule(days=st.integers(1, 40))
    def pass_days(self, days: int) -> None:
        """Days pass; how it stood at the end of the last one is kept."""
        self.past[self.day] = self.stood(self.day)
        self.day += timedelta(days=days)

    def open_moves(self, *, leading_on: bool) -> list[tuple[str, str]]:
        """Verb and who of the moves that are open; the ends of a life only where nothing else is."""
        found = {
            (move.verb, who): None
            for who in (*CAST, MACHINE)
            for move, may in HAZARD.offers(self.hazard, actor_of(self.district, who))
            if may and move.verb in MOVES and bool(move.to) == leading_on
        }
        living = [each for each in found if each[0] not in ENDS]
        return living or list(found)

    def live(self, deed: Any, who: str) -> None:
        """Do it, or be refused in words: anything else is a fault."""
        self.before, self.who = self.hazard, who
        try:
            with clock.held_at(clock.at(self.day)), transaction.atomic():
                deed()
        except Refused as refused:
            refusal = str(refused)
        else:
            refusal = None
        self.hazard = fresh(self.hazard)
        assert refusal is None or (refusal and self.hazard.version == self.before.version)

    def stood(self, day: date) -> tuple[Any, ...]:
        """How it stood at the end of a day, asked of its steps."""
        rows = self.hazard.steps.filter(on__lte=day).exclude(until__lte=day)
        return tuple(rows.values_list("to", "grade", "due_on", "controlled", "planned").get())

    @invariant()
    def closed_by_another_hand_after_somebody_said_what_was_done(self) -> None:
        hazard = self.hazard
        if hazard.state in CLOSED:
            assert hazard.verified_by_id is not None
            assert hazard.verified_by_id != hazard.rectified_by_id
            assert hazard.rectified_text
            said = hazard.steps.filter(verb__in=SAID).exclude(words="")
            assert said.exists()

    @invariant()
    def no_school_lowers_a_grade(self) -> None:
        if GRAVITY[self.hazard.grade] < GRAVITY[self.before.grade]:
            assert self.who in ABOVE

    @invariant()
    def a_date_moves_only_by_an_order_an_extension_a_schedule_or_a_reopening(self) -> None:
        if self.hazard.due_on != self.before.due_on:
            assert self.hazard.steps.get(until=None).verb in NEW_DATES

    @invariant()
    def what_is_held_has_one_holder(self) -> None:
        hazard = self.hazard
        running = hazard.holdings.filter(until=None)
        if hazard.state == "rectifying" or (hazard.state in HELD and hazard.post):
            assert running.get().post == hazard.post
            assert running.get().person_id == hazard.holder_id
        assert running.count() <= 1

    @invariant()
    def what_is_referred_has_one_open_referral(self) -> None:
        is_open = self.hazard.referrals.filter(state="open").count()
        assert is_open == (1 if self.hazard.state == "referred" else 0)
        assert (self.hazard.handled_by_id is not None) == bool(is_open)

    @invariant()
    def steps_are_dense_and_chain(self) -> None:
        steps = list(self.hazard.steps.order_by("number"))
        assert [step.number for step in steps] == list(range(1, self.hazard.version + 1))
        assert [step.frm for step in steps[1:]] == [step.to for step in steps[:-1]]
        assert [step.until for step in steps if step.until is None] == [None]
        assert [step.until for step in steps[:-1]] == [step.on for step in steps[1:]]
        last = steps[-1]
        stands = (last.to, last.grade, last.due_on, last.controlled, last.planned)
        hazard = self.hazard
        assert stands == (hazard.state, hazard.grade, hazard.due_on, hazard.controlled, hazard.planned)

    @invariant()
    def an_end_is_an_end(self) -> None:
        if self.before.state in {"archived", "merged", "not_hazard", "void"}:
            assert self.hazard.version == self.before.version

    @invariant()
    def past_days_stay_as_they_were(self) -> None:
        assert {day: self.stood(day) for day in self.past} == self.past

    @invariant()
    def nothing_that_may_be_major_is_closed_unanswered(self) -> None:
        if self.hazard.suspected:
            assert self.hazard.state in OPEN

    def teardown(self) -> None:
        """The journal still verifies; the life is undone."""
        try:
            assert first_fault(self.hazard.unit_id) is None
        finally:
            transaction.set_rollback(True)
            self._undo.close()


@pytest.mark.django_db
def test_no_sequence_of_acts_reaches_a_forbidden_state(district):
    Lives.district = district
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not LONG,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink) if LONG else (Phase.generate,),
        ),
    )
