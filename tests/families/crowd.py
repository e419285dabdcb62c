"""Fifty of everything where the world has one."""

from datetime import date, timedelta

from tests.families.world import Spot, World, a_reviewed_risk
from xiaoan.feedback.tests.factories import a_remark
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.records import new_id
from xiaoan.foundation.search import rebuild
from xiaoan.ledgers.acts import record_entry
from xiaoan.ledgers.filling import Filling, ItemDraft
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.tests.factories import MEETING, TODAY
from xiaoan.organisations.models import Membership, Place, Unit
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.models import Person, Supervision
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import a_person, an_appointment
from xiaoan.plans.jobs import recompute

MORE = 49


def fifty(world: World) -> None:
    """Forty-nine more of everything that a page lists."""
    here = world.spots["here"]
    for number in range(MORE):
        _more(here, number)
    drain()
    recompute(here.district.pk)
    rebuild(here.district.pk)


def _more(here: Spot, number: int) -> None:
    """One more of everything."""
    unit = a_unit(here.district, code=f"M{number:02d}", name=f"众善小学{number:02d}")
    person = a_person(here.unit, f"众人{number:02d}")
    held = an_appointment(person, here.unit, "staff")
    began = date(2000, 1, 1) + timedelta(days=number)
    an_appointment(here.person, here.unit, "staff", starts_on=began, ends_on=began)
    newcomer = a_person(unit, f"新人{number:02d}")
    an_appointment(newcomer, unit, "staff")
    _plain_rows(here, unit, person, number)
    day = TODAY - timedelta(days=number)
    items = [ItemDraft(f"众事{number}", held, day + timedelta(days=20))] * 2
    filling = Filling(day, {"chaired_by": here.head, "agenda": f"众议{number:02d}"}, items)
    record_entry(
        actor=actor_for(here.keeper),
        ask=Ask(),
        unit=here.unit,
        kind=kind_in_force(here.district.pk, MEETING),
        filling=filling,
    )
    a_remark(here.keeper, text=f"众言{number:02d}")
    _copy(here.trouble.hazards["handed out"], code=f"{here.unit.code}-2025-8{number:03d}")
    _copy(here.units_draft)
    _copy(here.loaded, edition=f"9.9.{number}x")


def _plain_rows(here: Spot, unit: Unit, person: Person, number: int) -> None:
    """Rows that no act is needed for."""
    owned = {"district_id": here.district.pk, "unit": here.unit, "created_by": person}
    place = Place.objects.create(**owned, code=f"M-{number}", name=f"众所{number}", kind="食堂")
    a_reviewed_risk(owned, place, point=f"众险{number}")
    Supervision.objects.create(
        **owned | {"unit": here.section}, area="食堂", supervised=unit, starts_on=date(2025, 1, 1)
    )
    circle = Membership.objects.everything("a test").filter(unit=here.unit).first().circle
    Membership.objects.create(**owned | {"unit": unit}, circle=circle, starts_on=date(2020, 1, 1))


def _copy(row, **changes) -> None:
    """A second row like a first."""
    copied = type(row)._base_manager.get(pk=row.pk)
    copied.pk = new_id()
    for name, value in changes.items():
        setattr(copied, name, value)
    copied.save(force_insert=True)
