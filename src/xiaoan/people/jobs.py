"""What people do for what takes long: say who somebody is now, so that it goes on as far as they may now."""

from uuid import UUID

from xiaoan.foundation.actor import Actor, register_actors
from xiaoan.people.models import Account, Person
from xiaoan.people.queries import actor_for


def actor_now(person_id: UUID) -> Actor:
    """The actor that a person is at this moment; whose account is shut stands on no appointment."""
    actor = actor_for(Person.objects.everything("a job acts for whoever asked for it").get(pk=person_id))
    is_shut = Account._default_manager.filter(person=person_id, is_active=False).exists()  # noqa: SLF001 - accounts have no scope
    return actor.by(lambda _posting: not is_shut)


register_actors(actor_now)
