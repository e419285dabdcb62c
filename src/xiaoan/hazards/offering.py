"""What the forms of moves offer: posts with their holders, criteria, risk points, other units, a second person."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.hazards.holding import proposed_post
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.queries import mergeable
from xiaoan.hazards.rules import rules_of
from xiaoan.organisations.models import Unit, UnitKind
from xiaoan.people.models import Person
from xiaoan.people.queries import appointments_on, people_in_post, posts_by_name, posts_in_use
from xiaoan.risks.models import Risk

Choices = list[tuple[str, Any]]
SHOWN = 50
HANDLERS = (
    UnitKind.SECTION,
    UnitKind.TOWN,
    UnitKind.SPONSOR,
    UnitKind.PARTNER,
    UnitKind.CENTRE,
    UnitKind.BUREAU,
)
"""Who may be asked to do what a unit cannot: money, landlord, road."""


def posts(actor: Actor, hazard: Hazard) -> Choices:
    """The posts of a hazard's unit, each with who holds it today; those that nobody holds say so."""
    unit = hazard.unit
    held: dict[str, list[str]] = {}
    for row in appointments_on(actor, unit, clock.today()):
        held.setdefault(row.post.code, []).append(row.person.name)
    proposed = proposed_post(hazard.place)
    rows = [
        post
        for post in posts_in_use(unit.district_id)
        if post.code in held
        or ((not post.kinds or unit.kind in post.kinds.split()) and post.role in RECTIFYING)
    ]
    rows.sort(key=lambda post: post != proposed)
    return [
        (post.code, _post_label(post, held.get(post.code, []), is_proposed=post == proposed)) for post in rows
    ]


RECTIFYING = frozenset({"principal", "safety_lead", "safety_officer", "department_head", "post_holder"})
"""Roles whose posts a vacant place may wait for."""


def _post_label(post: Any, names: list[str], *, is_proposed: bool) -> str:
    """食堂负责人 周砚秋（负责该部位）."""
    who = _("、").join(names) or _("空缺")
    label = f"{post} {who}"
    return _("%(post)s（负责该部位）") % {"post": label} if is_proposed else label


def first_post(hazard: Hazard) -> str:
    """The post that is proposed: the one that holds the place."""
    proposed = proposed_post(hazard.place)
    return hazard.post or (proposed.code if proposed else "")


def rectifying_posts(actor: Actor) -> Choices:
    """The posts in use whose holders put things right, whatever the unit."""
    return [(post.code, str(post)) for post in posts_in_use(actor.district_id) if post.role in RECTIFYING]


def proposals(actor: Actor, hazards: Iterable[Hazard]) -> dict[UUID, str]:
    """The names of the posts that are proposed for hazards, by key; one statement for all. None is left out."""
    by_name = posts_by_name(actor)
    by_code = {post.code: post for post in by_name.values()}
    found = {
        hazard.pk: by_code.get(hazard.post) or by_name.get(hazard.place.post_name if hazard.place else "")
        for hazard in hazards
    }
    return {key: str(post) for key, post in found.items() if post}


def criteria_of(hazards: Iterable[Hazard]) -> list[str]:
    """The criteria that may make hazards of these kinds major, in the order of the pack."""
    found: dict[str, str] = {}
    for hazard in hazards:
        for each in rules_of(hazard.pack_version).criteria_for(hazard.kind):
            found.setdefault(each.code, criterion_words(each))
    return list(found.values())


def first_date(hazard: Hazard) -> Any:
    """The date that is proposed, by the pack's days."""
    deadlines = rules_of(hazard.pack_version).deadlines
    days = deadlines.major if hazard.is_major else deadlines.general
    return clock.today() + timedelta(days=days)


def criteria(hazard: Hazard) -> Choices:
    """What may make it major: those of its kind first. A working set of the bureau is marked as such."""
    rules = rules_of(hazard.pack_version)
    found = sorted(rules.criteria, key=lambda each: hazard.kind not in each.kinds)
    return [(each.code, criterion_words(each)) for each in found]


def criterion_words(criterion: Any) -> str:
    """Code and words; 局定 where it is the bureau's own working set and no published text."""
    if criterion.grade == "A":
        return f"{criterion.code} {criterion.title}"
    return _("%(code)s %(title)s（局定参考，非法规原文）") % {
        "code": criterion.code,
        "title": criterion.title,
    }


def risks(actor: Actor, hazard: Hazard) -> Choices:
    """The risk points on the unit's list, those of the place first."""
    rows = Risk.objects.visible_to(actor).filter(unit=hazard.unit_id, ends_on=None).select_related("place")
    found = sorted(rows[:SHOWN], key=lambda risk: risk.place_id != hazard.place_id)
    return [(str(risk.pk), f"{risk.place.name} · {risk}") for risk in found]


def others(actor: Actor, hazard: Hazard) -> Choices:
    """What it may be merged into."""
    return [(str(each.pk), f"{each.code} {each.text[:40]}") for each in mergeable(actor, hazard)[:SHOWN]]


def handlers(actor: Actor, hazard: Hazard) -> Choices:
    """Units that may be asked to do it."""
    rows = Unit.objects.visible_to(actor).filter(kind__in=HANDLERS, closed_on=None).exclude(pk=hazard.unit_id)
    return [(str(unit.pk), unit.name) for unit in rows.order_by("kind", "code")]


def companions(actor: Actor, hazard: Hazard) -> Choices:
    """Who may come along to re-check a major hazard: people of overseeing units; nobody for others."""
    if not hazard.is_major:
        return []
    rows = (
        people_in_post(actor)
        .filter(unit__oversees=True)
        .exclude(pk=str(actor.person_id))
        .order_by("staff_no")
    )
    return [(str(person.pk), f"{person.name} · {person.unit.name}") for person in rows[:200]]


def picked(model: Any, actor: Actor, key: str) -> Any:
    """The record of a choice, if the actor sees it; none where nothing was picked."""
    return model.objects.visible_to(actor).filter(pk=key).first() if key else None


def companion(actor: Actor, key: str) -> Person | None:
    """The second person of a choice."""
    found: Person | None = picked(Person, actor, key)
    return found
