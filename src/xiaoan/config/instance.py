"""`xiaoan init` and `xiaoan shell`: an instance is founded, and looked into as somebody."""

import argparse
import os
from getpass import getpass
from uuid import uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _

from xiaoan.config.console import say
from xiaoan.foundation.actor import Actor, Ask, robot
from xiaoan.foundation.errors import NotFound, RuleBroken
from xiaoan.organisations.acts import open_district
from xiaoan.organisations.models import Unit
from xiaoan.organisations.queries import district_of
from xiaoan.people.accounts import encoded
from xiaoan.people.acts import open_administration
from xiaoan.people.queries import actor_for, person_signing_in_as


def init(arguments: argparse.Namespace) -> int:
    """Make the database, the district's root and its first administrator. On an existing district: nothing."""
    call_command("migrate", verbosity=0, interactive=False)
    if district_of(arguments.district):
        say(_("%(code)s 已经建好，没有改动。") % {"code": arguments.district})
        return 0
    found_district(arguments.district, arguments.district_name, arguments.admin, _password())
    say(
        _("已建好 %(name)s，管理员 %(user)s。下一步：xiaoan pack load 文件夹 --publish --as %(user)s")
        % {"name": arguments.district_name, "user": arguments.admin}
    )
    return 0


def found_district(code: str, name: str, username: str, password: str) -> Unit:
    """The district's root and its first administrator, journalled as 初始化."""
    founder, ask = robot(district_id=uuid4(), cause="初始化"), Ask()
    with transaction.atomic():
        district = open_district(actor=founder, ask=Ask(), code=code, name=name)
        open_administration(
            actor=founder,
            ask=ask,
            district=district,
            username=username,
            credential=encoded(password, ask.submission_id),
        )
    return district


def _password() -> str:
    """From `XIAOAN_ADMIN_PASSWORD`, or asked; a weak one is refused in words."""
    password = os.environ.get("XIAOAN_ADMIN_PASSWORD") or getpass(_("管理员密码："))
    try:
        validate_password(password)
    except ValidationError as weak:
        raise RuleBroken({"password": weak.messages}) from weak
    return password


def actor_named(username: str | None) -> Actor:
    """The actor of an account; `NotFound` in words for a name that nobody has."""
    person = person_signing_in_as(username or "")
    if person is None:
        raise NotFound(_("没有用户「%(user)s」。请用 --as 写明由谁办理。") % {"user": username or ""})
    return actor_for(person)


def shell(arguments: argparse.Namespace) -> int:
    """A Python shell in which `actor` is the person named: what they may see and do is what it may."""
    import code  # import: slow import, only the shell needs it

    actor = actor_named(arguments.as_user)
    code.interact(
        banner=f"actor = {actor.name}; Model.objects.visible_to(actor)",
        local={"actor": actor, "Ask": Ask},
        exitmsg="",
    )
    return 0
