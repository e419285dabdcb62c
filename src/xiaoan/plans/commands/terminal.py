"""What all commands share: exit codes, who acts, where words go."""

import sys

from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for

DONE, FAULTY, WRONG_CALL = 0, 1, 2


class WrongCallError(Exception):
    """The call names something that does not exist."""


def actor_of(user: str) -> Actor:
    """The actor of a user name (`--as USER`)."""
    people = Person.objects.everything("the command line names its actor")
    person = people.filter(account__username=user.strip().lower(), account__is_active=True).first()
    if person is None:
        raise WrongCallError(_("没有账号 %(user)s，请用 --as 写明由谁办理。") % {"user": user})
    return actor_for(person)


def say(*lines: str) -> None:
    """Write lines to the standard output."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def complain(*lines: str) -> None:
    """Write lines to the standard error."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


def fail(words: str, code: int = FAULTY) -> int:
    """Say what is wrong; the exit code comes back."""
    complain(words)
    return code
