"""Whatever is added, reviewed and retired, on whatever day: figures equal a plain recount, whenever asked."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.indicators import Untold, indicator
from xiaoan.organisations.queries import terms
from xiaoan.risks.acts import retire_risk
from xiaoan.risks.models import Risk, RiskState
from xiaoan.risks.tests.factories import a_risk, reviewed

OPENS = date(2025, 1, 6)
CODES = ("2024-2025T1", "2024-2025T2", "2025-2026T1")
steps = st.tuples(st.sampled_from(["add", "review", "retire"]), st.integers(0, 5), st.integers(0, 60))


@dataclass
class Plain:
    """What the model of the test knows of one point."""

    added: date
    ended: date | None = None
    reviews: list[date] = field(default_factory=list)


@dataclass
class Story:
    """Deeds done for real, day after day, and told to the plain model."""

    here: object
    terms: object
    today: date = OPENS
    told: list[Plain] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)

    def live(self, verb, number, wait):
        self.today += timedelta(days=wait)
        with clock.held_at(clock.at(self.today, 9)):
            if verb == "add":
                self.risks.append(a_risk(self.here, point=f"第{len(self.risks)}点"))
                self.told.append(Plain(self.today))
            elif number < len(self.risks) and self.told[number].ended is None:
                getattr(self, verb)(self.told[number], self.risks[number])

    def review(self, plain, risk):
        term = self.terms.at(self.today)
        if not any(day in term for day in plain.reviews):
            reviewed(self.here, risk)
            plain.reviews.append(self.today)

    def retire(self, plain, risk):
        actor = self.here.actor("shen")
        retire_risk(actor=actor, ask=Ask(), risk=risk, state=RiskState.ELIMINATED, reason="已拆除")
        plain.ended = self.today

    def figures(self, term, asked_on):
        """(reviewed, listed) by plain counting."""
        day = min(term.last, asked_on)
        there = [each for each in self.told if each.added <= day and (each.ended is None or each.ended > day)]
        return sum(any(day in term for day in each.reviews) for each in there), len(there)

    def counted(self, term):
        """The same by the measure; nothing listed is 缺依据."""
        school = self.here.cast.school.pk
        pair = indicator("risks.reviewed").pairs([school], term, {})[school]
        return int(pair.achieved), 0 if isinstance(pair.expected, Untold) else int(pair.expected)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(steps, max_size=12), later=st.integers(0, 400))
def test_figures_equal_a_plain_recount_whenever_they_are_asked(here, story, later):
    with transaction.atomic():
        lived = Story(here, terms(here.cast.bureau.pk))
        for step in story:
            lived.live(*step)
        asked_on = lived.today + timedelta(days=later)
        for code in CODES:
            term = lived.terms.named(code)
            with clock.held_at(clock.at(asked_on)):
                assert lived.counted(term) == lived.figures(term, asked_on)
        transaction.set_rollback(True)
