"""`xiaoan init` and `xiaoan shell`: an instance is founded, and looked into as somebody."""

import os
from getpass import getpass
from uuid import uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _

from xiaoan.config.commands.terminal import DONE, actor_named, say
from xiaoan.foundation.actor import Ask, robot
from xiaoan.foundation.errors import RuleBroken
from xiaoan.organisations.acts import open_district
from xiaoan.organisations.models import Unit
from xiaoan.organisations.queries import district_of
from xiaoan.people.accounts import encoded
from xiaoan.people.acts import open_administration


def init(*, district: str, district_name: str, admin: str) -> int:
    """Make the database, the district's root and its first administrator. On an existing district: nothing."""
    call_command("migrate", verbosity=0, interactive=False)
    if district_of(district):
        say(_("%(code)s 已经建好，没有改动。") % {"code": district})
        return DONE
    found_district(district, district_name, admin, _password())
    say(
        _("已建好 %(name)s，管理员 %(user)s。下一步：xiaoan pack load 文件夹 --publish --as %(user)s")
        % {"name": district_name, "user": admin}
    )
    return DONE


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


def shell(*, as_user: str) -> int:
    """A Python shell in which `actor` is the person named: what they may see and do is what it may."""
    import code  # import: slow import, only the shell needs it

    actor = actor_named(as_user)
    code.interact(
        banner=f"actor = {actor.name}; Model.objects.visible_to(actor)",
        local={"actor": actor, "Ask": Ask},
        exitmsg="",
    )
    return DONE
