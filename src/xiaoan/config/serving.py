"""`xiaoan serve`: the web server and one worker beside it; both stop together."""

import argparse
import multiprocessing
import signal
import threading
from types import FrameType

from django.conf import settings
from django.core.management import call_command

from xiaoan.foundation.jobs import run_worker

THREADS = 8


def serve(arguments: argparse.Namespace) -> int:
    """Serve pages on host and port until a signal comes."""
    call_command("migrate", verbosity=0, interactive=False)
    run(arguments.host, arguments.port)
    return 0


def run(host: str, port: int, *, reload: bool = False) -> None:
    """Web server in this process, worker in a child; the child ends with its parent."""
    from granian import Granian  # import: slow import, only a server needs it
    from granian.constants import Interfaces  # import: slow import, only a server needs it

    worker = multiprocessing.get_context("spawn").Process(target=_work, daemon=True)
    worker.start()
    server = Granian(
        "xiaoan.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        reload=reload,
        log_access=settings.DEBUG,
    )
    try:
        server.serve()
    finally:
        worker.terminate()
        worker.join(timeout=5)


def _work() -> None:
    """The worker's process: deliver events, run jobs, keep the schedule."""
    import django  # import: a spawned process begins without Django

    django.setup()
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    run_worker(stop)
