"""The only door from a screen to a table: `Model.objects.visible_to(actor)`. It fails closed.

A model says, in its `reach`, which row of the matrix opens it and which of its own columns each scope code
reads. Scope is SQL on units, never a list of object ids.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.permissions import matrix

if TYPE_CHECKING:
    from django.db.models.query import QuerySet


@dataclass(frozen=True, slots=True)
class Reach:
    """How a model's columns answer the scope codes. Column names may cross relations downward."""

    reading: str
    """The row of the matrix that opens this table."""
    district: str = "district_id"
    path: str | None = "unit__path"
    """None for a district's common reference data: whoever may read it at all reads it whole."""
    person: str | tuple[str, ...] = ()
    """The column of the person whose own record it is; several where it is the record of each of them."""
    handler: str | None = None
    """The column of the unit that the record was referred to (转办)."""

    @property
    def persons(self) -> tuple[str, ...]:
        """The columns of persons, one or several."""
        return (self.person,) if isinstance(self.person, str) else self.person

    def condition(self, code: str, posting: Posting, actor: Actor, model: type[models.Model]) -> Q | None:
        """The rows that one code of one appointment reaches; None when the model has no such column."""
        if code in {"D", "U"}:
            everywhere = self.path is None or (code == "D" and posting.oversees)
            return Q() if everywhere else self._below(posting.path, model)
        if code == "I":
            return Q() if self.path is None else self._below(posting.whole_path, model)
        if code == "R" and self.handler:
            return Q(**{self.handler: posting.unit_id})
        if code == "P" and self.persons:
            return Q(*((column, actor.person_id) for column in self.persons), _connector=Q.OR)
        return None

    def _below(self, path: str, model: type[models.Model]) -> Q:
        """Rows of units at a path or below it.

        The units are asked for first: then an index that begins with the unit finds their rows, and a school's
        page costs the same in a large district as in a small one.
        """
        relation, _separator, column = (self.path or "").rpartition("__")
        if not relation:
            return Q(**{f"{column}__startswith": path})
        units: type[models.Model] = model._meta.get_field(relation).related_model  # type: ignore[assignment]  # noqa: SLF001 - Django's public description
        return Q(**{f"{relation}__in": units._base_manager.filter(**{f"{column}__startswith": path})})  # noqa: SLF001 - units are asked for as part of the door itself


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows behind the door."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows that the actor's appointments of today reach, in the actor's own district only."""
        reach: Reach = self.model.reach
        conditions = [
            condition
            for posting in actor.postings
            for code in sorted(matrix().codes(reach.reading, posting.role))
            if (condition := reach.condition(code, posting, actor, self.model)) is not None
        ]
        if not conditions:
            return self.none()
        own_district = Q(**{reach.district: actor.district_id})
        if any(not condition for condition in conditions):  # the whole district
            return self.filter(own_district)
        reached = Q()
        for condition in conditions:
            reached |= condition
        return self.filter(own_district & reached)

    def everything(self, reason: str) -> Self:
        """All rows, for indicators, jobs, reactions, packs and migrations; says why, checked by a test."""
        if not reason:
            raise ValueError("everything() needs a reason")
        return self.all()


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The manager of every record."""

    if TYPE_CHECKING:

        def visible_to(self, actor: Actor) -> "QuerySet[Any]":
            """See `ScopedQuerySet.visible_to`."""

        def everything(self, reason: str) -> "QuerySet[Any]":
            """See `ScopedQuerySet.everything`."""
