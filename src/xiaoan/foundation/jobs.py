"""Background work: ids in, fetch, call an act. Kept in the database, in the data's own transaction."""

from django_tasks import task


@task()
def deliver_events() -> None:
    """Run the reactions to what was announced."""


def wake_for_events() -> None:
    """Ask the worker, in the running transaction, to deliver what was just announced."""
    deliver_events.enqueue()
