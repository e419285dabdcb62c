"""What people hang into the pages of modules below: who holds and held which post of a unit."""

from typing import Any

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.panels import Panel, register_panel
from xiaoan.foundation.permissions import granted
from xiaoan.organisations.queries import UnitOnDay
from xiaoan.people.queries import appointments_on, vacant_posts
from xiaoan.people.tenures import tenures_of


def people_of_unit(actor: Actor, subject: UnitOnDay) -> dict[str, Any]:
    """Holders of the unit's posts on the day that is asked for, and the posts that stood vacant."""
    if not granted(actor, "people.read_appointments", subject.unit):
        return {}
    return {
        "subject": subject,
        "tenures": tenures_of(appointments_on(actor, subject.unit, subject.day)),
        "vacant": list(vacant_posts(subject.unit, subject.day)),
    }


register_panel(Panel("organisations.unit", "people/_unit_panel.html", order=10, context=people_of_unit))
