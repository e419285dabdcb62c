"""What people do for jobs: say who somebody is now, so that a job may do what its asker may now."""

from uuid import UUID

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.import_checking import register_actors
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for


def actor_now(person_id: UUID) -> Actor:
    """The actor that a person is today."""
    return actor_for(Person.objects.everything("a job acts for whoever asked for it").get(pk=person_id))


register_actors(actor_now)
