"""What waits for the bureau and the centre: fifty hazards are not fifty cards but a few kinds of work, each a list.

A kind is a condition on rows and the move that it asks for. The table of moves stays the judge of who may: a test
holds each condition against it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, DateField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.listing import Filter
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.todo import Pile, Todo
from xiaoan.hazards.counted import overdue
from xiaoan.hazards.models import Cause, Draft, Extension, ExtensionState, Grade, Hazard, Level, State
from xiaoan.hazards.models.choices import OPEN
from xiaoan.hazards.models.hazard import THIRD_TIME
from xiaoan.hazards.permissions import EXTENDERS

WAITING = sorted(OPEN | {State.TO_LOOK_BACK})
"""Steps at which anybody is waited for: said apart, so that the index finds these few among all that is closed."""
RECTIFY = "rectify"
"""The one kind besides looking back whose hazards have a date of their own."""
Condition = Callable[[Actor], Q]

_MAJOR = Q(grade=Grade.MAJOR) | Q(listed=True)
_LEVELS = {
    Level.UNIT: ~_MAJOR & Q(from_above=False),
    Level.ABOVE: ~_MAJOR & Q(from_above=True),
    Level.MAJOR: _MAJOR,
}
_OF_ABOVE = ~_LEVELS[Level.UNIT]
_NEEDS_CAUSE = Q(grade=Grade.MAJOR) | Q(occurrence__gte=THIRD_TIME)
_MAY_BE_CLOSED = Q(state=State.TO_CLOSE, suspected=False) & ~(_NEEDS_CAUSE & Q(cause=Cause.NONE))


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: its code in an address, its words, its one next step, the act that it takes, the rows."""

    code: str
    words: Words
    button: Words
    verb: str
    act: str
    condition: Condition


def _always(condition: Q) -> Condition:
    """The same rows whoever asks."""
    return lambda _actor: condition


def _by_other_hand(condition: Q) -> Condition:
    """Rows that somebody else put right; of a major one nobody who belongs to the unit."""

    def narrowed(actor: Actor) -> Q:
        inside = Q(grade=Grade.MAJOR, unit__path__in=_own_paths(actor))
        return condition & ~_is(actor, "rectified_by_id") & ~inside

    return narrowed


def _confirming(actor: Actor) -> Q:
    """Put right on the spot by somebody else."""
    mine = _is(actor, "rectified_by_id") | _is(actor, "found_by_id")
    return Q(state=State.TO_CONFIRM, from_above=True, suspected=False) & ~mine


def _closing(actor: Actor) -> Q:
    """Accepted and re-checked: the centre closes what it handed out."""
    return _MAY_BE_CLOSED & _LEVELS[Level.ABOVE] & ~_is(actor, "rectified_by_id")


def _deciding(draft: Draft, condition: Q) -> Condition:
    """Drafted by somebody else."""
    return lambda actor: Q(draft=draft) & condition & ~_is(actor, "draft_by_id")


def _lifting(actor: Actor) -> Q:
    """摘牌 as drafted."""
    return _deciding(Draft.LIFT, _MAY_BE_CLOSED & _MAJOR)(actor) & ~_is(actor, "rectified_by_id")


def _extending(actor: Actor) -> Q:
    """Asked for by somebody else, of a level and for a time that is the actor's to grant."""
    roles = {posting.role for posting in actor.postings if posting.oversees}
    asked = Extension.objects.visible_to(actor).filter(state=ExtensionState.ASKED)
    asked = asked.exclude(created_by_id=actor.person_id)
    mine = Q(pk=None)
    for (level, number), grants in EXTENDERS.items():
        if roles.intersection(grants):
            mine |= _LEVELS[level] & Q(pk__in=asked.filter(number=number).values("hazard_id"))
    return Q(state=State.RECTIFYING) & mine


def _is(actor: Actor, column: str) -> Q:
    """Rows in which a column names the actor; a negation keeps the rows where it names nobody."""
    return Q(**{f"{column}__isnull": False, column: actor.person_id})


def _own_paths(actor: Actor) -> list[str]:
    """The paths of the actor's units and of all above them."""
    parts = [posting.path.strip("/").split("/") for posting in actor.postings]
    return sorted({"/".join(path[: depth + 1]) + "/" for path in parts for depth in range(len(path))})


_HANDLED = Q(state__in=[State.TO_ASSIGN, State.RECTIFYING, State.TO_VERIFY, State.TO_RECHECK, State.TO_CLOSE])
_LOWERED = Q(state__in=[State.TO_ASSIGN, State.RECTIFYING], grade=Grade.MAJOR)

# fmt: off
WORK = (
    Work("suspected", _("疑似重大待答复"), pgettext_lazy("button", "答复"), "judge_major", "hazards.judge_major",
         _always(Q(suspected=True, state__in=sorted(OPEN)))),
    Work("list", _("挂牌待批准"), pgettext_lazy("button", "挂牌督办"), "list", "hazards.list_hazard",
         _deciding(Draft.LIST, _HANDLED)),
    Work("lift", _("摘牌待批准"), _("摘牌销号"), "lift", "hazards.lift_hazard", _lifting),
    Work("lower", _("调低待批准"), _("调低为一般"), "lower", "hazards.lower_hazard", _deciding(Draft.LOWER, _LOWERED)),
    Work(RECTIFY, _("待我整改"), _("提交整改"), "submit", "hazards.submit_hazard",
         lambda actor: Q(holder_id=actor.person_id, state__in=[State.RECTIFYING, State.SCHEDULED])),
    Work("judge", _("待判定"), pgettext_lazy("button", "判定"), "judge", "hazards.judge_hazard",
         _always(Q(state=State.TO_JUDGE, from_above=True))),
    Work("issue", _("待交办"), _("交办"), "issue", "hazards.issue_hazard", _always(Q(state=State.TO_ASSIGN) & _OF_ABOVE)),
    Work("extend", _("延期待批准"), pgettext_lazy("button", "批复"), "grant", "hazards.grant_extension", _extending),
    Work("confirm", _("待确认"), _("确认"), "confirm", "hazards.confirm_fix", _confirming),
    Work("recheck", _("待复查"), pgettext_lazy("button", "复查"), "recheck", "hazards.recheck_hazard",
         _by_other_hand(Q(state=State.TO_RECHECK))),
    Work("close", _("待销号"), _("销号"), "close", "hazards.close_hazard", _closing),
    Work("draft_lifting", _("待拟摘牌"), _("拟摘牌"), "draft_lifting", "hazards.draft_lifting",
         _always(Q(state=State.TO_CLOSE, draft=Draft.NONE) & _MAJOR)),
    Work("look_back", _("待回头看"), pgettext_lazy("button", "回头看"), "sound", "hazards.look_back",
         _by_other_hand(Q(state=State.TO_LOOK_BACK))),
)
# fmt: on
"""In the order of urgency; a hazard lies in the first pile that takes it."""


def work_of(actor: Actor) -> list[Work]:
    """The kinds of work that the actor's posts above the units do."""
    above = actor.by(lambda posting: posting.oversees)
    return [work for work in WORK if holds_anywhere(above, work.act)]


def piles(actor: Actor) -> list[Pile]:
    """Each kind of work that waits: how much, and the oldest of it; one statement over open hazards only."""
    kinds = work_of(actor)
    if not kinds:
        return []
    sorted_out = _sorted_out(Hazard.objects.visible_to(actor), actor, kinds)
    dated = Case(
        When(state=State.TO_LOOK_BACK, then="look_back_on"),
        When(work=RECTIFY, then="due_on"),
        output_field=DateField(),
    )
    ranked = sorted_out.exclude(work="").annotate(
        day=dated,
        rank=Window(RowNumber(), partition_by="work", order_by=[Coalesce("day", "found_on"), "id"]),
        number=Window(Count("id"), partition_by="work"),
    )
    first = {row.work: row for row in ranked.filter(rank=1).select_related("unit")}
    return [_pile(work, first[work.code]) for work in kinds if work.code in first]


def _sorted_out(rows: "QuerySet[Any]", actor: Actor, kinds: Sequence[Work]) -> "QuerySet[Any]":
    """Waiting rows with the code of their pile as `work`, empty for what is nobody's of these kinds."""
    whens = [When(kind.condition(actor), then=Value(kind.code)) for kind in kinds]
    work = Case(*whens, default=Value(""), output_field=CharField())
    return rows.filter(state__in=WAITING).annotate(work=work)


def _pile(work: Work, hazard: Any) -> Pile:
    """A pile with its oldest hazard on top."""
    return Pile(
        kind=work.words,
        number=hazard.number,
        url=listed(mine=work.code, order="waited"),
        first=Todo(
            title=hazard.text,
            url=hazard.get_absolute_url(),
            button=work.button,
            due=hazard.day,
            meta=hazard.unit.name,
            since=hazard.found_on,
        ),
    )


def mine(actor: Actor) -> Filter:
    """待我处理 as a filter of the list: exactly the rows of a pile."""
    kinds = work_of(actor)
    return Filter(
        "mine",
        _("待我处理"),
        lambda _actor: [(work.code, work.words) for work in kinds],
        lambda rows, code: _sorted_out(rows, actor, kinds).filter(work=code),
    )


@dataclass(frozen=True, slots=True)
class District:
    """How the open hazards stand that an actor sees: how many are late and in how many units, who has the rest."""

    open: int
    overdue: int
    overdue_units: int
    with_others: Sequence[Pile]


OTHERS = (State.RECTIFYING, State.TO_VERIFY, State.REFERRED, State.SCHEDULED)
"""Steps at which a school, a receiver or a contractor is waited for."""


def district(actor: Actor) -> District | None:
    """One statement over open hazards; None for who does not read the counts of a district."""
    if not holds_anywhere(actor, "hazards.read_tallies"):
        return None
    rows = Hazard.objects.visible_to(actor).filter(state__in=sorted(OPEN)).order_by()
    found = rows.aggregate(
        open=Count("id"),
        overdue=Count("id", filter=overdue()),
        overdue_units=Count("unit_id", filter=overdue(), distinct=True),
        **{state.value: Count("id", filter=Q(state=state)) for state in OTHERS},
    )
    held = [(state, found.pop(state.value)) for state in OTHERS]
    return District(
        **found,
        with_others=[
            Pile(state.label, number, listed(view="open", state=state.value)) for state, number in held if number
        ],
    )  # fmt: skip


def listed(**words: str) -> str:
    """Where hazards are listed."""
    return f"{reverse('hazards:hazards')}?{urlencode(words)}"
