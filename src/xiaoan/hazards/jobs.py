"""What the calendar does to hazards: looks back are called for, what is sound is archived, holders change."""

from datetime import timedelta

from django.db.models import QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.jobs import Daily, Slot, scheduled
from xiaoan.hazards.acts import archive_hazard, call_back, hand_over_hazard
from xiaoan.hazards.holding import answering
from xiaoan.hazards.indicators.tallies import districts, tally_district
from xiaoan.hazards.lifecycle import HELD
from xiaoan.hazards.models import Hazard, State
from xiaoan.hazards.rules import rules_of

EARLY = 5
NIGHT = 2
AT_ONCE = 500


def _rows() -> "QuerySet[Hazard]":
    """All hazards, as the machine reads them."""
    rows = Hazard.objects.everything("the machine follows every hazard's calendar")
    return rows.select_related("unit", "pack_version")


@scheduled("hazards.call_for_looks_back", Daily(hour=EARLY))
def call_for_looks_back(slot: Slot) -> None:
    """到期回头看: some days before its date (the pack's figure) a closed hazard waits for its look back."""
    today = clock.today()
    rows = _rows().filter(state=State.CLOSED, look_back_on__lte=today + timedelta(days=366))
    for hazard in rows.order_by("look_back_on", "id").iterator(AT_ONCE):
        ahead = timedelta(days=rules_of(hazard.pack_version).looks_back.ahead)
        if hazard.look_back_on and hazard.look_back_on - ahead <= today:
            call_back(actor=_machine(slot, hazard), ask=slot.ask(f"call {hazard.pk}"), hazard=hazard)


@scheduled("hazards.archive", Daily(hour=EARLY))
def archive(slot: Slot) -> None:
    """归档: what nobody looks at again, some days after closing (the pack's figure)."""
    today = clock.today()
    rows = _rows().filter(state=State.CLOSED, look_back_on=None).order_by("closed_on", "id")
    for hazard in rows.iterator(AT_ONCE):
        after = timedelta(days=rules_of(hazard.pack_version).archive_after)
        if hazard.closed_on and hazard.closed_on + after <= today:
            archive_hazard(actor=_machine(slot, hazard), ask=slot.ask(f"archive {hazard.pk}"), hazard=hazard)


@scheduled("hazards.follow_holders", Daily(hour=EARLY))
def follow_holders(slot: Slot) -> None:
    """Appointments that begin or end by the calendar: each open hazard has the holder of its post today."""
    today = clock.today()
    for hazard in _rows().filter(state__in=HELD).exclude(post="").order_by("id").iterator(AT_ONCE):
        found = answering(hazard.unit, hazard.post, today)
        if hazard.holder_id != (found.person.pk if found.person else None):
            machine, ask = _machine(slot, hazard), slot.ask(f"hand over {hazard.pk}")
            hand_over_hazard(actor=machine, ask=ask, hazard=hazard)


@scheduled("hazards.recount_months", Daily(hour=NIGHT))
def recount_months(slot: Slot) -> None:  # noqa: ARG001 - the same work whatever the night
    """The monthly counts from the hazards themselves: finds what a missed event would have left behind."""
    for district_id in districts():
        tally_district(district_id)


def _machine(slot: Slot, hazard: Hazard) -> Actor:
    """The machine in the district of a hazard."""
    return slot.robot(hazard.district_id)
