"""Who is told and reminded, who takes over, and what the calendar does."""

from datetime import timedelta

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.errors import Conflict, NotPermitted
from xiaoan.foundation.jobs import known_jobs
from xiaoan.foundation.search import find
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import GENERAL, ISSUED, MAJOR, SOON, TODAY, do, fresh, lived, reported
from xiaoan.hazards.tests.moves import referred
from xiaoan.messages.models import Message, Reminder
from xiaoan.organisations.models import UnitKind
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.acts import appoint, end_appointment
from xiaoan.people.models import Appointment
from xiaoan.people.tests.factories import a_person, a_post, appointed


def told(person):
    rows = Message.objects.everything("a test").filter(person=person)
    return [message.kind_zh for message in rows.order_by("created_at", "id")]


def test_the_holder_is_told_and_reminded_until_it_is_put_right(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    drain()
    assert told(district.cast.zhou) == ["整改"]
    reminder = Reminder.objects.everything("a test").get()
    assert (reminder.due_on, reminder.state) == (SOON, "open")
    do(district, hazard, "submit_hazard", "zhou", words="已更换")
    drain()
    reminder.refresh_from_db()
    assert reminder.state == "ended"


def test_what_may_be_major_is_told_at_once(district):
    reported(district, suspected=True, control="停用")
    drain()
    assert told(district.cast.gu) == ["疑似重大"]
    assert told(district.cast.bai) == ["疑似重大"]
    assert told(district.cast.lin) == ["疑似重大"]
    assert told(district.cast.tang) == []


def test_the_finder_hears_why_it_was_not_taken(district):
    hazard = reported(district, "zhou")
    do(district, hazard, "dismiss_hazard", "chen", words="是正常磨损")
    drain()
    assert told(district.cast.zhou) == ["不予认定"]


def test_a_new_holder_takes_over_and_the_chain_says_so(district):
    officers = appointed(district.cast.bureau, "security_officer", "安无咎")
    from xiaoan.people.queries import actor_for

    hazard = lived(district, reported(district), GENERAL[:2])
    actor = actor_for(officers)
    held = Appointment.objects.everything("a test").get(person=district.cast.zhou)
    end_appointment(actor=actor, ask=Ask(), appointment=held, ends_on=TODAY - timedelta(days=1))
    newcomer = a_person(district.cast.school, "许明夷")
    post = a_post(district.cast.bureau, "post_holder")
    appoint(actor=actor, ask=Ask(), person=newcomer, unit=district.cast.school, post=post, starts_on=TODAY)
    drain()
    assert fresh(hazard).holder == newcomer
    chain = hazard.holdings.order_by("number").values_list("person_name", "since", "until")
    assert chain[0] == ("周砚秋", TODAY, TODAY)
    assert list(chain)[-1] == ("许明夷", TODAY, None)


def test_a_vacant_post_falls_to_the_head_and_says_so(district):
    Appointment.objects.everything("a test").filter(person=district.cast.zhou).update(
        ends_on=TODAY - timedelta(days=1)
    )
    hazard = lived(district, reported(district), GENERAL[:2])
    holding = hazard.holdings.get()
    assert (holding.person_name, holding.stands_in) == ("林一鸣", True)


def test_a_post_held_in_a_department_is_not_vacant(district):
    department = a_unit(district.cast.school, UnitKind.DEPARTMENT, code="YH-S1-D1", name="总务处")
    head = appointed(department, "department_head", "江知行")
    hazard = lived(district, reported(district), GENERAL[:1])
    do(district, hazard, "dispatch_hazard", "chen", post="department_head", due_on=SOON)
    assert (fresh(hazard).holder, hazard.holdings.get().stands_in) == (head, False)
    newcomer = appointed(department, "department_head", "柳映溪")
    Appointment.objects.everything("a test").filter(person=head).update(ends_on=TODAY - timedelta(days=1))
    drain()
    known_jobs()["hazards.follow_holders"](slot="a day")
    assert fresh(hazard).holder == newcomer


@pytest.mark.parametrize("days", [29, 30])
def test_a_general_hazard_outside_the_sample_archives_itself_after_thirty_days(district, days):
    hazard = lived(district, reported(district), GENERAL)
    Hazard.objects.everything("a test").update(look_back_on=None, looks_back_left=0)
    with clock.held_at(clock.at(TODAY + timedelta(days=days))):
        known_jobs()["hazards.archive"](slot="a day")
    assert fresh(hazard).state == ("archived" if days == 30 else "closed")


def test_a_look_back_is_called_for_some_days_before_its_date(district):
    hazard = lived(district, reported(district), MAJOR)
    for days, state in ((15, "closed"), (16, "to_look_back")):
        with clock.held_at(clock.at(TODAY + timedelta(days=days))):
            known_jobs()["hazards.call_for_looks_back"](slot=f"day {days}")
        assert fresh(hazard).state == state


def test_a_hazard_is_found_by_its_words_by_those_who_see_it(district):
    hazard = reported(district)
    drain()
    assert [hits.records for hits in find(district.actor("shen"), "软管老化", [Hazard])] == [[hazard]]
    assert find(district.actor("yi"), "软管老化", [Hazard]) == []


@pytest.mark.parametrize(
    ("steps", "heard"),
    [
        (GENERAL[:2], {"zhou": ["催办", "整改"]}),
        (GENERAL[:3], {"chen": ["催办"], "lin": ["催办"], "zhou": ["整改"]}),
    ],
    ids=["who must put it right", "who must accept it"],
)
def test_whoever_holds_it_now_is_urged(district, steps, heard):
    hazard = lived(district, reported(district), steps)
    do(district, hazard, "urge_hazard", "gu", words="请抓紧")
    drain()
    assert {who: sorted(told(getattr(district.cast, who))) for who in heard} == heard
    assert fresh(hazard).steps.get(until=None).words == "请抓紧"


def test_a_receiver_is_urged_too(district):
    hazard = referred(district, ISSUED[:2])
    do(district, hazard, "urge_hazard", "su")
    drain()
    assert told(district.fang) == ["催办"]


def test_urging_is_once_a_day_each_and_moves_no_reminder(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    drain()
    before = Reminder.objects.everything("a test").values("due_on", "next_on", "steps").get()
    do(district, hazard, "urge_hazard", "chen")
    with pytest.raises(Conflict, match="今天已经催办过"):
        do(district, fresh(hazard), "urge_hazard", "gu")
    drain()
    assert Reminder.objects.everything("a test").values("due_on", "next_on", "steps").get() == before
    with clock.held_at(clock.at(TODAY + timedelta(days=1))):
        do(district, fresh(hazard), "urge_hazard", "gu")
    drain()
    assert sorted(told(district.cast.zhou)) == ["催办", "催办", "整改"]


def test_nobody_urges_themselves(district):
    hazard = lived(
        district,
        reported(district),
        [GENERAL[0], ("dispatch_hazard", "chen", {"post": "safety_officer", "due_on": SOON})],
    )
    with pytest.raises(NotPermitted, match="您就是责任人"):
        do(district, hazard, "urge_hazard", "shen")
