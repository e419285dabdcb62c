"""Hazards of the whole demo district as they are invented, before anything is stored."""

from collections import Counter
from datetime import date, timedelta

import pytest

from xiaoan.config.demo import staff
from xiaoan.config.demo.deeds import CURTAIN, Days, MoveHazard, ReportHazard, Roster
from xiaoan.config.demo.hazard_pictures import picture
from xiaoan.config.demo.hazard_plan import never_look
from xiaoan.config.demo.hazard_scenes import SHARES
from xiaoan.config.demo.hazards import hazard_story
from xiaoan.config.demo.meetings import Stage
from xiaoan.config.demo.sheet import pack_folder, read_sheet
from xiaoan.foundation.working_days import WorkingDays


@pytest.fixture(scope="module")
def stage():
    sheet = read_sheet(pack_folder())
    holidays = ((date(2025, 1, 21), date(2025, 2, 16)), (date(2025, 7, 1), date(2025, 8, 31)))
    days = Days(WorkingDays({}, CURTAIN), holidays)
    return Stage(sheet, Roster(staff.staff_of(sheet).tenures), days)


@pytest.fixture(scope="module")
def told(stage):
    return hazard_story(stage)


@pytest.fixture(scope="module")
def found(told):
    return [deed for deed in told.deeds if isinstance(deed, ReportHazard)]


def test_the_invention_is_the_same_each_time(stage, told):
    assert hazard_story(stage) == told


def test_some_four_thousand_came_with_the_old_ledger_and_fewer_than_two_thousand_were_found_since(
    told, found
):
    assert 3_700 <= len(told.old_rows) <= 4_500
    assert 1_500 <= len(found) <= 2_000


def test_kinds_have_their_shares_within_three_points(found):
    counted = Counter(deed.kind for deed in found)
    wrong = {
        kind: counted[kind] for kind in SHARES if abs(100 * counted[kind] / len(found) - SHARES[kind]) > 3
    }
    assert wrong == {}


def test_more_than_half_is_put_right_on_the_spot(found):
    assert 0.55 < sum(bool(deed.fixed) for deed in found) / len(found) < 0.61


def test_september_and_november_are_the_peaks(found):
    months = Counter(deed.at.month for deed in found)
    assert min(months[9], months[11]) > 1.3 * months[10]


def test_no_sentence_stands_twice_in_one_institution_in_one_term(told, found):
    this_term = [(deed.unit, deed.text) for deed in found]
    old = [(row["单位编码"], row["发现日期"] < date(2025, 2, 1), row["隐患描述"]) for row in told.old_rows]
    assert [each for each, times in Counter([*this_term, *old]).items() if times > 1] == []


def test_institutions_find_different_numbers(found):
    counted = Counter(deed.unit for deed in found)
    assert len(set(counted.values())) > 15
    assert max(Counter(counted.values()).values()) < 30


def test_seven_find_nothing_themselves_and_in_the_first_the_third_party_finds_nine(stage, told, found):
    blind = never_look(stage.sheet)
    own = {deed.unit for deed in found if deed.source == "school"}
    own |= {row["单位编码"] for row in told.old_rows if row["来源"] == "学校自查" and row["等级"] == "一般"}
    assert len(blind) == 7
    assert own & set(blind) == set()
    assert sum(deed.unit == blind[0] and deed.source == "third_party" for deed in found) >= 9


def test_a_teachers_report_is_closed_forty_minutes_later(found, told):
    (quick,) = [deed for deed in found if deed.key == "quick XX-14"]
    (closed,) = [
        deed
        for deed in told.deeds
        if isinstance(deed, MoveHazard) and (deed.key, deed.act) == ("quick XX-14", "close_hazard")
    ]
    assert quick.by.post == "library_keeper"
    assert closed.at - quick.at == timedelta(minutes=40)


def test_nobody_accepts_what_the_same_hand_put_right(told):
    hands = {(deed.key, deed.act): deed.by.person for deed in told.deeds if isinstance(deed, MoveHazard)}
    same = [
        key
        for key, act in hands
        if act == "accept_hazard" and hands.get((key, "submit_hazard")) == hands[key, act]
    ]
    assert same == []


def test_a_picture_is_the_same_each_time_and_shows_whether_it_is_put_right():
    before, again, after = (
        picture("a key", put_right=put_right).read() for put_right in (False, False, True)
    )
    assert before == again
    assert before != after
    assert before[:3] == b"\xff\xd8\xff"


def moves(told, act):
    """The steps of an act."""
    return [deed for deed in told.deeds if isinstance(deed, MoveHazard) and deed.act == act]


def test_some_reports_are_dismissed_with_a_reason_and_some_taken_back_by_who_made_them(found, told):
    reported = {deed.key: deed.by for deed in found}
    dismissed, void = moves(told, "dismiss_hazard"), moves(told, "void_hazard")
    assert (len(dismissed), len(void)) == (9, 4)
    assert [deed.by == reported[deed.key] for deed in (*dismissed, *void)] == [False] * 9 + [True] * 4
    assert all(deed.nouns["words"] for deed in (*dismissed, *void))


def test_what_two_people_report_is_merged_into_the_first_of_the_same_institution(found, told):
    reported = {deed.key: deed for deed in found}
    merged = moves(told, "merge_hazard")
    pairs = [(reported[deed.nouns["into"]], reported[deed.key]) for deed in merged]
    assert 5 <= len(merged) <= 12
    assert "XX-14" in {again.unit for _first, again in pairs}
    assert all(first.unit == again.unit and first.at < again.at for first, again in pairs)
    assert all(first.by.person != again.by.person for first, again in pairs)


def test_three_ask_for_a_second_extension_that_nobody_has_granted_yet(told):
    asked, granted = (
        Counter(deed.key for deed in moves(told, act)) for act in ("ask_extension", "grant_extension")
    )
    waiting = {key for key, times in asked.items() if times - granted[key] == 1 and times == 2}
    assert waiting == {"旧-回头看-01", "second extension fume hood", "listed spare pump"}


def test_one_hazard_waits_for_the_answer_of_the_section_for_compulsory_education(stage, told):
    (section,) = [each.code for each in stage.sheet.sections if each.name == "义务教育科"]
    assert [deed.nouns["to_unit"] for deed in moves(told, "refer_hazard")].count(section) == 1
