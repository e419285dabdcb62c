"""Triggers that keep the journal append-only whoever holds the connection: no update, no delete."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLES = ("fnd_journal_entry", "fnd_journal_payload")
WORDS = "the journal is append-only"
POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION fnd_refuse_change() RETURNS trigger AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$ LANGUAGE plpgsql"
)


def _trigger_names() -> list[tuple[str, str, str]]:
    """Name, table and verb of each guard."""
    verbs = ("UPDATE", "DELETE")
    return [(f"{table}_no_{verb.lower()}", table, verb) for table in TABLES for verb in verbs]


def _made(vendor: str, name: str, table: str, verb: str) -> str:
    """The statement that makes one guard."""
    if vendor == "sqlite":
        return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION fnd_refuse_change()"


def guard_journal(executor: Any = connection) -> None:
    """Put the guards up."""
    with executor.cursor() as cursor:
        if executor.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for name, table, verb in _trigger_names():
            cursor.execute(_made(executor.vendor, name, table, verb))


def unguard_journal(executor: Any = connection) -> None:
    """Take the guards down: only migrations, redaction by the rule of retention, and the suite do."""
    with executor.cursor() as cursor:
        for name, table, _verb in _trigger_names():
            on_table = f" ON {table}" if executor.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


@contextmanager
def journal_unguarded() -> Iterator[None]:
    """A moment without guards."""
    unguard_journal()
    try:
        yield
    finally:
        guard_journal()
