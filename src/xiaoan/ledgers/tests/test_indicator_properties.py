"""Whatever is recorded, moved and voided, in whatever order: figures equal a plain count, whenever asked."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.indicators import indicator
from xiaoan.foundation.periods import parse_period
from xiaoan.ledgers.acts import correct_entry, finish_item, void_entry
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import MEETING, a_meeting, an_item, recorded

PERIODS = [parse_period(code) for code in ("2025", "2025H1", "2025Q1", "2025Q2", "2025-03", "2024-2025")]
EXPECTED = 3
OPENS = date(2025, 1, 1)
days = st.integers(0, 180).map(lambda number: OPENS + timedelta(days=number))
deeds = st.one_of(
    st.tuples(st.just("record"), days, st.integers(0, 40)),
    st.tuples(st.just("move"), st.integers(0, 9), days),
    st.tuples(st.just("void"), st.integers(0, 9), st.none()),
    st.tuples(st.just("finish"), st.integers(0, 9), st.integers(0, 60)),
)


@dataclass
class Plain:
    """What the model of the test knows of one entry."""

    day: date
    due: date
    void: bool = False
    done: date | None = None


@dataclass
class Story:
    """Deeds done for real, and told to the plain model."""

    kept: object
    told: list[Plain] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def record(self, day, patience):
        due = day + timedelta(days=patience)
        number = len(self.entries)
        filling = a_meeting(self.kept, an_item(self.kept, due=due), day=day, agenda=f"第{number}次")
        self.entries.append(recorded(self.kept, filling))
        self.told.append(Plain(day, due))

    def move(self, number, day):
        if number < len(self.told) and not self.told[number].void and self.told[number].day != day:
            filling = a_meeting(self.kept, day=day, agenda=f"第{number}次")
            entry = self.entries[number]
            actor = self.kept.actor("lin")
            correct_entry(actor=actor, ask=Ask(), entry=entry, filling=filling, reason="日期写错")
            self.told[number].day = day

    def void(self, number, _nothing):
        if number < len(self.told) and not self.told[number].void:
            void_entry(actor=self.kept.actor("lin"), ask=Ask(), entry=self.entries[number], reason="重复")
            self.told[number].void = True

    def finish(self, number, wait):
        if number < len(self.told) and not self.told[number].void and self.told[number].done is None:
            day = min(self.told[number].day + timedelta(days=wait), clock.today())
            item = self.entries[number].items.select_related("unit", "entry").get()
            finish_item(actor=self.kept.actor("lin"), ask=Ask(), item=item, done_on=day, note="")
            self.told[number].done = day

    def figures(self, period):
        """(held, in time, due) by plain counting."""
        valid = [each for each in self.told if not each.void]
        due = [each for each in valid if each.due in period]
        in_time = [each for each in due if each.done is not None and each.done <= each.due]
        return min(sum(each.day in period for each in valid), EXPECTED), len(in_time), len(due)

    def counted(self, period):
        """The same by the measures."""
        school = self.kept.cast.school.id
        with_ = {"kind": MEETING, "chaired_by": ["head_teacher"], "expected": EXPECTED}
        held = indicator("ledgers.records_held").pairs([school], period, with_)[school]
        pair = indicator("ledgers.items_finished").pairs([school], period, {"kind": MEETING}).get(school)
        return held.achieved, *((pair.achieved, pair.expected) if pair else (0, 0))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(deeds, max_size=12), asked_on=st.dates(date(2025, 12, 17), date(2027, 1, 1)))
def test_figures_equal_a_plain_count_whenever_they_are_asked(kept, story, asked_on):
    with transaction.atomic():
        lived = Story(kept)
        for verb, first, second in story:
            getattr(lived, verb)(first, second)
        for period in PERIODS:
            assert lived.counted(period) == lived.figures(period)
            with clock.held_at(clock.at(asked_on)):
                assert lived.counted(period) == lived.figures(period)
        transaction.set_rollback(True)
