"""What the past of a place says about a new finding there."""

from datetime import timedelta
from typing import Any

from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.findings import Finding
from xiaoan.hazards.models import Hazard, Source
from xiaoan.hazards.models.choices import CLOSED, OPEN
from xiaoan.organisations.models import Unit


def found_before(unit: Unit, finding: Finding, rules: HazardRules) -> dict[str, Any]:
    """Recurrence and blindness: the columns that the past of the place gives a new hazard."""
    if finding.place is None:
        return {"missed": finding.source != Source.SCHOOL}
    since = finding.found_on - timedelta(days=rules.repeats_within)
    same = Hazard.objects.everything("the past of a place decides what repeats").filter(
        unit=unit,
        place=finding.place,
        kind=finding.kind,
        found_on__range=(since, finding.found_on),
        state__in=CLOSED | OPEN,
    )
    before = list(same.order_by("-found_on", "-id").only("id", "state", "source", "occurrence", "found_on"))
    closed = next((each for each in before if each.state in CLOSED), None)
    knew = any(each.source == Source.SCHOOL for each in before)
    return {
        "repeats": closed,
        "occurrence": closed.occurrence + 1 if closed else 1,
        "missed": finding.source != Source.SCHOOL and not knew,
    }
