"""The list of people, declared."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.organisations.models import UnitKind
from xiaoan.people.models import Person


def _unit_kinds(_actor: Actor) -> list[tuple[str, Any]]:
    """Kinds of units to choose from."""
    return [(value, label) for value, label in UnitKind.choices if value != UnitKind.TOWN]


def _of_kind(rows: QuerySet[Person], kind: str) -> QuerySet[Person]:
    """People who are looked after by units of a kind."""
    return rows.filter(unit__kind=kind)


PEOPLE_LIST = Listing(
    name="people",
    title=_("人员"),
    columns=(
        Column(
            "name", _("姓名"), lambda row: row.name, link=lambda row: reverse("people:person", args=[row.id])
        ),
        Column("staff_no", _("工号"), lambda row: row.staff_no),
        Column("unit", _("所在单位"), lambda row: row.unit.name, width=30),
    ),
    order=(Order("staff_no"), Order("id")),
    filters=(Filter("kind", _("单位类别"), _unit_kinds, _of_kind),),
)


def shown_people(actor: Actor) -> QuerySet[Person]:
    """The people an actor may see, with their units."""
    return Person.objects.visible_to(actor).select_related("unit")
