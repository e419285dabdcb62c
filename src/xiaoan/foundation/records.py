"""What every record has: a sortable key, exactly one owning unit, its district, its maker, its version."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from django.db import models

from xiaoan.foundation import clock
from xiaoan.foundation.errors import FasterHand
from xiaoan.foundation.permissions import Target
from xiaoan.foundation.scope import Reach, ScopedManager

R = TypeVar("R", bound="Record")


_chance: ContextVar[Callable[[int], bytes]] = ContextVar("chance_of_keys", default=os.urandom)


def new_id() -> UUID:
    """A UUID of version 7: ordered by time of making, 74 random bits."""
    milliseconds = int(clock.now().timestamp() * 1000)
    noise = int.from_bytes(_chance.get()(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (noise >> 68) << 64
    return UUID(int=value | 0b10 << 62 | noise & (1 << 62) - 1)


@contextmanager
def keys_by(chance: Callable[[int], bytes]) -> Iterator[None]:
    """Take the random bits of keys from a source of bytes for a while, so that a demo's keys come out equal each time.

    Only keys: salts, tokens and passwords keep to the machine's own chance.
    """
    token = _chance.set(chance)
    try:
        yield
    finally:
        _chance.reset(token)


class Record(models.Model):
    """Base of every business record. The only base class of models in the house, and it only adds columns."""

    reach: ClassVar[Reach]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    district = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager()

    if TYPE_CHECKING:
        district_id: UUID
        unit_id: UUID
        created_by_id: UUID | None

    class Meta:
        abstract = True

    @property
    def journal_unit_id(self) -> UUID:
        """The unit in whose journal acts on this record are written."""
        return self.unit_id

    def reach_target(self) -> Target:
        """Where this record stands, for the scope codes."""
        persons = frozenset(getattr(self, column) for column in self.reach.persons) - {None}
        handler = getattr(self, self.reach.handler) if self.reach.handler else None
        return Target(self.district_id, self.unit.path, persons, handler)


def change_guarded(record: models.Model, *, seen: int | None, **values: Any) -> dict[str, list[Any]]:
    """Change named fields if the record is still as it was seen; the journal's old and new come back.

    One statement guards and writes, so of two hands exactly one wins; the other gets `FasterHand`.
    """
    expected = record.version if seen is None else seen  # type: ignore[attr-defined]
    old = {name: getattr(record, name) for name in values}
    rows = type(record)._base_manager.filter(pk=record.pk, version=expected)  # noqa: SLF001 - the base manager is the guard's own door
    if rows.update(**values, version=expected + 1) != 1:
        raise FasterHand
    for name, value in (*values.items(), ("version", expected + 1)):
        setattr(record, name, value)
    return {name: [old[name], value] for name, value in values.items() if old[name] != value}
