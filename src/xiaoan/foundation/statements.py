"""The statements that every act pays for, built once: the query builder costs more than the database here.

Only for the primitives' own tables, with columns from the models and values as parameters.
"""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def _quoted(name: str | None) -> str:
    """A name of one of our tables or columns, as the database wants it."""
    return connection.ops.quote_name(name or "")


@cache
def _insert(model: type[models.Model]) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    """The INSERT of a table and the fields it takes, in order; the database numbers what it numbers."""
    fields = tuple(f for f in model._meta.local_concrete_fields if not isinstance(f, models.AutoField))  # noqa: SLF001
    columns = ", ".join(_quoted(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = _quoted(model._meta.db_table)  # noqa: SLF001 - Django's public name of a table
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})", fields  # noqa: S608 - names of our own models


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one table; keys that the database makes are not read back."""
    if not rows:
        return
    statement, fields = _insert(type(rows[0]))
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows
    ]
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)


def insert_values(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Insert very many rows, each told by its values in the order of the columns; nothing is read back.

    Equal values of a column are made ready for the database once.
    """
    statement, fields = _insert(model)
    ready = [cache(partial(field.get_db_prep_save, connection=connection)) for field in fields]
    values = [[prepare(value) for prepare, value in zip(ready, row, strict=True)] for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The UPDATE of one row's named fields by its key."""
    fields = tuple(f for f in model._meta.local_concrete_fields if f.name in names)  # noqa: SLF001
    settings = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    key = model._meta.pk  # noqa: SLF001
    table = _quoted(model._meta.db_table)  # noqa: SLF001
    return f"UPDATE {table} SET {settings} WHERE {_quoted(key.column)} = %s", (*fields, key)  # noqa: S608


def update(row: models.Model, *names: str) -> None:
    """Write named fields of one row that this transaction holds."""
    statement, fields = _update(type(row), names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@cache
def _locked(model: type[models.Model]) -> str:
    """The SELECT of one row by its key, held until the transaction ends where the database holds rows."""
    columns = ", ".join(_quoted(field.column) for field in model._meta.local_concrete_fields)  # noqa: SLF001
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)  # noqa: SLF001
    held = " FOR UPDATE" if connection.features.has_select_for_update else ""
    return f"SELECT {columns} FROM {table} WHERE {key} = %s{held}"  # noqa: S608 - names of our own models


def locked(model: type[M], key: Any) -> M | None:
    """One row by its key, held until the transaction ends; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_locked(model), [model._meta.pk.get_db_prep_save(key, connection)])  # noqa: SLF001
        values = cursor.fetchone()
    return model(*values) if values else None
