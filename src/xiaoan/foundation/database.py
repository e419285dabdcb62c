"""Which database, and with which safety settings.

SQLite before 3.51.3 (and not 3.50.7 or 3.44.6) can corrupt itself in WAL mode with two connections, so
write-ahead logging is used only where the fix is linked in; otherwise the rollback journal. Always
`synchronous=FULL`: what was answered is stored. `IMMEDIATE` transactions, so that a writer waits
at the start and never meets "database is locked" half-way.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError

Version = tuple[int, int, int]
WAIT_FOR_WRITER = 20  # seconds
SQLITE_WILL_PASS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""Primary codes of what is amiss around the database, not in what we asked of it."""
PRIMARY_CODE = 0xFF
SQLITE_TAKEN = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})
POSTGRES_TAKEN = "23505"


def cannot_store_now(error: BaseException | None) -> bool:
    """Whether an error says that the database cannot be used at this moment: locked, full, gone, a deadlock."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & PRIMARY_CODE in SQLITE_WILL_PASS
    return True  # PostgreSQL calls by this name only what is amiss around it


def is_taken(error: IntegrityError) -> bool:
    """Whether an error says that somebody made the very same thing a moment ago."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode in SQLITE_TAKEN
    return getattr(cause, "sqlstate", None) == POSTGRES_TAKEN


def wal_is_safe(version: Version) -> bool:
    """Whether this SQLite carries the fix of the WAL-reset race (fixed in 3.51.3, back-ported twice)."""
    if version == (3, 52, 0):  # withdrawn release
        return False
    back_ported = {(3, 50): 7, (3, 44): 6}
    fixed_patch = back_ported.get(version[:2])
    return version >= (3, 51, 3) or (fixed_patch is not None and version[2] >= fixed_patch)


def sqlite_settings(home: Path, version: Version = sqlite3.sqlite_version_info) -> dict[str, Any]:
    """The embedded database below `home`."""
    home.mkdir(parents=True, exist_ok=True)
    journal = "WAL" if wal_is_safe(version) else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "xiaoan.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_FOR_WRITER,
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;",
        },
    }


def postgres_settings(address: str) -> dict[str, Any]:
    """A PostgreSQL database named by a URL."""
    parts = urlsplit(address)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise ImproperlyConfigured("XIAOAN_DATABASE must look like postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c jit=off"
        },  # statements here take milliseconds; compiling them takes a second
    }


def database_settings(home: Path) -> dict[str, Any]:
    """PostgreSQL where `XIAOAN_DATABASE` names one, else the embedded SQLite."""
    address = os.environ.get("XIAOAN_DATABASE")
    return postgres_settings(address) if address else sqlite_settings(home)
