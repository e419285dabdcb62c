"""What the journal costs: an act with it against the same act without it."""

import pytest
from tests.trial.acts import write_note

from bench.ratios import ratio, told
from xiaoan.foundation import acts
from xiaoan.foundation.actor import Ask
from xiaoan.people.tests.factories import make_cast


@pytest.mark.django_db(transaction=True)
def test_an_act_with_journal_costs_little_more_than_without():
    cast = make_cast()
    actor = cast.actor("shen")
    write_journal = acts.journal.write

    def act():
        write_note(actor=actor, ask=Ask(), unit=cast.school, text="栏杆松动")

    def act_without_journal():
        acts.journal.write = lambda _notes: None
        try:
            act()
        finally:
            acts.journal.write = write_journal

    told("act with journal / without", ratio(act, act_without_journal), 1.35)
