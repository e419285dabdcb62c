"""The product's settings plus a test-only module on which the primitives are tried (`tests.trial`)."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("XIAOAN_HOME", tempfile.mkdtemp(prefix="xiaoan-test-"))
os.environ.setdefault("XIAOAN_DAY", "2025-12-17")  # the suite's day, in server and worker threads too

from xiaoan.config.settings import *  # noqa: F403 - the suite runs on the product's own settings
from xiaoan.config.settings import DATABASES, HOME, INSTALLED_APPS, PACKAGE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.trial"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = (
    {"NAME": HOME / "test.sqlite3"} if "sqlite" in DATABASES["default"]["ENGINE"] else {}
)

_product_rows = (PACKAGE / "config" / "matrix.csv").read_text(encoding="utf-8")
_trial_rows = (Path(__file__).parent / "trial" / "rows.csv").read_text(encoding="utf-8")
MATRIX = HOME / "matrix.csv"
MATRIX.write_text(_product_rows + _trial_rows, encoding="utf-8")
