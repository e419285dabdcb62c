"""Risk points are found by what they say: place, point, measures."""

from django.db.models import QuerySet

from xiaoan.foundation.events import Delivery, reacts_to
from xiaoan.foundation.search import register_searchable
from xiaoan.risks.events import RiskAdded, RiskChanged, RiskRetired, StarterRisksAdded
from xiaoan.risks.models import Risk


def _risks() -> QuerySet[Risk]:
    """All risk points, with what they say."""
    rows = Risk.objects.everything("the index knows every risk point; who finds it is asked later")
    return rows.select_related("unit", "place")


def _words(risk: Risk) -> str:
    """Everything that a risk point says in words."""
    return f"{risk.place.name} {risk.point} {risk.measures} {risk.end_reason}"


RISKS = register_searchable(_risks, _words)


@reacts_to(RiskAdded, RiskChanged, RiskRetired)
def index_risk(delivery: Delivery) -> None:
    """Index one point as it stands now."""
    RISKS.refresh(delivery.event.record_id)


@reacts_to(StarterRisksAdded)
def index_list(delivery: Delivery) -> None:
    """Index the points that came onto a unit's list on the day of the event."""
    event = delivery.event
    added = _risks().filter(unit_id=event.unit_id, starts_on=event.happened_on).exclude(starter="")
    for pk in added.values_list("pk", flat=True):
        RISKS.refresh(pk)
