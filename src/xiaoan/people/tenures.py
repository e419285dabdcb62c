"""Appointments in words, as lists show them: from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiaoan.foundation.ui.dates import full_date
from xiaoan.people.models import Appointment, Supervision


@dataclass(frozen=True, slots=True)
class Tenure:
    """An appointment with its days in words."""

    appointment: Appointment
    days: str


def tenures_of(appointments: Iterable[Appointment]) -> list[Tenure]:
    """Appointments with their days in words, in the order given."""
    return [Tenure(each, days_of(each)) for each in appointments]


def days_of(dated: Appointment | Supervision) -> str:
    """2024年9月1日起, or 2024年9月1日至2026年3月8日."""
    first = full_date(dated.starts_on)
    if dated.ends_on is None:
        return _("%(first)s起") % {"first": first}
    return _("%(first)s至%(last)s") % {"first": first, "last": full_date(dated.ends_on)}
