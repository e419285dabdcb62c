"""Every act, asked by everybody at every spot: the answer is the file's, and a denied act stores nothing."""

import importlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction

from tests.families.deed import Deed
from tests.families.deeds import DEEDS, MACHINE_ONLY
from tests.families.oracle import reaches
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.acts import registered_acts
from xiaoan.foundation.errors import NotPermitted
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Person

pytestmark = pytest.mark.django_db
SUITE = "trial."
"""The module of the suite itself: `tests/trial` asks its acts."""


def test_every_act_has_its_recipe_and_the_other_way_round():
    assert set(DEEDS) == {name for name in registered_acts() if not name.startswith(SUITE)}


def expected(person: Person, name: str, deed: Deed, nouns) -> bool:
    """What the file says about a person and the record that the act is asked on."""
    if not deed.on:
        return False
    record = nouns[deed.on][0] if isinstance(nouns[deed.on], list) else nouns[deed.on]
    reach = type(record).reach
    own = [getattr(record, column) for column in reach.persons]
    handler = getattr(record, reach.handler) if reach.handler else None
    concerned = next((each for each in (nouns.get("person"), nouns.get("appointment")) if each), None)
    if deed.never_oneself and getattr(concerned, "person_id", concerned.pk) == person.pk:
        return False
    if deed.barred and getattr(record, deed.barred) == person.pk:
        return False
    unit = record if isinstance(record, Unit) else Unit.objects.everything("an oracle").get(pk=record.unit_id)
    return reaches(
        person,
        name,
        district=record.district_id,
        unit=unit,
        own=own,
        handler=handler,
        posts=deed.posts,
        roles=deed.roles,
    )


def asked(world, name) -> Iterator[tuple]:
    """Everybody at every spot: who, where, the nouns there."""
    deed = DEEDS[name]
    for where, spot in world.spots.items():
        for who, person in world.people.items():
            yield who, where, person, deed.nouns(spot, person)


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_the_rule_of_an_act_is_the_files(world, name):
    deed, registered, wrong = DEEDS[name], registered_acts()[name], []
    for who, where, person, nouns in asked(world, name):
        verdict = registered.may(world.actor(who), **{noun: nouns[noun] for noun in registered.rule_nouns})
        if bool(verdict) != expected(person, name, deed, nouns):
            wrong.append(f"{who} at {where}: {verdict}")
    assert wrong == []


def stored():
    """Every row of every table."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in apps.get_models()
    }


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_a_denied_act_stores_nothing(world, name):
    act, let_through = acting(name), []
    cases = [case for case in asked(world, name) if not expected(case[2], name, DEEDS[name], case[3])]
    before = stored()
    for who, where, _person, nouns in cases:
        try:
            act(actor=world.actor(who), ask=Ask(), **nouns)
        except NotPermitted:
            continue
        let_through.append(f"{who} at {where}")
    assert let_through == []
    assert cases
    assert stored() == before


@pytest.mark.parametrize("name", sorted(set(DEEDS) - MACHINE_ONLY))
def test_somebody_may_and_it_is_done(world, name):
    """An act that nobody may do, or whose recipe does nothing, would make the tests above say nothing."""
    act, done = acting(name), 0
    for who, _where, person, nouns in asked(world, name):
        if expected(person, name, DEEDS[name], nouns):
            with transaction.atomic():
                act(actor=world.actor(who), ask=Ask(), **fresh(nouns))
                transaction.set_rollback(True)
            done += 1
    assert done


def fresh(nouns):
    """The nouns as they stand in the database: an act that was rolled back has changed the ones in hand."""
    return {
        name: type(noun)._base_manager.get(pk=noun.pk) if hasattr(noun, "_meta") else noun
        for name, noun in nouns.items()
    }


def acting(name):
    """The act as its callers call it."""
    body = registered_acts()[name].body
    return getattr(importlib.import_module(body.__module__), body.__name__)
