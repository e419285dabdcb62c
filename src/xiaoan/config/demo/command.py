"""The command: make what lacks, say who can sign in, serve."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction

from xiaoan.config.demo.console import Console, Says
from xiaoan.config.demo.founding import PASSWORD
from xiaoan.config.demo.make import make_district
from xiaoan.config.demo.official import attach
from xiaoan.config.demo.sheet import pack_folder
from xiaoan.config.serving import run
from xiaoan.people.demo_cast import cast_by_side
from xiaoan.people.queries import demo_cast

SIZES = {"": 180, "small": 30}
"""Institutions by the environment's `SIZE`."""
HOST = "127.0.0.1"
CACHE = 256 * 1024
"""Kibibytes of the making's transaction that SQLite keeps in memory: enough for all of it."""
USUAL_CACHE = 2_000
SELDOM = 100_000
"""New objects after which garbage is looked for: a district grows and grows, little of it is ever garbage."""


def demo(*, port: int, plan: Path | None, reload: bool, prepare_only: bool) -> int:
    """Make the demo district where there is none, attach an official text, tell who can sign in, serve."""
    console = Console()
    call_command("migrate", verbosity=0, interactive=False)
    if not demo_cast():
        prepare(console)
    if plan:
        attach(plan)
        console.say(Says("已换上方案原文。", "The official text is shown."))
    _tell_who_can_sign_in(console)
    if prepare_only:
        return 0
    address = f"http://{HOST}:{port}/"
    console.say(Says(f"请打开 {address}", f"Open {address}"))
    run(HOST, port, reload=reload)
    return 0


def prepare(console: Console) -> None:
    """Make the district in one transaction: whatever interrupts it leaves an empty database."""
    words = Says(
        "正在准备演示数据，只在第一次启动时需要。", "Making the demo data; only the first start needs it."
    )
    console.say(words)
    with _rare_collection(), _roomy_cache(), transaction.atomic():
        make_district(pack_folder(), _institutions(), console)


def _institutions() -> int:
    """How many institutions `SIZE` asks for; anything unknown stops at once."""
    size = os.environ.get("SIZE", "")
    if size not in SIZES:
        raise ImproperlyConfigured(f"SIZE must be small, or empty for the whole district, not {size!r}")
    return SIZES[size]


@contextmanager
def _roomy_cache() -> Iterator[None]:
    """Let SQLite hold the whole transaction in memory until it is written at once."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size=-{CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size=-{USUAL_CACHE}")


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Let Python look for cyclic garbage seldom: at its usual pace that is an eighth of the making."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _tell_who_can_sign_in(console: Console) -> None:
    """The cast with their user names, side by side as on the log-in page."""
    console.say(
        Says(f"谁可以登录（密码都是 {PASSWORD}）：", f"Who can sign in (all with the password {PASSWORD}):")
    )
    for group in cast_by_side():
        console.line(str(group.title))
        console.table([(each.key, each.name, each.post, each.unit) for each in group.people])
