"""What follows from a step: the index knows it, whoever must act is told and reminded, and a new holder takes over."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.events import Delivery, reacts_to
from xiaoan.foundation.search import RECORDS_AT_ONCE, index_many, register_searchable
from xiaoan.hazards.acts import hand_over_hazard
from xiaoan.hazards.events import (
    Dismissed,
    HandedOut,
    HazardClosed,
    HazardMoved,
    HazardReported,
    HazardsImported,
    MajorSuspected,
    SentBack,
    Urged,
)
from xiaoan.hazards.holding import answering
from xiaoan.hazards.indicators.tallies import tally_unit
from xiaoan.hazards.lifecycle import HELD
from xiaoan.hazards.models import Hazard, State
from xiaoan.hazards.rules import rules_of
from xiaoan.messages.acts import forget, remind, tell
from xiaoan.messages.models import Holder, Notice
from xiaoan.people.events import AppointmentChanged, PeopleChanged
from xiaoan.people.models import Appointment, Person
from xiaoan.people.permissions import in_force

WANTED = frozenset({State.RECTIFYING, State.SCHEDULED})
"""Steps at which somebody is reminded of a date."""
URGENT_WORDS = {
    State.RECTIFYING: _("请按期整改，完成后提交。"),
    State.SCHEDULED: _("请按期整改，完成后提交。"),
    State.REFERRED: _("请按期办结转办的隐患。"),
    State.TO_VERIFY: _("整改已经提交，请到现场验收。"),
}
SUSPICION_TOLD = ("centre_head", "legal")
"""Roles that hear at once of what may be major."""


def _hazards() -> "QuerySet[Hazard]":
    """All hazards, with what they say."""
    rows = Hazard.objects.everything(
        "the index and the machine know every hazard; who finds it is asked later"
    )
    return rows.select_related("unit", "pack_version", "found_by", "holder", "rectified_by")


def _words(hazard: Hazard) -> str:
    """What a hazard is found by."""
    return f"{hazard.code} {hazard.text} {hazard.place_name} {hazard.finder}"


HAZARDS = register_searchable(_hazards, _words)


@reacts_to(HazardReported)
def index_hazard(delivery: Delivery) -> None:
    """Index a new hazard; what it is found by does not change."""
    HAZARDS.refresh(delivery.event.record_id)


@reacts_to(HazardsImported)
def index_old_ledger(delivery: Delivery) -> None:
    """Index what came to a unit with the old ledger. Nobody is told or reminded of it: it is no news."""
    rows = _hazards().filter(unit_id=delivery.event.unit_id, historical=True).order_by("pk")
    last: UUID | None = None
    while hazards := list((rows.filter(pk__gt=last) if last else rows)[:RECORDS_AT_ONCE]):
        index_many((hazard, _words(hazard)) for hazard in hazards)
        last = hazards[-1].pk


@reacts_to(HazardReported, HazardMoved, HazardsImported)
def count_months(delivery: Delivery) -> None:
    """Fold the step into the monthly counts of its unit."""
    tally_unit(delivery.event.district_id, delivery.event.unit_id)


@reacts_to(HazardMoved)
def follow_the_clock(delivery: Delivery) -> None:
    """催办 begins with the order, moves with the date, and ends when nobody has to put it right any more."""
    hazard = _one(delivery)
    machine = delivery.robot()
    if hazard.state in WANTED and hazard.due_on:
        reminders = rules_of(hazard.pack_version).reminders
        remind(
            actor=machine,
            ask=delivery.ask("remind"),
            subject=hazard,
            due=hazard.due_on,
            steps=tuple(reminders.major if hazard.is_major else reminders.general),
            holder=Holder(hazard.unit, (hazard.post,)),
            notice=_notice(_("整改"), hazard),
        )
    else:
        forget(actor=machine, ask=delivery.ask("forget"), subject=hazard)


@reacts_to(HandedOut)
def tell_the_holder(delivery: Delivery) -> None:
    """Who must put it right hears of it; of a major one at once."""
    hazard = _one(delivery)
    _tell(delivery, hazard, [hazard.holder], _("整改"), _("请按期整改，完成后提交。"), urgent=hazard.is_major)


@reacts_to(Urged)
def tell_whoever_is_urged(delivery: Delivery) -> None:
    """催办: whoever has it now hears what is waited for; of a major one at once."""
    hazard = _one(delivery)
    _tell(
        delivery, hazard, _urged(hazard), _("催办"), URGENT_WORDS[State(hazard.state)], urgent=hazard.is_major
    )


@reacts_to(SentBack)
def tell_what_came_back(delivery: Delivery) -> None:
    """Who must put it right hears that it was not."""
    hazard = _one(delivery)
    people = [hazard.holder or hazard.found_by]
    _tell(delivery, hazard, people, _("退回"), _("没有整改到位，请看过程里的意见。"))


@reacts_to(Dismissed)
def tell_the_finder(delivery: Delivery) -> None:
    """The finder hears why it was not taken as a hazard, or where it is handled."""
    hazard = _one(delivery)
    _tell(delivery, hazard, [hazard.found_by], _("不予认定"), _("理由写在过程里，谢谢您的上报。"))


@reacts_to(HazardClosed)
def tell_that_it_is_closed(delivery: Delivery) -> None:
    """The finder hears that it is done; who closed it knows."""
    hazard = _one(delivery)
    if hazard.found_by_id != hazard.closed_by_id:
        _tell(delivery, hazard, [hazard.found_by], _("已销号"), _("您上报的隐患已经办结。"))


@reacts_to(MajorSuspected)
def tell_of_a_suspicion(delivery: Delivery) -> None:
    """疑似重大: the centre and the legal section hear at once, and so do the heads of the unit."""
    hazard = _one(delivery)
    people = [*_heads(hazard), *_overseers(hazard)]
    _tell(delivery, hazard, people, _("疑似重大"), _("请立即督促管控，24 小时内答复。"), urgent=True)


@reacts_to(AppointmentChanged, PeopleChanged)
def hand_over(delivery: Delivery) -> None:
    """Open hazards of a post whose holder is another today, in the unit or a department: the chain goes on with the new one."""
    event = delivery.event
    here = Q(unit_id=event.unit_id) | Q(unit__children=event.unit_id)
    rows = _hazards().filter(here, state__in=HELD).exclude(post="")
    for hazard in rows.order_by("id"):
        found = answering(hazard.unit, hazard.post, event.happened_on)
        if hazard.holder_id != (found.person.pk if found.person else None):
            ask = delivery.ask(f"hand over {hazard.pk}")
            hand_over_hazard(actor=delivery.robot(), ask=ask, hazard=hazard)


def _one(delivery: Delivery) -> Hazard:
    """The hazard of an event, as it stands now."""
    return _hazards().get(pk=delivery.event.record_id)


def _urged(hazard: Hazard) -> Sequence[Person | None]:
    """Who is waited for: the holder; the receiver's people; the unit's heads where something is to be accepted."""
    if hazard.handled_by_id:
        return [row.person for row in _held(hazard).filter(unit_id=hazard.handled_by_id)]
    return [hazard.holder] if hazard.state in WANTED and hazard.holder else _heads(hazard)


def _heads(hazard: Hazard) -> list[Person]:
    """Heads and safety leads of the unit today."""
    rows = _held(hazard).filter(unit_id=hazard.unit_id, post__role__in=["principal", "safety_lead"])
    return [row.person for row in rows]


def _overseers(hazard: Hazard) -> list[Person]:
    """Who answers for the district in the centre and the legal section today."""
    rows = _held(hazard).filter(unit__oversees=True, post__role__in=SUSPICION_TOLD)
    return [row.person for row in rows]


def _held(hazard: Hazard) -> "QuerySet[Appointment]":
    """Appointments of the district in force today."""
    rows = Appointment.objects.everything("who is to be told follows from today's appointments")
    return rows.filter(in_force(clock.today()), district_id=hazard.district_id).select_related("person")


def _tell(  # noqa: PLR0913 - a message's parts
    delivery: Delivery,
    hazard: Hazard,
    people: Sequence[Person | None],
    kind: Promise,
    body: Promise,
    *,
    urgent: bool = False,
) -> None:
    """Tell people about a hazard; the old ledger's tells nobody anything."""
    known = list(dict.fromkeys(person for person in people if person))
    if known and not hazard.historical:
        tell(
            actor=delivery.robot(),
            ask=delivery.ask("tell"),
            unit=hazard.unit,
            people=known,
            about=hazard,
            notice=_notice(kind, hazard, body),
            urgent=urgent,
        )


def _notice(kind: Promise, hazard: Hazard, body: Promise | str = "") -> Notice:
    """What a message about a hazard says."""
    return Notice.of(kind=kind, title=hazard.text, body=body, url=hazard.get_absolute_url())
