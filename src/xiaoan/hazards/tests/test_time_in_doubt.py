"""时间存疑: a time that cannot be believed counts in no figure by the day of finding until it is confirmed."""

from datetime import date, timedelta

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.errors import NotPermitted, RuleBroken, WrongStep
from xiaoan.foundation.journal import JournalEntry
from xiaoan.hazards import acts
from xiaoan.hazards.counted import counted_since
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.queries import share
from xiaoan.hazards.tests.factories import GENERAL, MAJOR, District, a_finding, do, fresh, lived
from xiaoan.hazards.tests.telling import CAMPAIGN, CLEARED, DAYS, WITH, asked

SURE = {"words": "与发现人核对，确为当日发现"}


@pytest.fixture
def doubted(district: District) -> Hazard:
    """Reported by a phone whose clock runs ahead."""
    return fresh(
        acts.report_hazard(
            actor=district.actor("shen"),
            ask=Ask(captured_at=clock.now() + timedelta(hours=2)),
            unit=district.cast.school,
            finding=a_finding(district.canteen),
        )
    )


def found_in_december(district: District) -> int:
    drain()
    return sum(row.found for row in counted_since(district.actor("gu"), date(2025, 12, 1)))


def listed(client, district, counted: str) -> int:
    client.force_login(district.cast.gu.account)
    return client.get(f"/hazards/?counted={counted}").content.decode().count("食堂燃气软管老化")


def test_what_counts_by_its_finding_counts_from_the_confirmation_on(client, district, doubted):
    lived(district, doubted, GENERAL[:2])
    before = [
        found_in_december(district),
        listed(client, district, "found-2025-12"),
        asked(district, CAMPAIGN, "2025", **WITH[CAMPAIGN]),
        asked(district, DAYS, "2025Q4"),
    ]
    assert before == [0, 0, None, None]
    do(district, fresh(doubted), "confirm_time", "chen", **SURE)
    assert [
        found_in_december(district),
        listed(client, district, "found-2025-12"),
        asked(district, CAMPAIGN, "2025", **WITH[CAMPAIGN]),
    ] == [1, 1, (1, 1)]
    assert asked(district, DAYS, "2025Q4")[0] == 0


def test_a_wrong_clock_hides_nothing_that_is_major(district, doubted):
    lived(district, doubted, MAJOR[:2])
    assert asked(district, CLEARED, "2025Q4") == (0, 1)


@pytest.mark.parametrize("who", ["chen", "lin", "gu", "su"])
def test_the_lead_or_the_centre_confirms_once_with_a_reason_and_it_is_journalled(district, doubted, who):
    with pytest.raises(RuleBroken):
        do(district, doubted, "confirm_time", who, words=" ")
    do(district, doubted, "confirm_time", who, **SURE)
    confirmed = fresh(doubted)
    assert (confirmed.time_in_doubt, confirmed.state) == (False, "to_judge")
    assert JournalEntry.objects.filter(act="hazards.confirm_time").count() == 1
    with pytest.raises(WrongStep):
        do(district, confirmed, "confirm_time", who, **SURE)


@pytest.mark.parametrize("who", ["shen", "zhou", "bai", "he"])
def test_neither_the_reporter_nor_anybody_else_confirms(district, doubted, who):
    with pytest.raises(NotPermitted):
        do(district, doubted, "confirm_time", who, **SURE)


def test_nobody_confirms_the_time_of_their_own_phone(district):
    hazard = acts.report_hazard(
        actor=district.actor("chen"),
        ask=Ask(captured_at=clock.now() + timedelta(hours=2)),
        unit=district.cast.school,
        finding=a_finding(district.canteen),
    )
    with pytest.raises(NotPermitted, match="上报人不能确认自己的上报时间"):
        do(district, fresh(hazard), "confirm_time", "chen", **SURE)


def test_the_lead_is_asked_for_it_first(district, doubted):
    lived(district, doubted, GENERAL[:2])
    assert [thing.button for thing in share(district.actor("chen")).things] == ["确认时间"]


def test_the_page_says_what_the_doubt_means(client, district, doubted):
    client.force_login(district.cast.chen.account)
    page = client.get(doubted.get_absolute_url()).content.decode()
    assert "由他人确认前，按发现日期统计的数字不计这一条" in page
    assert f"/hazards/{doubted.pk}/confirm_time/" in page
