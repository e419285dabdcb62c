"""What all commands share: exit codes, who acts, where words go."""

import sys

from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.people.queries import actor_for, person_signing_in_as

DONE, FAULTY, WRONG_CALL = 0, 1, 2


class WrongCallError(Exception):
    """The call names something that does not exist."""


def actor_named(username: str | None) -> Actor:
    """The actor of a user name (`--as USER`)."""
    person = person_signing_in_as(username or "")
    if person is None:
        raise WrongCallError(_("没有账号「%(user)s」，请用 --as 写明由谁办理。") % {"user": username or ""})
    return actor_for(person)


def say(*lines: Words) -> None:
    """Write lines to the standard output."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def complain(*lines: Words) -> None:
    """Write lines to the standard error."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


def cannot_open(name: str) -> str:
    """Words on a file that is not there, or not to be read."""
    return _("打不开文件 %(name)s，请核对位置。") % {"name": name}
