"""The calendar that a pack publishes: terms, breaks and working days of the district."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.periods import TermsDoNotTile
from xiaoan.organisations import queries
from xiaoan.organisations.acts import publish, publish_calendar
from xiaoan.organisations.pack import BreakRow, CalendarFile, DayRow, TermRow

PACKS = Path(__file__).parents[4] / "tests" / "packs"
AUTUMN = TermRow("2025-2026T1", date(2025, 9, 1), date(2026, 2, 28))
SPRING = TermRow("2025-2026T2", date(2026, 3, 1), date(2026, 8, 31))
LABOUR_DAY = DayRow(date(2025, 5, 1), working=False, name="劳动节")
WORKED_SUNDAY = DayRow(date(2025, 4, 27), working=True, name="劳动节")


def published(cast, *, terms=(AUTUMN, SPRING), breaks=(), days=()):
    return publish_calendar(
        actor=cast.actor("bai"), ask=Ask(), district=cast.bureau, terms=terms, breaks=breaks, days=days
    )


def county_calendar():
    text = (PACKS / "yunhe-2025" / "calendar.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


def test_a_published_calendar_answers_terms_and_working_days(cast):
    published(cast, days=[LABOUR_DAY, WORKED_SUNDAY])

    assert queries.terms(cast.bureau.id).at(date(2026, 3, 1)).code == "2025-2026T2"
    days = queries.working_days(cast.bureau.id)
    assert [days.is_working(row.day) for row in (LABOUR_DAY, WORKED_SUNDAY)] == [False, True]
    assert (days.is_assumed(date(2025, 12, 31)), days.is_assumed(date(2026, 1, 1))) == (False, True)


def test_another_district_keeps_its_own_calendar(cast):
    published(cast)
    assert queries.terms(cast.elsewhere.district_id).terms == ()


def test_publishing_again_replaces_the_years_it_speaks_of_and_leaves_others(cast):
    published(cast, days=[LABOUR_DAY, DayRow(date(2024, 10, 1), working=False, name="国庆节")])
    later = TermRow(AUTUMN.code, AUTUMN.first, date(2026, 3, 1))
    published(cast, terms=[later, TermRow(SPRING.code, date(2026, 3, 2), SPRING.last)], days=[WORKED_SUNDAY])

    assert queries.terms(cast.bureau.id).at(date(2026, 3, 1)).code == "2025-2026T1"
    exceptions = queries.working_days(cast.bureau.id).exceptions
    assert exceptions == {date(2024, 10, 1): False, WORKED_SUNDAY.day: True}


def test_publishing_the_same_again_changes_and_announces_nothing(cast):
    winter = BreakRow("winter", "寒假", "Winter holidays", date(2026, 2, 1), date(2026, 2, 28))
    published(cast, breaks=[winter])
    published(cast, breaks=[winter])

    assert queries.breaks(cast.bureau.id) == [(winter.first, winter.last)]
    assert Announcement.objects.filter(name="organisations.CalendarChanged").count() == 1
    assert JournalEntry.objects.latest("number").payload.body == '{"changes":{}}'


def test_terms_that_leave_a_gap_are_refused_and_nothing_is_kept(cast):
    published(cast)
    with pytest.raises(TermsDoNotTile):
        published(cast, terms=[AUTUMN, TermRow(SPRING.code, date(2026, 3, 5), SPRING.last)])
    assert queries.terms(cast.bureau.id).at(date(2026, 3, 1)).code == "2025-2026T2"


def test_only_who_publishes_rules_publishes_a_calendar(cast):
    with pytest.raises(NotPermitted):
        publish_calendar(
            actor=cast.actor("lin"), ask=Ask(), district=cast.bureau, terms=[], breaks=[], days=[]
        )


def test_the_packs_file_becomes_the_calendar(cast):
    publish(actor=cast.actor("bai"), ask=Ask(), district=cast.bureau, content=county_calendar())

    assert queries.terms(cast.bureau.id).at(date(2025, 2, 16)).code == "2024-2025T1"
    assert queries.breaks(cast.bureau.id) == [(date(2025, 7, 5), date(2025, 8, 31))]
    assert queries.working_days(cast.bureau.id).is_working(date(2025, 4, 27))


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda file: file.update(extra=[]), ("extra",)),
        (lambda file: file["terms"].pop(0), ()),
        (lambda file: file["breaks"][0].update({"to": date(2020, 1, 1)}), ("breaks", 0)),
        (lambda file: file["holidays"].append(file["holidays"][0]), ()),
        (lambda file: file["holidays"][0]["title"].pop("en"), ("holidays", 0, "title", "en")),
    ],
)
def test_a_wrong_file_is_refused_at_its_place(spoil, place):
    file = county_calendar()
    spoil(file)
    with pytest.raises(ValidationError) as refusal:
        CalendarFile.model_validate(file)
    assert [error["loc"] for error in refusal.value.errors()] == [place]
