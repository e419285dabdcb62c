"""The invention itself: who there is and what was done, before anything is stored."""

from collections import Counter
from datetime import date
from io import StringIO
from itertools import groupby

import pytest

from xiaoan.config.demo import register, staff
from xiaoan.config.demo.campaign import campaign
from xiaoan.config.demo.command import prepare
from xiaoan.config.demo.console import Console
from xiaoan.config.demo.deeds import CURTAIN, Days, Finish, Record, Roster
from xiaoan.config.demo.hazards import hazard_story
from xiaoan.config.demo.meetings import QUARTERS, Stage, without_meeting
from xiaoan.config.demo.sheet import pack_folder, post_titles, read_sheet
from xiaoan.config.demo.story import story
from xiaoan.config.demo.turnover import one_head_units
from xiaoan.foundation import clock
from xiaoan.foundation.working_days import WorkingDays
from xiaoan.organisations.models import Unit


@pytest.fixture(scope="module")
def sheet():
    return read_sheet(pack_folder())


@pytest.fixture(scope="module")
def people(sheet):
    return staff.staff_of(sheet)


@pytest.fixture(scope="module")
def stage(sheet, people):
    holidays = ((date(2025, 1, 21), date(2025, 2, 16)), (date(2025, 7, 1), date(2025, 8, 31)))
    return Stage(sheet, Roster(people.tenures), Days(WorkingDays({}, CURTAIN), holidays))


@pytest.fixture(scope="module")
def hazards(stage):
    return hazard_story(stage)


@pytest.fixture(scope="module")
def deeds(stage, hazards):
    return story(stage, hazards)


def records(deeds, kind):
    return [deed for deed in deeds if isinstance(deed, Record) and deed.kind == kind]


def test_the_register_has_180_institutions_in_15_groups_and_11_towns(sheet):
    rows = [row for row in register.unit_rows(sheet) if row[5]]
    assert (len(rows), len({row[5] for row in rows}), len({row[6] for row in rows})) == (180, 15, 11)


def test_no_two_people_share_a_name_or_a_number(people):
    everybody = {each.person for each in people.tenures}
    assert len({person.name for person in everybody}) == len(everybody)
    assert len({person.staff_no for person in everybody}) == len(everybody)


def test_there_are_about_two_thousand_people_and_three_thousand_places(sheet, people):
    today = {each.person for each in people.tenures if each.ends is None}
    assert 1_800 <= len(today) <= 2_600
    assert 2_700 <= len(register.place_rows(sheet, post_titles(pack_folder()))) <= 3_500


def test_one_person_is_both_heads_at_62_institutions(sheet, stage):
    heads = Counter(len(stage.roster.heads(each.code, CURTAIN)) for each in sheet.institutions)
    assert heads == {1: 62, 2: 118}
    assert len(one_head_units(sheet)) == 62


def test_everybody_of_the_cast_holds_the_post_that_the_pack_names(sheet, people):
    named = {line.login: (line.name, line.unit, line.post) for line in sheet.cast if line.post}
    held = {
        (each.person.name, each.unit, each.post)
        for each in people.tenures
        if each.starts <= CURTAIN and each.ends is None
    }
    assert set(people.cast) == set(named)
    assert set(named.values()) - held == set()


def test_each_appointment_reaches_the_register_once_and_each_end_once(people):
    titles = post_titles(pack_folder())
    days = (date(2024, 10, 8), date(2025, 4, 2), date(2025, 8, 21), date(2025, 11, 25))
    told = Counter()
    for before, day in zip((date.min, *days), days, strict=False):
        told.update(tuple(row[:4]) for row in people.appointments_known(day, before, titles))
    wanted = Counter(
        (each.person.staff_no, each.unit, titles[each.post], each.starts) for each in people.tenures
    )
    wanted.update(
        (each.person.staff_no, each.unit, titles[each.post], each.starts)
        for each in people.tenures
        if each.ends
    )
    assert told == wanted


def test_176_of_180_have_met_in_the_running_quarter(deeds):
    met = {each.unit for each in records(deeds, "safety_meeting") if each.day >= date(2025, 10, 1)}
    assert len(met) == 176
    assert met & {"XX-14", "YE-28", "CR-03", "CZ-16"} == set()


@pytest.mark.parametrize("quarter", QUARTERS, ids=lambda quarter: quarter.code)
def test_no_quarter_is_complete(sheet, quarter):
    assert 2 <= len(without_meeting(sheet, quarter)) <= 13


def test_no_two_institutions_have_the_same_past(deeds):
    pasts = sorted(
        (each.unit, each.day, each.values.get("agenda", "")) for each in deeds if isinstance(each, Record)
    )
    told = [tuple(past[1:] for past in group) for _unit, group in groupby(pasts, key=lambda past: past[0])]
    assert len(set(told)) == len(told) == 180


def test_people_act_only_while_they_are_in_post(deeds):
    wrong = [
        deed for deed in deeds if not deed.by.starts <= clock.local_date(deed.at) <= (deed.by.ends or CURTAIN)
    ]
    assert wrong == []


def test_nothing_is_done_after_the_day_that_the_demo_shows(deeds):
    assert max(deed.at for deed in deeds) < clock.at(CURTAIN, 8)


def test_kindergartens_do_not_talk_of_laboratories(sheet, deeds):
    said = " ".join(
        deed.values["agenda"] for deed in records(deeds, "safety_meeting") if deed.unit.startswith("YE-")
    )
    assert "园" in said
    assert not any(word in said for word in ("实验室", "篮球架", "酒精", "全校"))


def test_some_of_what_was_decided_is_late_and_some_is_open(deeds):
    items = {
        (each.key, number): item.due
        for each in records(deeds, "safety_meeting")
        for number, item in enumerate(each.items, start=1)
    }
    done = {(deed.record, deed.number): deed.done_on for deed in deeds if isinstance(deed, Finish)}
    late = [key for key, day in done.items() if day > items[key]]
    overdue = [key for key, due in items.items() if key not in done and due < CURTAIN]
    assert 0.02 < len(late) / len(items) < 0.12
    assert 0.005 < len(overdue) / len(items) < 0.06


def test_the_first_school_has_something_overdue_and_something_nearly_due(stage):
    hearing = next(each for each in campaign(stage) if each.key == "hearing XX-14")
    assert [item.due for item in hearing.items if item.due < CURTAIN] == [date(2025, 12, 15)]
    assert hearing.items[0].holder.post == "canteen_manager"


def test_the_story_is_the_same_each_time(stage, hazards, deeds):
    assert story(stage, hazards) == deeds


class Closed(StringIO):
    """A console that goes away after some lines."""

    def write(self, text: str) -> int:
        if self.getvalue().count("\n") > 2:
            raise BrokenPipeError
        return super().write(text)


@pytest.mark.django_db
def test_an_interrupted_making_leaves_nothing(monkeypatch):
    monkeypatch.setenv("SIZE", "small")
    with pytest.raises(BrokenPipeError):
        prepare(Console(Closed()))
    assert Unit.objects.everything("a test").count() == 0
