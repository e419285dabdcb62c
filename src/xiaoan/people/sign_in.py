"""Signing in: guesses are slowed down, and nobody is locked out by a stranger.

Every try takes its place in a counter *before* the password is looked at, in one guarded statement, so that
two hundred guesses at one instant are still only five. The counter is per user name and address: who
guesses from elsewhere delays themselves (8-reliability F5).
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth import authenticate
from django.db.models import Case, DateTimeField, F, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.errors import TooMany
from xiaoan.people.models import Account, SignInDelay

FREE_TRIES = 5
WAITS = (30, 60, 120, 240, 480, 900)
"""Seconds to wait after the fifth try, the sixth, …; the last one stays."""
FORGOTTEN_AFTER = timedelta(hours=1)
LONG_AGO = datetime.min.replace(year=1970, tzinfo=clock.SHANGHAI)


def sign_in(request: HttpRequest, username: str, password: str) -> Account | None:
    """The account of a user name and its password; None for a wrong one, whether the name exists or not.

    Raises `TooMany` with the seconds to wait. A success forgets the tries before it.
    """
    key = _key(username, request.META.get("REMOTE_ADDR", ""))
    _take_a_try(key)
    account = authenticate(request, username=username, password=password)
    if account is None:
        return None
    _delays().filter(pk=key).delete()
    return account


def _delays() -> QuerySet[SignInDelay]:
    """The counters: nobody's records, so they have no scope."""
    return SignInDelay._default_manager.all()  # noqa: SLF001 - asked before anybody is signed in


def _key(username: str, address: str) -> str:
    """The name of a counter; names and addresses are not kept."""
    return sha256(f"{username.strip().lower()}|{address}".encode()).hexdigest()


def _take_a_try(key: str) -> None:
    """Count one more try, or refuse: the condition and the counting are one statement."""
    now = clock.now()
    fresh = SignInDelay(key=key, tried_at=LONG_AGO, try_after=LONG_AGO)
    _delays().bulk_create([fresh], ignore_conflicts=True)
    _delays().filter(pk=key, tried_at__lt=now - FORGOTTEN_AFTER).update(tries=0)
    taken = _delays().filter(pk=key, try_after__lte=now)
    if not taken.update(tries=F("tries") + 1, tried_at=now, try_after=_next_try(now)):
        raise _wait(key, now)


def _next_try(now: datetime) -> Case:
    """When the next try is accepted, by the tries before this one."""
    steps = [
        When(tries=FREE_TRIES - 1 + place, then=Value(now + timedelta(seconds=wait)))
        for place, wait in enumerate(WAITS)
    ]
    longest = Value(now + timedelta(seconds=WAITS[-1]))
    beyond = When(tries__gte=FREE_TRIES - 1 + len(WAITS), then=longest)
    return Case(*steps, beyond, default=Value(LONG_AGO), output_field=DateTimeField())


def _wait(key: str, now: datetime) -> TooMany:
    """The refusal, with the time that is left."""
    delay = _delays().filter(pk=key).first()
    seconds = max(int((delay.try_after - now).total_seconds()), 1) if delay else 1
    words = _("尝试的次数过多，请等 %(seconds)s 秒再试。忘记密码请联系平台管理员。")
    return TooMany(words % {"seconds": seconds}, wait_seconds=seconds)
