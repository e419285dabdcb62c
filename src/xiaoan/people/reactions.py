"""People are found by name and staff number, never by telephone."""

from django.db.models import QuerySet

from xiaoan.foundation.events import Delivery, reacts_to
from xiaoan.foundation.search import register_searchable
from xiaoan.people.events import PeopleChanged, PersonChanged
from xiaoan.people.models import Person


def _people() -> QuerySet[Person]:
    """Everybody."""
    rows = Person.objects.everything("the index knows everybody; who finds them is asked later")
    return rows.select_related("unit")


PEOPLE = register_searchable(_people, lambda person: f"{person.name} {person.staff_no}")


@reacts_to(PersonChanged)
def index_person(delivery: Delivery) -> None:
    """Index one person."""
    PEOPLE.refresh(delivery.event.record_id)


@reacts_to(PeopleChanged)
def index_people(delivery: Delivery) -> None:
    """Index all at once after an import, however many rows it had."""
    PEOPLE.refresh_all(delivery.event.district_id)
