"""Workers in processes of their own, so that a kill is a kill."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from django.db import connection

from tests.trial.reactions import SUICIDAL

PATIENCE = 60
"""Seconds after which a test says that what it waits for never came."""


def a_worker(*, dies_at: str = "") -> subprocess.Popen[str]:
    """Start a worker on the test's database; it runs when this returns."""
    connection.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.trial.a_worker", str(connection.settings_dict["NAME"])],
        env={**os.environ, SUICIDAL: dies_at, "PYTHONWARNINGS": "default"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.1)


def stopped(process: subprocess.Popen[str]) -> int:
    """Ask a worker to end, and its exit code."""
    process.terminate()
    code = process.wait(PATIENCE)
    process.stdout.close()
    return code


def killed(process: subprocess.Popen[str]) -> int:
    """Wait until a worker has killed itself, and its exit code."""
    code = process.wait(PATIENCE)
    process.stdout.close()
    return code
