"""Who may change the district's register of units and places and its calendar."""

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.permissions import Denied, Verdict, granted
from xiaoan.organisations.models import Unit


def may_open_district(actor: Actor) -> Verdict:  # noqa: ARG001 - whoever asks
    """A district is opened by the command line's machine only."""
    return Denied()


def may_publish_calendar(actor: Actor, district: Unit) -> Verdict:
    """Terms and holidays come with a published pack."""
    return granted(actor, "organisations.publish_calendar", district)


def may_import_units(actor: Actor, draft: ImportDraft) -> Verdict:
    """The register of units is kept by the affairs centre."""
    return granted(actor, "organisations.import_units", draft)


def may_import_places(actor: Actor, draft: ImportDraft) -> Verdict:
    """The register of places, all units' together, is kept by the affairs centre."""
    return granted(actor, "organisations.import_places", draft)
