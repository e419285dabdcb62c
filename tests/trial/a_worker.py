"""A worker in a process of its own, on the test's database: `python -m tests.trial.a_worker DATABASE`."""

import signal
import sys
import threading

import django
from django.conf import settings


def main() -> None:
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from xiaoan.foundation.jobs import run_worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    run_worker(stop, interval=0.2)


if __name__ == "__main__":
    main()
