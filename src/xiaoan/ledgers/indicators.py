"""What the ledgers measure: records held, records per head, 议定事项 finished (2-duties T1.8, T1.10, T1.12, S1.1, S1.2).

A voided record never counts; a fact counts by its event date; so the answer for a past period is the same
whenever it is asked.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.events import Event
from xiaoan.foundation.indicators import Kind, Link, Pair, Parameters, Untold
from xiaoan.foundation.periods import Period
from xiaoan.ledgers.declarations import RecordKind
from xiaoan.ledgers.events import (
    EntryCorrected,
    EntryRecorded,
    EntryVoided,
    ItemAgreed,
    ItemFinished,
    ItemVoided,
)
from xiaoan.ledgers.models import Entry, EntryState, Item, ItemState
from xiaoan.people.events import AppointmentChanged
from xiaoan.people.models import Appointment
from xiaoan.people.permissions import in_force

REASON = "an indicator counts all units"
MOST_EXPECTED = 366
Kinds = Mapping[str, Any]


def valid_entries(period: Period, kind: str) -> "QuerySet[Entry]":
    """Entries of a kind that count in a period."""
    return Entry.objects.everything(REASON).filter(
        kind=kind, state=EntryState.FILED, happened_on__range=(period.first, period.last)
    )


def _record_link(unit_id: UUID, period: Period, kind: RecordKind) -> Link:
    """Where a record of the kind is made, for those whose posts record it; of a past period, on its last day."""
    day = {"on": period.last.isoformat()} if period.last < clock.today() else {}
    return Link(
        f"{reverse('ledgers:record', args=[kind.code])}?{urlencode({'unit': unit_id} | day)}",
        _("记一次%(kind)s") % {"kind": kind.title},
        act="ledgers.record_entry",
        posts=frozenset(kind.recorded_by),
    )


def _unknown_kind(with_: Parameters, kinds: Kinds) -> str | None:
    """Words where the parameter `kind` names no record kind of the pack."""
    if with_.get("kind") in kinds:
        return None
    return _("参数 kind 应是 kinds.yaml 中的一种记录，而不是“%(kind)s”。") % {"kind": with_.get("kind")}


class RecordsHeld:
    """Valid records of a kind in the period, at most as many as expected / expected.

    Beside `kind` and `expected` a duty may name a `person_post` field of the kind with posts
    (`chaired_by: [principal, secretary]`): then only records count whose person there held one of them that day.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset({EntryRecorded, EntryCorrected, EntryVoided})
    parameters: frozenset[str] = frozenset({"kind", "expected"})

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:
        """A known kind, a whole number, and at most fields of the kind with posts that the field allows."""
        if words := _unknown_kind(with_, kinds):
            return words
        expected = with_.get("expected")
        if isinstance(expected, bool) or not isinstance(expected, int) or not 0 < expected <= MOST_EXPECTED:
            return _("参数 expected 应是 1 至 366 的整数。")
        return _wrong_posts(kinds[with_["kind"]], self._posts(with_))

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:
        """One statement for all units."""
        counted = (
            self._counting(period, with_)
            .filter(unit_id__in=units)
            .order_by()
            .values_list("unit_id")
            .annotate(number=Count("id", distinct=True))
        )
        found = dict(counted)
        expected = Decimal(with_["expected"])
        return {unit: Pair(min(Decimal(found.get(unit, 0)), expected), expected) for unit in units}

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Entry]":
        """The records that count, newest first."""
        return (
            self._counting(period, with_).filter(unit_id=unit_id).distinct().order_by("-happened_on", "-id")
        )

    def next_step(
        self,
        unit_id: UUID,
        period: Period,
        with_: Parameters,
        kinds: Kinds,
    ) -> Link | None:
        """The form of the kind; none where the pack no longer has it."""
        kind = kinds.get(with_["kind"])
        return _record_link(unit_id, period, kind) if kind else None

    def _counting(self, period: Period, with_: Parameters) -> "QuerySet[Entry]":
        """The records of any unit that count."""
        rows = valid_entries(period, with_["kind"])
        for field, posts in self._posts(with_).items():
            rows = rows.filter(people__field=field, people__post__in=posts)
        return rows

    def _posts(self, with_: Parameters) -> Parameters:
        """The parameters that name a field with posts."""
        return {name: posts for name, posts in with_.items() if name not in self.parameters}


def _wrong_posts(kind: RecordKind, asked: Parameters) -> str | None:
    """Words where a duty asks for a field or posts that the kind does not have."""
    for name, posts in asked.items():
        spec = kind.field(name)
        if spec is None or spec.type != "person_post":
            return _("参数 %(name)s 应是该记录中的一个任职人员栏（person_post）。") % {"name": name}
        if not posts or not isinstance(posts, list | tuple) or not set(posts) <= set(spec.posts):
            return _("参数 %(name)s 的岗位应在该栏的 posts 之内。") % {"name": name}
    return None


class RecordsPerHolder:
    """Holders of some posts with a record in the period / holders in post on its last day (today while it runs).

    One person who holds two of the posts is one holder; a deputy counts where the post is vacant. Where nobody
    is in post, nobody can say what is owed.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset(
        {EntryRecorded, EntryCorrected, EntryVoided, AppointmentChanged}
    )
    parameters: frozenset[str] = frozenset({"kind", "posts"})

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:
        """A known kind with exactly one `person_post` field, and posts that it allows."""
        if words := _unknown_kind(with_, kinds):
            return words
        fields = kinds[with_["kind"]].of_type("person_post")
        if len(fields) != 1:
            return _("这种记录应恰有一个任职人员栏（person_post），才能按人计数。")
        if set(with_) != self.parameters:
            return _("参数应为 kind 和 posts。")
        return _wrong_posts(kinds[with_["kind"]], {fields[0].name: with_["posts"]})

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:
        """Two statements for all units."""
        holders = holders_in_post(units, with_["posts"], min(period.last, clock.today()))
        reported: dict[UUID, set[UUID]] = defaultdict(set)
        for unit, person in self._reports(period, with_).filter(unit_id__in=units):
            reported[unit].add(person)
        return {unit: _per_holder(holders[unit], reported[unit]) for unit in units}

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Entry]":
        """The records of the kind in the period, newest first."""
        return valid_entries(period, with_["kind"]).filter(unit_id=unit_id).order_by("-happened_on", "-id")

    def next_step(
        self,
        unit_id: UUID,
        period: Period,
        with_: Parameters,
        kinds: Kinds,
    ) -> Link | None:
        """The form of the kind; none where the pack no longer has it."""
        kind = kinds.get(with_["kind"])
        return _record_link(unit_id, period, kind) if kind else None

    def _reports(self, period: Period, with_: Parameters) -> "QuerySet[Entry, tuple[UUID, UUID]]":
        """Unit and person of each record that counts."""
        counting = valid_entries(period, with_["kind"]).filter(people__post__in=with_["posts"])
        return counting.values_list("unit_id", "people__person_id")


def holders_in_post(units: Collection[UUID], posts: Collection[str], day: date) -> dict[UUID, set[UUID]]:
    """The persons who held one of these posts on a day, by unit; deputies where the post had no holder."""
    rows = (
        Appointment.objects.everything(REASON)
        .filter(in_force(day), unit_id__in=units, post__code__in=posts)
        .order_by("is_deputy")
        .values_list("unit_id", "post_id", "person_id", "is_deputy")
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    held: set[tuple[UUID, UUID]] = set()
    for unit, post, person, is_deputy in rows:
        if not is_deputy or (unit, post) not in held:
            found[unit].add(person)
        if not is_deputy:
            held.add((unit, post))
    return found


def _per_holder(holders: set[UUID], reported: set[UUID]) -> Pair:
    """The figure of one unit."""
    achieved = Decimal(len(holders & reported))
    return Pair(achieved, Decimal(len(holders)) if holders else Untold(VACANT))


VACANT = gettext_lazy("当日这些岗位没有人任职，请先登记任职。")


class ItemsFinished:
    """议定事项 of a kind that were due in the period and finished by their due day / all that were due.

    Where nothing was due, nothing is expected.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset({ItemAgreed, ItemFinished, ItemVoided})
    parameters: frozenset[str] = frozenset({"kind"})

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:
        """A known kind that carries items, and nothing else."""
        if words := _unknown_kind(with_, kinds):
            return words
        if set(with_) != self.parameters:
            return _("参数只有 kind。")
        return None if kinds[with_["kind"]].items else _("这种记录没有议定事项（items: false）。")

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:
        """One statement for all units; a unit where nothing was due is left out."""
        in_time = Count("id", filter=Q(state=ItemState.DONE, done_on__lte=F("due_on")))
        counted = (
            self._due(period, with_)
            .filter(unit_id__in=units)
            .order_by()
            .values_list("unit_id")
            .annotate(in_time=in_time, due=Count("id"))
        )
        return {unit: Pair(Decimal(done), Decimal(due)) for unit, done, due in counted}

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Item]":
        """The items that were due, by due day."""
        return self._due(period, with_).filter(unit_id=unit_id).order_by("due_on", "id")

    def next_step(
        self,
        unit_id: UUID,
        period: Period,
        with_: Parameters,
        kinds: Kinds,  # noqa: ARG002 - an item tells its own
    ) -> Link | None:
        """The open item that is due first."""
        item = self.rows(unit_id, period, with_).filter(state=ItemState.OPEN).first()
        return Link(item.get_absolute_url(), _("办结"), act="ledgers.finish_item") if item else None

    def _due(self, period: Period, with_: Parameters) -> "QuerySet[Item]":
        """The items of any unit that are due in a period."""
        return Item.objects.everything(REASON).filter(
            entry__kind=with_["kind"],
            entry__state=EntryState.FILED,
            due_on__range=(period.first, period.last),
        )


def describe(pair: Pair) -> str:
    """0/1 in words of a list; 缺依据 where it cannot be told."""
    if isinstance(pair.expected, Untold):
        return str(pair.expected.missing)
    return str(
        format_lazy(
            "{done}/{owed}", done=f"{pair.achieved.normalize():f}", owed=f"{pair.expected.normalize():f}"
        )
    )
