"""The list of people who hold a post and have no account yet, declared."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Person
from xiaoan.people.queries import people_without_account


def _units(actor: Actor) -> list[tuple[str, Any]]:
    """The units that have somebody on the list."""
    homes = people_without_account(actor).order_by().values("unit")
    rows = Unit.objects.visible_to(actor).filter(pk__in=homes).order_by("code")
    return [(str(key), name) for key, name in rows.values_list("pk", "name")]


def of_unit(rows: QuerySet[Person], unit_id: str) -> QuerySet[Person]:
    """People who are looked after by a unit; of any, when none is named."""
    return rows.filter(unit_id=unit_id) if unit_id else rows


WITHOUT_ACCOUNT = Listing(
    name="people_without_account",
    title=_("还没有账号的在任人员"),
    columns=(
        Column(
            "name", _("姓名"), lambda row: row.name, link=lambda row: reverse("people:person", args=[row.id])
        ),
        Column("staff_no", _("工号"), lambda row: row.staff_no),
        Column("unit", _("所在单位"), lambda row: row.unit.name, width=30),
    ),
    order=(Order("staff_no"), Order("id")),
    filters=(Filter("unit", _("单位"), _units, of_unit),),
)
