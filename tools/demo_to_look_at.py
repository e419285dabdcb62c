"""The demo, served for tools that look at it: from a copy, so that nothing they do stays."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
XIAOAN = str(Path(sys.executable).parent / "xiaoan")
PATIENCE = 60
"""Seconds in which a demo that is made has to answer."""


@contextmanager
def served_demo() -> Iterator[str]:
    """The address of the demo: made where there is none, copied, served as `make demo` serves it."""
    home = Path(os.environ.get("XIAOAN_HOME", ROOT / "var"))
    embedded = {name: value for name, value in os.environ.items() if name != "XIAOAN_DATABASE"}
    subprocess.run([XIAOAN, "demo", "--prepare-only"], cwd=ROOT, env=embedded, check=True)
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(home / "demo", Path(copy) / "demo")
        with _served(embedded | {"XIAOAN_HOME": copy, "PYTHONUNBUFFERED": "1"}) as address:
            yield address


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [XIAOAN, "demo", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(address + "/login/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _second in range(PATIENCE):
        if server.poll() is not None:
            sys.exit("the demo did not start")
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(1)
        else:
            return
    sys.exit("the demo did not answer in a minute")


def sign_in(page: Page, address: str, name: str) -> None:
    """Sign in by a card of the cast."""
    page.goto(address + "/login/")
    page.locator("ul.cast button", has_text=name).first.click()
    page.wait_for_url(address + "/")


def name_of_address(path: str) -> str:
    """Name of a path in the product's address map; empty for none."""
    from django.urls import Resolver404, resolve  # import: the address map needs settings

    _know_addresses()
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


@cache
def _know_addresses() -> None:
    """The settings of the demo, for this process."""
    import django  # import: settings must be known first

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoan.config.settings")
    django.setup()
