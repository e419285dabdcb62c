"""The demo is an instance of its own: its data folder, its switch, the day its clock shows."""

import os
from pathlib import Path

DAY = "2025-12-17"


def enter() -> None:
    """Set what is not set already, before settings are read."""
    home = Path(os.environ.get("XIAOAN_HOME", "var"))
    os.environ["XIAOAN_HOME"] = str(home / "demo")
    os.environ["XIAOAN_DEMO"] = "1"
    os.environ.setdefault("XIAOAN_DAY", DAY)
