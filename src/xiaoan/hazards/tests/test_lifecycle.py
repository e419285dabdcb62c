"""Generated from the table: every situation, every verb, everybody. What is allowed ends where the table says."""

import os
from collections.abc import Iterator

import pytest
from django.db import transaction

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import NotFound, NotPermitted, Refused, WrongStep
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.once import Submission
from xiaoan.foundation.pages import see
from xiaoan.foundation.permissions import Denied, Verdict
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard, State, Step
from xiaoan.hazards.steps import FOLLOWING
from xiaoan.hazards.tests.factories import District, fresh
from xiaoan.hazards.tests.moves import CAST, MACHINE, MOVES, SITUATIONS, actor_of, ask_for, rule_of

pytestmark = pytest.mark.django_db
ALL = [*SITUATIONS, "merged"]
EVERYBODY = (*CAST, MACHINE)
LONG = bool(os.environ.get("XIAOAN_LONG"))


def test_every_verb_of_the_table_has_its_act_and_every_state_its_situation(world):
    _district, hazards, _other = world
    assert set(MOVES) | FOLLOWING == {move.verb for move in HAZARD.moves}
    assert {hazard.state for hazard in hazards.values()} == set(State.values)


def traces(hazard: Hazard) -> tuple[object, ...]:
    """What an act leaves behind."""
    counts = [model.objects.count() for model in (Submission, JournalEntry, Announcement)]
    return (
        Hazard.objects.everything("a test").filter(pk=hazard.pk).values_list().get(),
        list(Step.objects.filter(hazard=hazard).order_by("number").values_list()),
        *counts,
    )


def verdicts(hazard: Hazard, actor: Actor) -> dict[str, Verdict]:
    """What the page says of each move to somebody: yes, or why not; what is not the step for it is not named."""
    return {move.verb: verdict for move, verdict in HAZARD.offers(hazard, actor)}


def answer(district: District, hazard: Hazard, verb: str, who: str, other: Hazard) -> object:
    """The state, version and last step to which a move leads, or its refusal; what it did is undone."""
    try:
        with transaction.atomic():
            ask_for(district, hazard, verb, who, other)
            found = fresh(hazard)
            told = found.state, found.version, found.steps.get(until=None).verb
            transaction.set_rollback(True)
    except Refused as refusal:
        return type(refusal), str(refusal)
    return told


def expected(hazard: Hazard, verb: str, actor: Actor, told: Verdict | None) -> object:
    """What the table and its rules promise, with what the page says of the move."""
    if told:
        return HAZARD.move_of(hazard, verb).to or hazard.state, hazard.version + 1, verb
    rule = told if told is not None or actor.is_robot else rule_of(verb)(actor, hazard)
    if isinstance(rule, Denied):
        return NotPermitted, str(rule.reason)
    words = f"现在的步骤是「{HAZARD.states[hazard.state]}」，不能{HAZARD.move(verb).label}。"
    return WrongStep, words


def cases(district: District, hazard: Hazard, turn: int) -> Iterator[tuple[str, str, object]]:
    """Verb, who asks, and what is promised: one person for each answer, another one in each situation.

    Everybody has their answer; of those who have the same one, all ask with XIAOAN_LONG only.
    """
    everybody = [*EVERYBODY[turn % len(EVERYBODY) :], *EVERYBODY[: turn % len(EVERYBODY)]]
    actors = {who: actor_of(district, who) for who in everybody}
    told = {who: verdicts(hazard, actor) for who, actor in actors.items()}
    for verb in MOVES:
        askers: dict[object, list[str]] = {}
        for who in everybody:
            if who != MACHINE or HAZARD.move(verb).robot:
                promise = expected(hazard, verb, actors[who], told[who].get(verb))
                askers.setdefault(promise, []).append(who)
        for promised, people in askers.items():
            for who in people if LONG else people[:1]:
                yield verb, who, promised


@pytest.mark.parametrize("situation", ALL)
def test_every_move_ends_where_the_table_says_or_is_refused_and_changes_nothing(world, situation):
    district, hazards, other = world
    hazard, wrong = hazards[situation], []
    before = traces(hazard)
    for verb, who, promised in cases(district, hazard, ALL.index(situation)):
        told = answer(district, fresh(hazard), verb, who, other)
        if told != promised:
            wrong.append(f"{verb} by {who}: {promised} promised, {told} came")
    assert wrong == []
    assert traces(hazard) == before


@pytest.mark.parametrize("verb", [verb for verb in MOVES if not HAZARD.move(verb).robot])
def test_the_machine_makes_no_move_of_a_person(world, verb):
    district, hazards, other = world
    hazard = next(each for each in hazards.values() if HAZARD.move_of(each, verb))
    assert answer(district, fresh(hazard), verb, MACHINE, other)[0] == NotPermitted


@pytest.mark.parametrize("situation", ALL)
def test_the_other_district_and_the_neighbour_find_nothing(world, situation):
    district, hazards, _other = world
    for who in ("yi", "tang"):
        with pytest.raises(NotFound):
            see(Hazard.objects.visible_to(district.actor(who)), pk=hazards[situation].pk)


@pytest.mark.parametrize("state", sorted(set(State.values) - {"archived", "merged", "not_hazard", "void"}))
def test_something_leads_on_from_every_step_that_is_not_an_end(state):
    assert [move.verb for move in HAZARD.moves if state in move.frm and move.to not in {"", state}]


@pytest.mark.parametrize("situation", ["archived", "merged", "dismissed", "void"])
def test_nothing_leads_on_from_an_end(world, situation):
    district, hazards, _other = world
    assert [HAZARD.offers(hazards[situation], actor_of(district, who)) for who in EVERYBODY] == [[]] * len(
        EVERYBODY
    )


@pytest.mark.parametrize(
    "situation", [name for name in ALL if name not in {"archived", "merged", "dismissed", "void"}]
)
def test_somebody_can_lead_on_from_every_situation(world, situation):
    """Nothing gets stuck: a step that brings it further, or a flag that opens the way to one."""
    district, hazards, other = world
    hazard = fresh(hazards[situation])
    if leading_on(district, hazard):
        return
    verb, who = next((verb, who) for verb, who, _to in open_moves(district, hazard) if verb in OPENING)
    with transaction.atomic():
        ask_for(district, hazard, verb, who, other)
        assert leading_on(district, fresh(hazard))
        transaction.set_rollback(True)


OPENING = {"plan", "explain", "draft_lifting", "clear_suspicion"}
"""Flags that a rule waits for."""


def open_moves(district: District, hazard: Hazard) -> list[tuple[str, str, str]]:
    """Verb, who and end of every move that somebody may make now."""
    return [
        (move.verb, who, move.to)
        for who in EVERYBODY
        for move, may in HAZARD.offers(hazard, actor_of(district, who))
        if may
    ]


def leading_on(district: District, hazard: Hazard) -> list[str]:
    """Verbs of the moves that change the step."""
    return [verb for verb, _who, to in open_moves(district, hazard) if to not in {"", hazard.state}]
