"""`hazards.campaign_cleared` (T5.2): hazards of the kinds that the special campaigns count."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from xiaoan.foundation.events import Event
from xiaoan.foundation.indicators import Kind, Link, Pair, Parameters
from xiaoan.foundation.periods import Period
from xiaoan.hazards.events import FindingChanged, HazardsImported
from xiaoan.hazards.indicators.counting import (
    Hazards,
    Kinds,
    all_steps,
    hazards_then,
    list_link,
    newest_first,
    read_on,
    whether,
)
from xiaoan.hazards.indicators.major import SAFE_MEANWHILE
from xiaoan.hazards.models import Grade, Hazard, Source, State
from xiaoan.hazards.models.choices import CLOSED, COUNTS_WHEN_FOUND, OPEN, UNDER_ACCEPTANCE
from xiaoan.hazards.rules import rules_of
from xiaoan.plans.models import PackVersion

SUBMITTING = ("submit", "referral_answered")
LONGEST = 60


class CampaignCleared:
    """Hazards of the campaign kinds found in the year, closed or inside their date at its end / all of these.

    For an institution; today while the year runs. The kinds are those of the pack version by which a hazard is
    handled. A major hazard must be under control besides. Put right by its day and waiting for acceptance is
    inside; so is what waits to be handed out from above or lies with another unit, since the school answers for its
    own step. What the school itself has to hand out has `order_within` days from finding until it needs a date.
    A time of finding in doubt is in no year until somebody confirms it.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset({FindingChanged, HazardsImported})
    parameters: frozenset[str] = frozenset({"order_within"})

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:  # noqa: ARG002 - the protocol
        """A whole number of days, and nothing else."""
        days = with_.get("order_within")
        is_number = isinstance(days, int) and not isinstance(days, bool) and 0 <= days <= LONGEST
        if is_number and set(with_) == self.parameters:
            return None
        return _("参数只有 order_within（从发现到交办的天数），应是 0 至 60 的整数。")

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:
        """One statement for all units, one more for each pack version not read before."""
        counted = (
            self._found(period, with_)
            .filter(unit_id__in=units)
            .order_by()
            .values_list("unit_id", "pack_version_id", "kind")
            .annotate(good=Count("pk", filter=Q(done=True)), owed=Count("pk"))
        )
        sums: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
        for unit, version, kind, good, owed in counted:
            if kind in campaign_kinds(version):
                sums[unit][0] += good
                sums[unit][1] += owed
        return {unit: Pair(Decimal(good), Decimal(owed)) for unit, (good, owed) in sums.items()}

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Hazard]":
        """The hazards of these kinds that were found in the year."""
        found = self._found(period, with_).filter(unit_id=unit_id)
        versions = found.order_by().values_list("pack_version_id", flat=True).distinct()
        of_the_campaign = Q(pk__in=())
        for version in versions:
            of_the_campaign |= Q(pack_version_id=version, kind__in=sorted(campaign_kinds(version)))
        return newest_first(found.filter(of_the_campaign))

    def next_step(self, unit_id: UUID, period: Period, with_: Parameters, kinds: Kinds) -> Link | None:  # noqa: ARG002
        """The unit's open hazards, by date."""
        rows: Hazards = self.rows(unit_id, period, with_)
        waiting = rows.filter(done=False, state__in=sorted(OPEN))
        return list_link(_("去整改"), act="hazards.submit_hazard", view="open") if waiting.exists() else None

    def _found(self, period: Period, with_: Parameters) -> Hazards:
        """The hazards of any unit and kind that were found in the year, `done` as they stood at its end."""
        day = read_on(period)
        submitted = all_steps().filter(hazard=OuterRef("pk"), verb__in=SUBMITTING, on__lte=day)
        rows = hazards_then(day).filter(COUNTS_WHEN_FOUND, found_on__range=(period.first, period.last))
        said = rows.annotate(submitted_on=Subquery(submitted.order_by("-number").values("on")[:1]))
        closed = Q(stood__to__in=sorted(CLOSED))
        inside = _inside(day) | _without_date(day - timedelta(days=with_["order_within"]))
        return said.annotate(done=whether(closed | (inside & _controlled())))


@lru_cache(maxsize=32)
def campaign_kinds(version_id: UUID) -> frozenset[str]:
    """The kinds that the campaigns count, by a version of the pack. What was published never changes."""
    rules = rules_of(PackVersion(pk=version_id))
    return frozenset(kind.code for kind in rules.kinds if kind.campaign)


def _inside(day: date) -> Q:
    """Open, and its date has not passed, or was kept, or stands still."""
    running = Q(stood__due_on__gte=day)
    kept = Q(stood__to__in=sorted(UNDER_ACCEPTANCE), stood__due_on__gte=F("submitted_on"))
    handed_back = Q(stood__to=State.TO_ASSIGN, stood__due_on__isnull=False)
    return running | kept | handed_back | Q(stood__to=State.REFERRED)


def _without_date(since: date) -> Q:
    """Not handed out yet, or reported only later: lately found, or to be handed out from above."""
    from_above = Q(stood__grade=Grade.MAJOR) | ~Q(source=Source.SCHOOL)
    answered = Q(stood__to__in=sorted(UNDER_ACCEPTANCE))
    return Q(stood__due_on__isnull=True) & (Q(found_on__gte=since) | from_above | answered)


def _controlled() -> Q:
    """What is major is closed off while it is open."""
    not_major = Q(stood__to__isnull=True) | Q(stood__grade__in=[Grade.NONE, Grade.GENERAL])
    return not_major | SAFE_MEANWHILE
