"""What people hang into the pages of modules below: who holds which post of a unit, what a section supervises."""

from typing import Any

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.panels import Panel, register_panel
from xiaoan.foundation.permissions import granted
from xiaoan.organisations.models import UnitKind
from xiaoan.organisations.queries import UnitOnDay
from xiaoan.people.permissions import may_assign_supervision, may_end_supervision
from xiaoan.people.queries import appointments_on, supervision_on, vacant_posts
from xiaoan.people.tenures import days_of, tenures_of


def people_of_unit(actor: Actor, subject: UnitOnDay) -> dict[str, Any]:
    """Holders of the unit's posts on the day that is asked for, and the posts that stood vacant."""
    if not granted(actor, "people.read_appointments", subject.unit):
        return {}
    return {
        "subject": subject,
        "tenures": tenures_of(appointments_on(actor, subject.unit, subject.day)),
        "vacant": list(vacant_posts(subject.unit, subject.day)),
    }


def supervision_of_section(actor: Actor, subject: UnitOnDay) -> dict[str, Any]:
    """监管分工 of a section on the day that is asked for, and the button that adds to it."""
    section = subject.unit
    if section.kind != UnitKind.SECTION or not granted(actor, "people.read_supervision", section):
        return {}
    lines = list(supervision_on(section, subject.day))
    for line in lines:
        line.unit = section
    return {
        "section": section,
        "lines": [(line, days_of(line), bool(may_end_supervision(actor, line))) for line in lines],
        "may_assign": may_assign_supervision(actor, section),
    }


register_panel(Panel("organisations.unit", "people/_unit_panel.html", order=10, context=people_of_unit))
register_panel(
    Panel("organisations.unit", "people/_supervision_panel.html", order=20, context=supervision_of_section)
)
