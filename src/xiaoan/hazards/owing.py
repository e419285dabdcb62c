"""What hazards ask of a person: their one next step on each, by date or since when; and what they wait for from others."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.clock import local_date
from xiaoan.foundation.errors import Words
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.todo import Held, Share, Todo
from xiaoan.foundation.ui.dates import short_date
from xiaoan.hazards.lifecycle import EXTENSION, HAZARD, REFERRAL
from xiaoan.hazards.models import (
    Extension,
    ExtensionState,
    Hazard,
    Level,
    Referral,
    ReferralState,
    State,
    Step,
)
from xiaoan.hazards.models.choices import OPEN
from xiaoan.hazards.permissions import LEADS, SCHOOL, may_grant_extension
from xiaoan.hazards.piles import WAITING, piles
from xiaoan.hazards.signs import standing

SHOWN = 50
RUNNING = frozenset({State.RECTIFYING, State.SCHEDULED})
"""Steps whose date is the hazard's own; everything else waits for a word, and has no date."""
NEXT_VERBS = (
    "confirm_time",
    "judge",
    "judge_major",
    "dispatch",
    "issue",
    "plan",
    "submit",
    "confirm",
    "accept",
    "recheck",
    "list",
    "lower",
    "draft_lifting",
    "lift",
    "close",
    "sound",
)
"""The moves that carry a hazard on, in the order of its life: of those that a person may make, the first is theirs."""


def carries_on(hazard: Hazard, verb: str) -> bool:
    """Whether a move is the next step. 判定为重大 is one only while the hazard waits to be judged, or may be major."""
    if verb == "judge_major":
        return hazard.suspected or hazard.state == State.TO_JUDGE
    return verb in NEXT_VERBS


def share(actor: Actor) -> Share:
    """What waits for the actor hazard by hazard, what waits in piles above the units, what others hold."""
    rows = _rows(actor)
    steps = {row.pk: _next_verb(row, actor) for row in rows}
    things = [_todo(row, steps[row.pk], actor) for row in rows if steps[row.pk] not in {"", "confirm"}]
    fixes = [row for row in rows if steps[row.pk] == "confirm"]
    others = [row for row in rows if not steps[row.pk] and row.state in OPEN]
    return Share(
        things + _fixes(fixes, actor) + _asked_of(actor),
        piles(actor),
        [_held(row) for row in sorted(others, key=_since)],
    )


def _rows(actor: Actor) -> list[Hazard]:
    """Hazards that wait for the actor or that others took over from them, by date; with the day of the last step."""
    if holds_anywhere(actor, "hazards.read_tallies") and not actor.by(_is_at_unit).postings:
        return []  # their work lies in piles, the rest is told in numbers
    rows: QuerySet[Hazard] = Hazard.objects.visible_to(actor)
    return list(
        rows.filter(_waits_for(actor) | _lies_with_others(actor), state__in=WAITING)
        .select_related("pack_version", "unit", "holder", "handled_by")
        .annotate(since=Subquery(_last_move().values("on")[:1]))
        .order_by("order_on", "id")[:SHOWN]
    )


def _next_verb(hazard: Hazard, actor: Actor) -> str:
    """The first move that carries it on and that is the actor's to make at the unit; empty where it waits for others.

    Who follows up may submit for the holder, but is not asked to.
    """
    offered = {move.verb for move, verdict in HAZARD.offers(hazard, actor.by(_is_at_unit)) if verdict}
    verb = next((verb for verb in NEXT_VERBS if verb in offered and carries_on(hazard, verb)), "")
    return "" if verb == "submit" and hazard.holder_id != actor.person_id else verb


def _todo(hazard: Hazard, verb: str, actor: Actor) -> Todo:
    """A hazard with its next step."""
    unit = "" if _belongs(actor, hazard) else f"{hazard.unit.name} · "
    return Todo(
        title=hazard.text,
        url=hazard.get_absolute_url(),
        button=HAZARD.move(verb).label,
        due=hazard.due_on if hazard.state in RUNNING else None,
        meta=f"{unit}{hazard.place_name} · {hazard.code}",
        state=standing(hazard).signs[0],
        since=_since(hazard),
    )


def _fixes(hazards: Sequence[Hazard], actor: Actor) -> list[Todo]:
    """What was put right on the spot is confirmed together: several are one thing to do."""
    if len(hazards) <= 1:
        return [_todo(each, "confirm", actor) for each in hazards]
    number = len(hazards)
    return [
        Todo(
            title=ngettext(
                "当场已整改，请您确认：%(number)d 条", "当场已整改，请您确认：%(number)d 条", number
            )
            % {"number": number},
            url=reverse("hazards:confirm"),
            button=HAZARD.move("confirm").label,
            meta=_("可以一次确认多条。"),
            state=standing(hazards[0]).signs[0],
            since=min(map(_since, hazards)),
        )
    ]


def _asked_of(actor: Actor) -> list[Todo]:
    """Extensions that wait for a decision inside the unit, and referrals that wait for an answer."""
    at_unit = actor.by(_is_at_unit)
    asked = Extension.objects.visible_to(at_unit).select_related("hazard__unit", "unit").order_by("id")
    waiting = Referral.objects.visible_to(actor).select_related("hazard__unit").order_by("due_on", "id")
    decides = holds_anywhere(at_unit, "hazards.grant_extension")
    answers = holds_anywhere(actor, "hazards.answer_referral")
    own = asked.filter(state=ExtensionState.ASKED, hazard__state=State.RECTIFYING)[:SHOWN]
    sent = waiting.filter(state=ReferralState.OPEN, to_unit__in=_units(actor))[:SHOWN]
    return [_extending(each) for each in (own if decides else ()) if may_grant_extension(at_unit, each)] + [
        _answering(each) for each in (sent if answers else ())
    ]


def _extending(extension: Extension) -> Todo:
    """An extension as something to decide: it has no date of its own, and waits since it was asked for."""
    return Todo(
        title=extension.hazard.text,
        url=extension.hazard.get_absolute_url(),
        button=EXTENSION.move("grant").label,
        meta=_("申请延期到%(day)s") % {"day": short_date(extension.due_on)},
        state=_("延期待批准"),
        since=local_date(extension.created_at),
    )


def _answering(referral: Referral) -> Todo:
    """A referral as something to answer by its day."""
    return Todo(
        title=referral.hazard.text,
        url=referral.hazard.get_absolute_url(),
        button=REFERRAL.move("answer").label,
        due=referral.due_on,
        meta=referral.hazard.unit.name,
        state=State.REFERRED.label,
        since=referral.referred_on,
    )


def _held(hazard: Hazard) -> Held:
    """A hazard as something that others have."""
    return Held(
        title=hazard.text,
        url=hazard.get_absolute_url(),
        state=standing(hazard).signs[0],
        holder=_holder(hazard),
        since=_since(hazard),
        due=hazard.due_on if hazard.state in RUNNING else None,
    )


def _holder(hazard: Hazard) -> Words:
    """Who is waited for, in words: a name where it is one person's or one unit's."""
    if hazard.state == State.REFERRED:
        return hazard.handled_by.name if hazard.handled_by else _("受理单位")
    if hazard.state in RUNNING:
        return hazard.holder.name if hazard.holder else _("责任岗位（暂缺）")
    if hazard.state == State.TO_VERIFY or (hazard.state == State.TO_CONFIRM and not hazard.from_above):
        return _("本单位另一位同事")
    if hazard.level == Level.MAJOR and hazard.state == State.TO_CLOSE:
        return _("法制科拟稿，分管局长批准")
    return _("本单位分管负责人") if hazard.level == Level.UNIT else _("中心")


def _since(hazard: Hazard) -> date:
    """Since when it stands at its step."""
    return hazard.since or hazard.found_on  # type: ignore[attr-defined]  # annotated


def _last_move() -> "QuerySet[Step]":
    """The step by which a hazard came to where it stands; one that only changed a flag or a date is none."""
    steps = Step._default_manager.filter(hazard=OuterRef("pk"))  # noqa: SLF001 - of hazards in sight
    return steps.exclude(frm=F("to")).order_by("-number")


def _waits_for(actor: Actor) -> Q:
    """Rows that can wait for this actor at all; the table of moves says which of them do."""
    waits = Q(holder_id=actor.person_id, state__in=[State.RECTIFYING, State.SCHEDULED])
    for posting in actor.postings:
        waits |= _waits_for_posting(posting)
    return waits


def _waits_for_posting(posting: Posting) -> Q:
    """What waits for one appointment at a unit; above the units it lies in piles."""
    if posting.role not in SCHOOL:
        return Q(pk=None)
    own = Q(state__in=[State.TO_VERIFY, State.TO_CONFIRM]) | Q(state=State.TO_JUDGE, from_above=False)
    if posting.role in LEADS:
        own |= Q(state__in=[State.TO_ASSIGN, State.TO_CLOSE], from_above=False)
        own |= Q(state=State.RECTIFYING, grade="major", planned=False) | Q(time_in_doubt=True)
    return Q(unit__path__startswith=posting.path) & own


def _lies_with_others(actor: Actor) -> Q:
    """What the actor found, put right or moved last; what a unit's leaders and safety officer wait for from above.

    Whoever reads the counts of a district is told in numbers instead.
    """
    if holds_anywhere(actor, "hazards.read_tallies"):
        return Q(pk=None)
    moved_last = Exact(Subquery(_last_move().values("person_id")[:1]), actor.person_id)
    lies = Q(found_by_id=actor.person_id) | Q(rectified_by_id=actor.person_id) | Q(moved_last)
    above = Q(state__in=[State.TO_JUDGE, State.TO_ASSIGN, State.TO_CLOSE], from_above=True)
    for posting in actor.postings:
        if posting.role in SCHOOL:
            here = Q(unit__path__startswith=posting.path)
            lies |= here & (above | Q(state__in=[State.TO_RECHECK, State.REFERRED]))
    return lies


def _is_at_unit(posting: Posting) -> bool:
    """Whether an appointment handles hazards one by one; a unit that oversees others has a safety officer of its own."""
    return not posting.oversees or posting.role in SCHOOL


def _units(actor: Actor) -> list[UUID]:
    return [posting.unit_id for posting in actor.postings]


def _belongs(actor: Actor, hazard: Hazard) -> bool:
    """Whether the actor holds a post in the unit, so that its name need not be said."""
    return hazard.unit_id in _units(actor)
