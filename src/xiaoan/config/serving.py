"""`xiaoan serve`: the web server and one worker beside it; both stop together."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command

THREADS = 4
PATIENCE = 10
"""Seconds that the worker has to finish what it is doing."""


def serve(*, host: str, port: int) -> int:
    """Bring the database up to date, then serve pages on host and port until a signal comes."""
    call_command("migrate", verbosity=0, interactive=False)
    run(host, port)
    return 0


def run(host: str, port: int, *, reload: bool = False) -> None:
    """Web server in this process, worker in another."""
    from granian import Granian  # import: slow import, only a server needs it
    from granian.constants import Interfaces  # import: slow import, only a server needs it
    from granian.log import LogLevels  # import: slow import, only a server needs it

    server = Granian(
        "xiaoan.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        reload=reload,
        log_level=LogLevels.info if settings.DEBUG else LogLevels.error,
        log_access=settings.DEBUG,
    )
    with _worker():
        server.serve()


@contextmanager
def _worker() -> Iterator[None]:
    """A worker for as long as the server lives."""
    process = subprocess.Popen([sys.executable, "-m", "xiaoan.config.working"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
