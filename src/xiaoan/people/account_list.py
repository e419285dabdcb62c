"""The list of people who hold a post and have no account yet, and for whom of them its button opens accounts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField, ChoiceField, Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.listing import Column, Filter, Listing, Order, Shown
from xiaoan.organisations.models import Unit
from xiaoan.people.forms import MOST_AT_ONCE, as_hidden
from xiaoan.people.models import Person
from xiaoan.people.queries import people_in_post


def _units(actor: Actor) -> list[tuple[str, Any]]:
    """The units that have somebody in post, with or without account: so that a filter outlives its own button."""
    homes = people_in_post(actor).order_by().values("unit")
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


@dataclass(frozen=True)
class Offer:
    """What the page of accounts shows; asked for only where it is shown."""

    request: HttpRequest
    rows: QuerySet[Person]

    @cached_property
    def shown(self) -> Shown:
        """The page of the list."""
        return WITHOUT_ACCOUNT.show(self.request, self.rows)

    @cached_property
    def people(self) -> list[Any]:
        """For whom the button opens accounts: all whom the filter leaves, on whatever page they stand.

        The list comes first: it refuses a unit that is not offered.
        """
        _asked = self.shown
        narrowed = of_unit(self.rows, self.request.GET.get("unit", ""))
        return list(narrowed.order_by("staff_no", "id").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])

    @property
    def hidden(self) -> str:
        """Those people as the form carries them."""
        return as_hidden(self.people)

    @property
    def is_too_many(self) -> bool:
        """Whether they are more than one request opens: then a unit is to be chosen first."""
        return len(self.people) > MOST_AT_ONCE

    @property
    def unit_choice(self) -> BoundField:
        """The units to choose from, beside the words that ask for one."""
        form = Form(auto_id="of-%s")
        units = self.shown.filters.fields["unit"].choices  # type: ignore[attr-defined]
        form.fields["unit"] = ChoiceField(label=_("单位"), choices=[("", _("请选择")), *list(units)[1:]])
        return form["unit"]
