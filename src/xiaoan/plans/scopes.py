"""Whose cells: the whole district, a circle of it (协作组, 街镇), one institution. The plan page and the lists
behind its figures offer the same circles under the same words of the address.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.listing import Filter
from xiaoan.organisations.models import Circle, CircleKind
from xiaoan.plans.margin import in_circle, outside
from xiaoan.plans.models import Cell

Choices = Sequence[tuple[str, Words | Sequence[tuple[str, Words]]]]
CIRCLE = "c:"
"""Before the key of a circle in an address."""
UNDONE = "undone"
"""As a status: whatever is still to be met."""
OUTSIDE = "o:"
"""Before a kind of circle: the units that belong to none of it."""


def oversees(actor: Actor) -> bool:
    """Whether the actor looks at a district, not at a unit of it."""
    return actor.oversees


def circle_choices(actor: Actor) -> Choices:
    """The circles that the actor sees, by kind."""
    circles = list(Circle.objects.visible_to(actor).order_by("name").values_list("kind", "id", "name"))
    by_kind = {
        kind: [(f"{CIRCLE}{pk}", name) for of, pk, name in circles if of == kind] for kind in CircleKind
    }
    return [(str(kind.label), inside) for kind, inside in by_kind.items() if inside]


def _offered(actor: Actor) -> Choices:
    """Circles, and for each kind the units in none of it: the bureau, the centre, the companies."""
    outside_of = [
        (f"{OUTSIDE}{CircleKind.GROUP}", _("不在协作组的单位")),
        (f"{OUTSIDE}{CircleKind.TOWN}", _("不在街镇的单位")),
    ]
    return [*circle_choices(actor), (str(_("其他")), outside_of)]


def circle_filter(actor: Actor) -> Filter:
    """Narrows cells to the units that belong to a circle today."""

    def of_circle(cells: "QuerySet[Cell]", value: str) -> "QuerySet[Cell]":
        if value.startswith(OUTSIDE):
            return cells.filter(outside(actor, value.removeprefix(OUTSIDE)))
        return cells.filter(in_circle(actor, UUID(value.removeprefix(CIRCLE))))

    return Filter("scope", _("范围"), _offered, of_circle)
