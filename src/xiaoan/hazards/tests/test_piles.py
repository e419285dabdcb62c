"""Work above the units lies in piles: each holds exactly what the table of moves lets its owner carry on."""

import re
from datetime import date

import pytest

from xiaoan.hazards import piles as above
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard, Level, State
from xiaoan.hazards.owing import carries_on
from xiaoan.hazards.piles import WORK, mine, piles, work_of
from xiaoan.hazards.tests.factories import GENERAL, ISSUED, do, from_above, lived, reported
from xiaoan.hazards.tests.moves import actor_of

pytestmark = pytest.mark.django_db
ABOVE = ("bai", "gu", "su", "he")
OWN_LEVEL = {"judge_major", "list", "lower", "lift", "draft_lifting", "sound"}
"""Moves that nobody makes inside a unit."""
ANSWERS = {"suspected": {"judge_major", "clear_suspicion", "reject_fix"}}
"""Kinds of work that more than one move answers."""


def lying(actor):
    """The hazards of each pile of an actor, as the list shows them."""
    rows = Hazard.objects.visible_to(actor)
    return {work.code: set(mine(actor).apply(rows, work.code)) for work in work_of(actor)}


def allowed(hazard, actor):
    return {move.verb for move, verdict in HAZARD.offers(hazard, actor) if verdict}


@pytest.mark.parametrize("who", ABOVE)
def test_what_lies_in_a_pile_is_the_owners_to_do(world, who):
    actor = actor_of(world[0], who)
    verbs = {work.code: work.verb for work in WORK}
    barred = {
        (code, each.text)
        for code, hazards in lying(actor).items()
        for each in hazards
        if not allowed(each, actor) & ANSWERS.get(code, {verbs[code]})
    }
    assert barred == set()


@pytest.mark.parametrize("who", ABOVE)
def test_what_only_they_carry_on_lies_in_a_pile_of_theirs(world, who):
    district, hazards, _other = world
    actor = actor_of(district, who)
    known = set().union(*lying(actor).values())
    left = {
        name
        for name, each in hazards.items()
        for verb in allowed(each, actor)
        if carries_on(each, verb) and (verb in OWN_LEVEL or each.level != Level.UNIT)
        if each not in known and (verb != "judge_major" or each.suspected)
        if not (verb == "draft_lifting" and each.draft)
        if verb != "confirm_time"
    }
    assert left == set()


@pytest.mark.parametrize("who", ABOVE)
def test_a_hazard_lies_in_one_pile_and_its_number_is_what_the_list_shows(world, who):
    actor = actor_of(world[0], who)
    shown = lying(actor)
    assert sum(map(len, shown.values())) == len(set().union(*shown.values()))
    codes = {str(work.words): work.code for work in WORK}
    assert {codes[str(pile.kind)]: pile.number for pile in piles(actor)} == {
        code: len(hazards) for code, hazards in shown.items() if hazards
    }


def test_the_oldest_lies_on_top_with_its_next_step_and_no_invented_date(district, client):
    first = from_above(district, text="先发现的", found_on=date(2025, 12, 10))
    from_above(district, text="后发现的")
    (pile,) = piles(district.actor("su"))
    assert (str(pile.kind), pile.number, pile.first.title, str(pile.first.button)) == (
        "待判定",
        2,
        "先发现的",
        "判定",
    )
    assert (pile.first.url, pile.first.due, pile.first.since) == (
        first.get_absolute_url(),
        None,
        first.found_on,
    )
    client.force_login(district.su.account)
    page = client.get(pile.url).content.decode()
    assert page.index("先发现的") < page.index("后发现的")


def test_opening_a_pile_does_not_change_the_order_that_a_person_keeps(district, client):
    from_above(district)
    client.force_login(district.su.account)
    (pile,) = piles(district.actor("su"))
    client.get(pile.url)
    first = re.search(r'<select[^>]*name="order".*?<option value="(\w+)"', client.get("/hazards/").content.decode(), re.DOTALL)  # fmt: skip
    assert first[1] == "due"


def test_an_extension_of_the_centres_order_waits_for_its_head_alone(district):
    hazard = lived(district, from_above(district), ISSUED[:2])
    do(
        district,
        hazard,
        "ask_extension",
        "zhou",
        due_on=hazard.due_on.replace(day=30),
        words="配件未到",
        control="停用",
    )
    waiting = {who: [str(pile.kind) for pile in piles(district.actor(who))] for who in ABOVE}
    assert waiting == {"bai": [], "gu": ["延期待批准"], "su": [], "he": []}


def test_the_district_is_told_what_is_late_where_and_who_has_the_rest(district):
    lived(district, reported(district), GENERAL[:2])
    Hazard.objects.everything("a test").update(due_on="2025-12-01")
    lived(district, reported(district), GENERAL[:3])
    told = above.district(district.actor("he"))
    assert (told.open, told.overdue, told.overdue_units) == (2, 1, 1)
    assert [(str(pile.kind), pile.number) for pile in told.with_others] == [
        (State.RECTIFYING.label, 1),
        (State.TO_VERIFY.label, 1),
    ]


def test_a_school_is_not_told_the_numbers_of_the_district(district):
    assert above.district(district.actor("lin")) is None
