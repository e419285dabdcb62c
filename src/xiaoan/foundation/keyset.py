"""Paging by keyset: the next page is "rows after this key", so the thousandth costs as much as the first.

A cursor is the key of a row, signed, with the digest of the filters that it was made under.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet

from xiaoan.foundation.errors import Malformed


@dataclass(frozen=True, slots=True)
class Order:
    """A sort key: a non-null column with a total order on both databases (date, number, ASCII, id)."""

    field: str
    descending: bool = False

    @property
    def sql(self) -> str:
        """As Django writes it."""
        return f"-{self.field}" if self.descending else self.field


@dataclass(frozen=True, slots=True)
class Keyset:
    """The sort keys of a list, by the list's name. The last one must be unique (the id)."""

    name: str
    keys: Sequence[Order]

    def ordered(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Rows in this order."""
        return rows.order_by(*(key.sql for key in self.keys))

    def of(self, row: Any) -> list[Any]:
        """A row's values of the sort keys."""
        found = []
        for key in self.keys:
            value = row
            for name in key.field.split("__"):
                value = getattr(value, name)
            found.append(value.isoformat() if isinstance(value, date | datetime) else str(value))
        return found

    def beyond(self, values: Sequence[Any], *, backwards: bool = False) -> Q:
        """Rows that lie after a key in this order (before it, when paging backwards)."""
        condition, equal = Q(), Q()
        for key, value in zip(self.keys, values, strict=True):
            comparison = "lt" if key.descending != backwards else "gt"
            condition |= equal & Q(**{f"{key.field}__{comparison}": value})
            equal &= Q(**{key.field: value})
        return condition

    def cursor(self, row: Any, made_under: str) -> str:
        """The place of a row, to be handed out; `made_under` is the digest of the filters."""
        return signing.dumps([made_under, *self.of(row)], salt=f"cursor:{self.name}", compress=True)

    def opened(self, cursor: str, made_under: str) -> list[Any]:
        """The key in a cursor; one that was changed, or made under other filters, is `Malformed`."""
        try:
            digest, *values = signing.loads(cursor, salt=f"cursor:{self.name}")
        except signing.BadSignature as wrong:
            raise Malformed from wrong
        if digest != made_under or len(values) != len(self.keys):
            raise Malformed
        return values
