"""What somebody found: the content of a report, every way in which it may not fit, its number, its recurrence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import RuleBroken, Words
from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.models import HazardCounter, Source
from xiaoan.hazards.steps import refuse_long
from xiaoan.organisations.models import Place, Unit
from xiaoan.risks.models import Risk


@dataclass(frozen=True, slots=True)
class Finding:
    """What is reported. `fixed` says what was done on the spot; empty where nothing was."""

    place: Place | None
    place_name: str
    kind: str
    text: str
    found_on: date
    source: str = Source.SCHOOL
    finder: str = ""
    """Who found it, where that is nobody of the district."""
    fixed: str = ""
    suspected: bool = False
    control: str = ""
    risk: Risk | None = None
    photos: Sequence[UploadedFile] = field(default=())
    after: Sequence[UploadedFile] = field(default=())


def refuse_misfit(actor: Actor, unit: Unit, finding: Finding, rules: HazardRules) -> None:
    """Raise `RuleBroken` naming every field that does not fit."""
    faults: dict[str, list[Words]] = {}
    for name, words in (*_faults(unit, finding, rules), *_source_faults(actor, unit, finding)):
        faults.setdefault(name, []).append(words)
    if faults:
        raise RuleBroken(faults)
    refuse_long(
        {
            "text": finding.text,
            "place_name": finding.place_name,
            "rectified_text": finding.fixed,
            "control": finding.control,
            "finder": finding.finder,
        }
    )


def _faults(unit: Unit, finding: Finding, rules: HazardRules) -> list[tuple[str, Words]]:
    """Field and words of everything that is wrong."""
    today = clock.today()
    opened = unit.opened_on or date.min
    checks: list[tuple[bool, str, Words]] = [
        (not finding.text.strip(), "text", _("请写一句看到了什么。")),
        (not (finding.place or finding.place_name.strip()), "place", _("请选择或写明地点。")),
        (
            finding.place is not None and finding.place.unit_id != unit.id,
            "place",
            _("这个地点不属于所选单位，请重新选择。"),
        ),
        (
            finding.risk is not None and finding.risk.unit_id != unit.id,
            "risk",
            _("这个风险点不属于所选单位，请重新选择。"),
        ),
        (rules.kind(finding.kind) is None, "kind", _("请选择隐患种类。")),
        (finding.source not in Source.values, "source", _("请选择来源。")),
        (finding.found_on > today, "found_on", _("发现日期不能晚于今天。")),
        (finding.found_on < opened, "found_on", _("发现日期早于单位启用日期，请核对。")),
        (
            finding.suspected and bool(finding.fixed.strip()),
            "fixed",
            _("疑似重大的隐患不按当场整改办理，请只勾选一项。"),
        ),
    ]
    return [(name, words) for wrong, name, words in checks if wrong]


def _source_faults(actor: Actor, unit: Unit, finding: Finding) -> list[tuple[str, Words]]:
    """A unit's own people find as the unit; who comes from above says in which capacity."""
    if actor.belongs_to(unit.path) == (finding.source == Source.SCHOOL):
        return []
    return [("source", _("本单位发现的登记为学校自查；上级发现的请选择来源。"))]


def take_number(unit: Unit, day: date) -> str:
    """The next number of a unit in a year, never given out again: `YM-P03-2025-0173`."""
    return take_numbers(unit, day.year, 1)[0]


def take_numbers(unit: Unit, year: int, many: int) -> list[str]:
    """The next numbers of a unit in a year, in order.

    The counter's row is held until the act ends, so two reports of one unit get two numbers.
    """
    counters = HazardCounter._default_manager  # noqa: SLF001 - a counter is no record and has no scope
    counter, _made = counters.get_or_create(unit=unit, year=year)
    counters.filter(pk=counter.pk).update(last=F("last") + many)
    counter.refresh_from_db(fields=["last"])
    return [f"{unit.code}-{year}-{number:04d}" for number in range(counter.last - many + 1, counter.last + 1)]
