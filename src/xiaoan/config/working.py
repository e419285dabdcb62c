"""The worker's process, started by `xiaoan serve` beside the web server: python -m xiaoan.config.working."""

import os
import signal
import threading
from types import FrameType


def work() -> None:
    """Deliver events, run jobs and keep the schedule until the server ends it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoan.config.settings")
    import django  # import: a fresh process begins without Django

    django.setup()
    from xiaoan.foundation.worker import run_worker  # import: models need the setup first

    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the server, which ends us
    run_worker(stop)


if __name__ == "__main__":
    work()
