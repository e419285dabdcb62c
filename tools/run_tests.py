"""`make test`: the suite on SQLite always, on PostgreSQL and in a browser wherever they are present.

What is left out is said plainly, with how to get it. Exit code 0 only when everything that ran passed.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
POSTGRES = shutil.which("pg_virtualenv")
WITHOUT_A_DATABASE = (
    "tests/architecture",
    "tests/families",
    "tests/test_catalogues.py",
    "tests/test_documents.py",
    "src/xiaoan/config/tests",
    "src/xiaoan/foundation/tests",
    "src/xiaoan/foundation/ui",
    "src/xiaoan/hazards/tests/test_lifecycle.py",
    "src/xiaoan/hazards/tests/test_pack.py",
    "src/xiaoan/hazards/tests/test_permissions.py",
    "src/xiaoan/risks/tests/test_pack.py",
    "src/xiaoan/plans/tests/reading",
)
"""What is the same on every database runs once. The families ask the matrix through pages and acts; their
statements are tried on both databases by the modules' own tests."""
WITH_ADDRESS = 'XIAOAN_DATABASE="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres" exec "$@"'


def say(words: str) -> None:
    print(f"\n── {words}", flush=True)  # noqa: T201 - a tool that speaks


def run(title: str, command: list[str]) -> bool:
    """Run one part of the suite; True when it passed."""
    say(title)
    begun = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    say(f"{title}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - begun:.0f} s")
    return code == 0


def main() -> int:
    passed = [run("SQLite", [*PYTEST, "-m", "not browser"])]
    if POSTGRES:
        command = [*PYTEST, "-m", "not browser", *(f"--ignore={path}" for path in WITHOUT_A_DATABASE)]
        passed.append(run("PostgreSQL", [POSTGRES, "-s", "sh", "-c", WITH_ADDRESS, "sh", *command]))
    else:
        say("left out: PostgreSQL. To run it too: apt-get install postgresql")
    if CHROMIUM:
        os.environ["XIAOAN_CHROMIUM"] = CHROMIUM
        passed.append(run("browser", [*PYTEST, "-m", "browser"]))
    else:
        say("left out: the browser. To run it too: apt-get install chromium fonts-noto-cjk")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
