"""Search: an own table of bigrams, the same on both databases.

Most words have two characters, where trigram indexes of databases find nothing or scan. Reactions call
`index(record, text)` and `forget(record)`; `find` intersects the query's bigrams inside the actor's scope.
What is typed is literal: no wildcards. Widths, case and spaces do not matter.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import statements
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.permissions import Target, matrix

MOST_HITS = 50
MOST_TYPED = 60
"""Characters of a query, counted before normalising: NFKC may grow one character to eighteen."""
MOST_BIGRAMS = 60
MOST_INDEXED = 4_000
"""Characters of a record's text that are indexed."""
PIECE = 2_000
"""Rows that are deleted at a time."""
RECORDS_AT_ONCE = 500
"""Records that are indexed at a time, where it is a whole district's."""
COUNTED = 1_000
"""How far the rows of a bigram are counted to find the rarest."""


class SearchTerm(models.Model):
    """That a record holds a term: two neighbouring characters, or the last one of a word alone."""

    id = models.BigAutoField(primary_key=True)
    district_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    """The record's model, `module.model`."""
    first = models.CharField(max_length=1)
    """The term's first character: one character is searched by equality, on every collation."""
    term = models.CharField(max_length=2)
    path = models.CharField(max_length=200)
    """The place of the record's unit in the tree."""
    record_id = models.UUIDField()

    class Meta:
        db_table = "fnd_search_term"
        constraints = [
            models.UniqueConstraint(fields=["record_id", "term", "kind"], name="fnd_search_term_once")
        ]
        indexes = [
            models.Index(
                fields=["district_id", "kind", "first", "term", "record_id", "path"], name="fnd_search_lookup"
            )
        ]


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind: at most 50 records, the newest first, and whether there are more."""

    kind: type[Any]
    records: list[Any]
    more: bool

    @property
    def count(self) -> str:
        """The number as it is shown: `12`, or `50+`."""
        return f"{MOST_HITS}+" if self.more else str(len(self.records))


class Findable(Protocol):
    """A record (or a unit) that can be indexed."""

    pk: Any

    def reach_target(self) -> Target:
        """Where this stands, for the scope codes."""


@dataclass(frozen=True)
class Searchable:
    """A kind of record that search finds, declared in the reactions of its module.

    `rows` are those that may be found, with everything that `words` needs to write down one of them.
    """

    rows: Callable[[], "QuerySet[Any]"]
    words: Callable[[Any], str]

    def refresh(self, record_id: UUID) -> None:
        """Make one record found by what it says now, or no more."""
        rows = self.rows()
        record = rows.filter(pk=record_id).first()
        if record is None:
            SearchTerm.objects.filter(record_id=record_id, kind=_kind(rows.model)).delete()
        else:
            index(record, self.words(record))

    def refresh_all(self, district_id: UUID) -> None:
        """The same for all records of a district, some hundreds at a time."""
        rows = self.rows().filter(district_id=district_id).order_by("pk")
        had = SearchTerm.objects.filter(district_id=district_id, kind=_kind(rows.model))
        had.exclude(record_id__in=rows.order_by().values("pk")).delete()
        last: UUID | None = None
        while records := list((rows.filter(pk__gt=last) if last else rows)[:RECORDS_AT_ONCE]):
            index_many((record, self.words(record)) for record in records)
            last = records[-1].pk


_searchables: list[Searchable] = []


def register_searchable(rows: Callable[[], "QuerySet[Any]"], words: Callable[[Any], str]) -> Searchable:
    """Declare a kind of record that search finds; the module's reactions call it when something happens."""
    declared = Searchable(rows, words)
    _searchables.append(declared)
    return declared


def rebuild(district_id: UUID) -> None:
    """Index everything of a district anew; where nothing is amiss, nothing is written."""
    for declared in _searchables:
        declared.refresh_all(district_id)


def index(record: Findable, text: str) -> None:
    """Make a record findable by this text, in place of what it was found by before. Called by reactions.

    A record that moves to another unit, or whose unit moves in the tree, is indexed anew.
    """
    index_many([(record, text)])


def index_many(texts: Iterable[tuple[Findable, str]]) -> None:
    """The same for records of one kind: writes what is new, deletes what is gone, leaves the rest alone."""
    listed = {record.pk: (record, text) for record, text in texts}
    if not listed:
        return
    kind = _kind(type(next(iter(listed.values()))[0]))
    present = _present(kind, list(listed))
    gone: list[int] = []
    new: list[tuple[object, ...]] = []
    for record_id, (record, text) in sorted(listed.items()):
        target, had = record.reach_target(), present[record_id]
        wanted = {(target.path, term) for term in _terms(normalised(text[:MOST_INDEXED]))}
        gone += [key for row, key in had.items() if row not in wanted]
        new += [
            (target.district_id, kind, term[0], term, path, record_id)
            for path, term in sorted(wanted - had.keys())
        ]
    _delete(gone)
    statements.insert_values(SearchTerm, new)


def _present(kind: str, records: list[UUID]) -> dict[UUID, dict[tuple[str, str], int]]:
    """What the index holds of these records: for each the keys of its rows by path and term."""
    found: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    rows = SearchTerm.objects.filter(record_id__in=records, kind=kind)
    for record_id, path, term, key in rows.values_list("record_id", "path", "term", "pk"):
        found[record_id][path, term] = key
    return found


def _delete(keys: list[int]) -> None:
    """Delete rows, as many at a time as a statement bears."""
    for at in range(0, len(keys), PIECE):
        SearchTerm.objects.filter(pk__in=keys[at : at + PIECE]).delete()


def take_along(place: Findable) -> None:
    """Let what is indexed beneath a unit follow it to its present place in the tree.

    To be called before the unit itself is indexed: its own terms tell where it was.
    """
    terms = SearchTerm.objects.filter(record_id=place.pk, kind=_kind(type(place)))
    old, target = terms.values_list("path", flat=True).first(), place.reach_target()
    if old and old != target.path:
        beneath = SearchTerm.objects.filter(district_id=target.district_id, path__startswith=old)
        beneath.update(path=Concat(Value(target.path), Substr("path", len(old) + 1)))


def forget(record: Findable) -> None:
    """Make a record findable no more."""
    SearchTerm.objects.filter(record_id=record.pk, kind=_kind(type(record))).delete()


def find(actor: Actor, query: str, kinds: Iterable[type[Any]]) -> list[Hits]:
    """Records of these kinds that the actor may see and that hold every bigram of the query.

    Kinds without a hit are left out. An empty query finds nothing; `RuleBroken` (field `q`) when it is too long.
    """
    searched = list(kinds)
    looked_for = _rarest_first(actor, searched, _query_terms(query))
    if not looked_for:
        return []
    found = [_found(actor, kind, looked_for) for kind in searched]
    return [hits for hits in found if hits.records]


def normalised(text: str) -> str:
    """One writing for what looks the same: NFKC, without case, controls and invisible characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        " " if char.isspace() else char
        for char in folded
        if char.isspace() or not unicodedata.category(char).startswith("C")
    )


def _terms(text: str) -> Iterable[str]:
    """Bigrams of a text's words, and each word's last character alone, so that every character begins a term."""
    for word in text.split():
        yield from (word[at : at + 2] for at in range(len(word)))


def _query_terms(query: str) -> list[Q]:
    """The conditions of a query: a word's bigrams, or the beginning of a term for a single character."""
    if len(query) > MOST_TYPED:
        raise RuleBroken({"q": [_("搜索词太长，请只输入关键的几个字。")]})
    words = normalised(query).split()
    bigrams = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    singles = {word for word in words if len(word) == 1}
    if len(bigrams | singles) > MOST_BIGRAMS:
        raise RuleBroken({"q": [_("搜索词太长，请只输入关键的几个字。")]})
    return [
        *(Q(first=bigram[0], term=bigram) for bigram in sorted(bigrams)),
        *(Q(first=single) for single in sorted(singles)),
    ]


def _rarest_first(actor: Actor, kinds: list[type[Any]], terms: list[Q]) -> list[Q]:
    """Terms in the order of how often they occur, counted up to a limit: one short statement per term."""
    if len(terms) <= 1:
        return terms
    rows = SearchTerm.objects.filter(district_id=actor.district_id, kind__in=[_kind(kind) for kind in kinds])
    return sorted(terms, key=lambda term: rows.filter(term)[:COUNTED].count())


def _found(actor: Actor, kind: type[Any], looked_for: list[Q]) -> Hits:
    """The hits of one kind: candidates by their terms, each looked at through the kind's own door.

    The index gives candidates newest first, so the database stops at the page's last hit.
    """
    visible = kind.objects.visible_to(actor)
    seen = _candidates(actor, kind, looked_for).filter(Exists(visible.filter(pk=OuterRef("record_id"))))
    newest = seen.order_by("-record_id").values_list("record_id", flat=True).distinct()
    keys = list(newest[: MOST_HITS + 1])
    records = list(visible.filter(pk__in=keys[:MOST_HITS]).order_by("-pk")) if keys else []
    return Hits(kind, records, more=len(keys) > MOST_HITS)


def _candidates(actor: Actor, kind: type[Any], looked_for: list[Q]) -> "QuerySet[SearchTerm]":
    """Rows of the first term whose records hold all others: cost follows the rarest, not the commonest."""
    rows = SearchTerm.objects.filter(district_id=actor.district_id, kind=_kind(kind))
    if paths := _paths_in_reach(actor, kind):
        in_reach = Q()
        for path in paths:
            in_reach |= Q(path__startswith=path)
        rows = rows.filter(in_reach)
    rarest, *others = looked_for
    candidates = rows.filter(rarest)
    for term in others:
        same = SearchTerm.objects.filter(
            term, district_id=actor.district_id, kind=_kind(kind), record_id=OuterRef("record_id")
        )
        candidates = candidates.filter(Exists(same))
    return candidates


def _paths_in_reach(actor: Actor, kind: type[Any]) -> set[str]:
    """The subtrees to look in, where the actor's codes reach by subtree and by nothing else; empty otherwise.

    It only narrows what is looked at: who sees what is decided by `visible_to`.
    """
    codes = [
        (code, posting)
        for posting in actor.postings
        for code in matrix().codes(kind.reach.reading, posting.role)
    ]
    by_subtree = all(code == "U" or (code == "D" and not posting.oversees) for code, posting in codes)
    if kind.reach.path != "unit__path" or not by_subtree:
        return set()
    return {posting.path for _code, posting in codes}


def _kind(model: type[Any]) -> str:
    """The lasting name of a record's model."""
    return model._meta.label_lower  # noqa: SLF001 - Django's public name of a model
