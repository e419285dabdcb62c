"""Writing many old hazards with their steps, holders and looks back, in a few statements."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.hazards.closing import reopening_values
from xiaoan.hazards.findings import take_numbers
from xiaoan.hazards.imports.columns import (
    ACCEPTED,
    CLOSED_ON,
    CLOSER,
    DUE,
    FINDER,
    FOUND,
    LOOKED,
    RECTIFIED,
    RECTIFIER,
    VERIFIER,
)
from xiaoan.hazards.imports.holders import Link, chain_of
from xiaoan.hazards.imports.old import OldHazard
from xiaoan.hazards.imports.past import HANDING, Moment, moments
from xiaoan.hazards.imports.recurrence import Recurrence, past_of
from xiaoan.hazards.imports.register import Register
from xiaoan.hazards.models import Grade, Hazard, Holding, LookBack, State, Step
from xiaoan.hazards.models.choices import OPEN
from xiaoan.hazards.models.hazard import NO_DAY
from xiaoan.people.models import Appointment

BY = {RECTIFIER: RECTIFIED, VERIFIER: ACCEPTED, CLOSER: CLOSED_ON}
"""Whose key stands in a column of the hazard, and on which day they did it."""


def write_hazards(actor: Actor, register: Register, olds: Sequence[OldHazard]) -> list[Hazard]:
    """New hazards of the old ledger, in the order in which they were found, each linked to what it repeats."""
    ordered = sorted(olds, key=lambda old: (old.found_on, old.number))
    recurrence = past_of(ordered, register.rules.repeats_within)
    lives = [_Life(actor, register, old, recurrence) for old in ordered]
    for life, code in zip(lives, _codes(ordered), strict=True):
        life.hazard.code = code
    Hazard.objects.bulk_create([life.hazard for life in lives])
    Step.objects.bulk_create([step for life in lives for step in life.steps()])
    Holding.objects.bulk_create([holding for life in lives for holding in life.holdings()])
    LookBack.objects.bulk_create([look for life in lives for look in life.looks_back()])
    return [life.hazard for life in lives]


def _codes(ordered: Sequence[OldHazard]) -> Iterator[str]:
    """New numbers, of the year in which each was found, given out unit by unit."""
    units = {old.unit.pk: old.unit for old in ordered}
    wanted = Counter((old.unit.pk, old.found_on.year) for old in ordered)
    given = {key: iter(take_numbers(units[key[0]], key[1], many)) for key, many in sorted(wanted.items())}
    return (next(given[old.unit.pk, old.found_on.year]) for old in ordered)


class _Life:
    """An old hazard with everything that hangs on it, not stored yet."""

    def __init__(self, actor: Actor, register: Register, old: OldHazard, recurrence: Recurrence) -> None:
        self.old, self.register = old, register
        self.moments = moments(old, register.rules.archive_after)
        is_open = self.moments[-1].to in OPEN
        self.chain = chain_of(old, register, is_open=is_open)
        if len(self.chain) > 1:
            self.moments.append(self._handed_over(self.chain[-1]))
        self.hazard = Hazard(
            district_id=old.unit.district_id,
            unit=old.unit,
            created_by_id=actor.person_id,
            pack_version=register.version,
            version=len(self.moments),
        )
        self._say(self._told() | self._judged() | self._ended())
        self._say(recurrence.follow(old, self.hazard.pk))

    def _say(self, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            setattr(self.hazard, name, value)

    def _handed_over(self, link: Link) -> Moment:
        """责任人变更 on the day of the import: the post has another holder by now."""
        return Moment("hand_over", self.moments[-1].to, link.since, words=link.name)

    def _told(self) -> dict[str, Any]:
        """What was found, where and by whom."""
        old = self.old
        finder = self._person(FINDER, FOUND)
        return {
            "historical": True,
            "old_code": old.number,
            "found_on": old.found_on,
            "found_by_id": finder.person_id if finder else None,
            "finder": old.names[FINDER],
            "source": old.source,
            "from_above": old.from_above,
            "place": old.place,
            "place_name": old.place_name,
            "kind": old.kind,
            "text": old.text,
        }

    def _judged(self) -> dict[str, Any]:
        """What it was judged to be, whose it is, and what was to be done."""
        old = self.old
        due = old.days[DUE]
        state = self.moments[-1].to
        return {
            "state": state,
            "grade": old.grade,
            "criterion": old.criterion,
            "graded_above": old.grade == Grade.MAJOR,
            "post": old.post.code if old.post and old.handed_on else "",
            "holder_id": self.chain[-1].person_id if self.chain else None,
            "due_on": due,
            "order_on": (due or NO_DAY) if state in OPEN else NO_DAY,
            "planned": self._is_planned,
            "listed": old.listed,
            "cause": old.cause,
            "prevention": old.prevention,
            "measures": old.measures,
            "money": old.money,
            "money_source": old.money_source,
        }

    def _ended(self) -> dict[str, Any]:
        """How it was put right, accepted and closed; what is left of that where the closure did not hold."""
        old, days = self.old, self.old.days
        by = {heading: self._person(heading, day) for heading, day in BY.items()}
        ended = {
            "rectified_by_id": _key(by[RECTIFIER]),
            "rectified_on": days[RECTIFIED],
            "rectified_text": old.measures if days[RECTIFIED] else "",
            "verified_by_id": _key(by[VERIFIER]),
            "closed_by_id": _key(by[CLOSER]),
            "closed_on": days[CLOSED_ON],
            "look_back_on": old.planned_look_back,
            "looks_back_left": 1 if old.planned_look_back else 0,
        }
        return ended | (reopening_values() if old.sound is False else {})

    @property
    def _is_planned(self) -> bool:
        """五要素, as far as the old ledger holds them: 责任、时限、措施、资金 (it has no column for 预案)."""
        old = self.old
        named = bool(old.post and old.days[DUE] and old.measures and old.money_source)
        return old.grade == Grade.MAJOR and named

    def _person(self, heading: str, day_heading: str) -> Appointment | None:
        """The one person of a name in post on the day of what they did."""
        name, day = self.old.names[heading], self.old.days[day_heading]
        return self.register.person(name, self.old.unit, day) if name and day else None

    def steps(self) -> Iterator[Step]:
        """The step of each moment, standing until the next."""
        frm, handed = "", False
        ends = [moment.on for moment in self.moments[1:]]
        for number, moment in enumerate(self.moments, start=1):
            handed = handed or moment.verb in HANDING
            until = ends[number - 1] if number <= len(ends) else None
            yield self._step(number, moment, frm, until, handed=handed)
            frm = moment.to

    def _step(self, number: int, moment: Moment, frm: str, until: Any, *, handed: bool) -> Step:
        """One step; what was not yet known on its day is not in it."""
        held = (
            self.register.person(self.old.names[moment.by], self.old.unit, moment.on) if moment.by else None
        )
        hazard = self.hazard
        return Step(
            hazard_id=hazard.pk,
            number=number,
            verb=moment.verb,
            frm=frm,
            to=moment.to,
            on=moment.on,
            at=clock.at(moment.on),
            until=until,
            person_id=held.person_id if held else None,
            person_name=self.old.names[moment.by] if moment.by else "",
            post_zh=held.post.name_zh if held else "",
            post_en=held.post.name_en if held else "",
            words=moment.words,
            district_id=hazard.district_id,
            unit_id=hazard.unit_id,
            grade=Grade.NONE if moment.to == State.TO_JUDGE else hazard.grade,
            due_on=hazard.due_on if handed else None,
            planned=hazard.planned and handed,
        )

    def holdings(self) -> Iterator[Holding]:
        """Who had to put it right when: the link before ends on the day of the one after."""
        post = self.old.post
        if not self.chain or post is None:
            return
        ends = [after.since for _before, after in pairwise(self.chain)]
        at = [n for n, moment in enumerate(self.moments, start=1) if moment.verb in {*HANDING, "hand_over"}]
        for number, link, until in zip(at, self.chain, [*ends, None], strict=True):
            yield Holding(
                hazard_id=self.hazard.pk,
                number=number,
                post=post.code,
                post_zh=post.name_zh,
                post_en=post.name_en,
                person_id=link.person_id,
                person_name=link.name,
                stands_in=link.stands_in,
                since=link.since,
                until=until,
            )

    def looks_back(self) -> Iterable[LookBack]:
        """The look back that the row speaks of, made or still to come."""
        day = self.old.days[LOOKED]
        if day is None:
            return []
        done = day if self.old.sound is not None else None
        row = LookBack(
            hazard_id=self.hazard.pk,
            number=1,
            due_on=day,
            done_on=done,
            sound=self.old.sound,
            district_id=self.hazard.district_id,
        )
        return [row]


def _key(held: Appointment | None) -> Any:
    return held.person_id if held else None
