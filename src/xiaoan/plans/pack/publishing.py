"""Putting a version of a pack in force: sections to their owners, duties from a day on, kept cells to their duties."""

from datetime import date, timedelta

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.packs import known_sections
from xiaoan.plans.models import Cell, Duty, PackVersion
from xiaoan.plans.pack.changes import MEASURE, PackChanges, duty_changes
from xiaoan.plans.pack.sections import duty_rows, section_of_version

REASON = "publishing a pack puts all its duties in force"
ONE_DAY = timedelta(days=1)


def hand_out(version: PackVersion, *, actor: Actor, ask: Ask) -> None:
    """Give each section to its owner, inside the act; posts before what names them."""
    for name, section in sorted(known_sections().items(), key=lambda pair: pair[0] != "posts"):
        content = section_of_version(version, name)
        if section.publish and content is not None:
            section.publish(actor=actor, ask=ask, district=version.district, content=content)


def replace(previous: PackVersion | None, version: PackVersion) -> None:
    """Put the duties in force and end those that are gone or measured otherwise.

    A duty whose measure is the same goes on as it was. One that is measured otherwise begins today, and
    past periods keep the rule by which they were counted. The first version of a plan holds from the
    plan's first day. Lacking cells are made after the act (`jobs.recompute`): there are ten thousands of them.
    """
    if previous is None or previous.name != version.name:
        _begin(version, version.starts_on)
        if previous is not None:
            _end(previous)
    else:
        _continue(previous, version)


def _begin(version: PackVersion, day: date) -> None:
    """All duties hold from a day on."""
    Duty.objects.everything(REASON).filter(pack=version).update(starts_on=day)


def _end(previous: PackVersion) -> None:
    """A plan that another one replaces ends yesterday."""
    Duty.objects.everything(REASON).filter(pack=previous, ends_on=None).update(
        ends_on=clock.today() - ONE_DAY
    )


def _continue(previous: PackVersion, version: PackVersion) -> None:
    """Let each duty of a plan go on, begin or end; cells follow."""
    today = clock.today()
    changes = duty_changes(duty_rows(previous), duty_rows(version))
    before = {duty.code: duty for duty in Duty.objects.everything(REASON).filter(pack=previous)}
    after = list(Duty.objects.everything(REASON).filter(pack=version))
    for duty in after:
        _follow(duty, before.get(duty.code), goes_on=_goes_on(duty.code, changes), today=today)
    fields = ["starts_on", "confirmed_by", "confirmed_at"]
    Duty.objects.bulk_update(after, fields)
    for duty in after:
        if duty.code in before:
            _move_cells(before[duty.code], duty)
    _end_before(before, after)


def _goes_on(code: str, changes: PackChanges) -> bool:
    """Whether a duty is measured as before. One that had no measure yet is counted back to its beginning."""
    changed = changes.changed.get(code, {})
    return "awaits" in changed or not any(name in changed for name in MEASURE)


def _follow(duty: Duty, old: Duty | None, *, goes_on: bool, today: date) -> None:
    """When a duty begins, and whether its parameters stay confirmed."""
    duty.starts_on = old.starts_on if old and goes_on else today
    same_source = old and (old.period_source, old.target_source) == (duty.period_source, duty.target_source)
    if old and goes_on and same_source:
        duty.confirmed_by_id, duty.confirmed_at = old.confirmed_by_id, old.confirmed_at


def _move_cells(old: Duty, duty: Duty) -> None:
    """The cells of periods that the new row answers for, with their waivers and reasons."""
    Cell.objects.everything(REASON).filter(duty=old, last__gte=duty.starts_on).update(duty=duty)


def _end_before(before: dict[str, Duty], after: list[Duty]) -> None:
    """An old row holds until the day before its successor; without one, until yesterday."""
    successors = {duty.code: duty.starts_on for duty in after}
    ended = [duty for duty in before.values() if duty.ends_on is None]
    for duty in ended:
        duty.ends_on = (successors.get(duty.code) or clock.today()) - ONE_DAY
    Duty.objects.bulk_update(ended, ["ends_on"])
