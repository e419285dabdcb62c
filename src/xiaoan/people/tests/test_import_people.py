"""People and their appointments from Excel."""

import json
from datetime import date

import pytest

from xiaoan.foundation.errors import NotPermitted
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry
from xiaoan.organisations.tests.tables import checked, counts, imported, told
from xiaoan.people.models import Appointment, Person, Post
from xiaoan.people.queries import actor_for, holders_on
from xiaoan.people.tests.factories import appointed

PEOPLE = "工号* 姓名* 手机"
APPOINTMENTS = "工号* 单位编码* 岗位* 起始日期* 结束日期"


@pytest.fixture
def officer(cast):
    """The security officer, and posts with Chinese names as a pack gives them."""
    Post.objects.everything("a test").filter(code="principal").update(
        name_zh="校长", aliases="园长 院长", kinds="school"
    )
    return actor_for(appointed(cast.bureau, "security_officer", "方以南"))


def row(cast, **changes):
    cells = {
        "工号": cast.zhou.staff_no,
        "单位编码": "YH-S1",
        "岗位": "校长",
        "起始日期": "2026-01-01",
        "结束日期": "",
    }
    return list((cells | changes).values())


def appointments(person):
    return list(Appointment.objects.everything("a test").filter(person=person).order_by("starts_on"))


def test_a_row_becomes_a_person_and_again_nothing(cast):
    rows = [["G01", "欧阳·云", ""], ["G02", "米", "021-5555 0000"]]
    assert counts(imported("people", cast.actor("gu"), PEOPLE, *rows)) == (2, 0, 0, 0)
    assert counts(checked("people", cast.actor("gu"), PEOPLE, *rows)) == (0, 0, 2, 0)
    found = Person.objects.everything("a test").get(staff_no="G01")
    assert (found.name, found.unit_id) == ("欧阳·云", cast.bureau.id)


def test_one_staff_number_in_two_districts_is_two_people(cast):
    imported("people", cast.actor("gu"), PEOPLE, [cast.yi.staff_no, "同号人", ""])
    names = set(
        Person.objects.everything("a test").filter(staff_no=cast.yi.staff_no).values_list("name", flat=True)
    )
    assert names == {"易安澜", "同号人"}


def test_a_changed_name_is_changed_and_told(cast):
    imported("people", cast.actor("gu"), "工号 姓名", [cast.zhou.staff_no.lower(), "周望秋"])
    changes = json.loads(JournalEntry.objects.latest("at").payload.body)["changes"]
    assert changes["changed"] == {cast.zhou.staff_no: {"name": ["周砚秋", "周望秋"]}}


def test_wrong_people_are_told_by_cell(cast):
    draft = checked(
        "people",
        cast.actor("gu"),
        PEOPLE,
        ["工一", "甲", ""],
        ["G1", "", ""],
        ["G2", "乙", "打电话"],
        ["g2", "丙", ""],
    )
    assert [error.cell for error in draft.error_list()] == ["A2", "B3", "C4", "A5"]


def test_a_row_becomes_an_appointment_and_the_person_moves_there(cast, officer):
    draft = imported("appointments", officer, APPOINTMENTS, row(cast, 单位编码="yh-s2", 岗位="园长"))
    assert counts(draft) == (1, 0, 0, 0)
    _old, new = appointments(cast.zhou)
    assert (new.unit_id, new.post.code, new.starts_on, new.ends_on, new.is_deputy) == (
        cast.neighbour.id,
        "principal",
        date(2026, 1, 1),
        None,
        False,
    )
    cast.zhou.refresh_from_db()
    assert cast.zhou.unit_id == cast.neighbour.id
    assert Announcement.objects.filter(name="people.AppointmentChanged", record_id=new.id).count() == 1


def test_the_same_appointments_again_have_nothing_to_do(cast, officer):
    imported("appointments", officer, APPOINTMENTS, row(cast))
    assert counts(checked("appointments", officer, APPOINTMENTS, row(cast))) == (0, 0, 1, 0)


def test_an_end_that_is_added_ends_the_appointment(cast, officer):
    imported("appointments", officer, APPOINTMENTS, row(cast))
    draft = imported("appointments", officer, APPOINTMENTS, row(cast, 结束日期="2026-03-08"))
    assert counts(draft) == (0, 1, 0, 0)
    holders = [each.person for each in holders_on(cast.school.id, ["principal"], date(2026, 3, 8))]
    after = [each.person for each in holders_on(cast.school.id, ["principal"], date(2026, 3, 9))]
    assert (holders, after) == ([cast.lin, cast.zhou], [cast.lin])


def test_a_deputy_is_marked_by_the_word(cast, officer):
    imported("appointments", officer, APPOINTMENTS, row(cast, 岗位="代理校长"))
    assert [each.is_deputy for each in appointments(cast.zhou)] == [False, True]


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"工号": "NOBODY"}, "A2"),
        ({"单位编码": "SQ-S1"}, "B2"),
        ({"单位编码": "YH"}, "C2"),
        ({"岗位": "城主"}, "C2"),
        ({"起始日期": "明天"}, "D2"),
        ({"结束日期": "2025-12-31"}, "E2"),
    ],
)
def test_a_wrong_cell_is_named(cast, officer, changes, cell):
    draft = checked("appointments", officer, APPOINTMENTS, row(cast, **changes))
    assert [error.cell for error in draft.error_list()] == [cell]
    assert told(draft)[0].startswith(f"表!{cell}: ")


def test_a_person_of_another_district_is_not_found(cast, officer):
    draft = checked("appointments", officer, APPOINTMENTS, row(cast, 工号=cast.yi.staff_no))
    assert told(draft) == [f"表!A2: 没有找到工号 {cast.yi.staff_no}，请先导入人员。"]


def test_one_appointment_under_two_names_of_its_post_is_pointed_out(cast, officer):
    draft = checked("appointments", officer, APPOINTMENTS, row(cast), row(cast, 岗位="园长"))
    assert [error.cell for error in draft.error_list()] == ["A3"]


def test_several_may_hold_a_post_at_one_time(cast, officer):
    imported("appointments", officer, APPOINTMENTS, row(cast), row(cast, 工号=cast.chen.staff_no))
    held = holders_on(cast.school.id, ["principal"], date(2026, 1, 1))
    assert {each.person for each in held} == {cast.lin, cast.zhou, cast.chen}


def test_nobody_imports_an_appointment_of_their_own(cast, officer):
    mine = Person.objects.everything("a test").get(pk=officer.person_id).staff_no
    draft = checked("appointments", officer, APPOINTMENTS, row(cast, 工号=mine))
    assert [error.cell for error in draft.error_list()] == ["A2"]


def test_the_three_of_the_platform_stay_three_people_also_within_one_file(cast, officer):
    for code in ("system_admin", "auditor"):
        Post.objects.create(
            district=cast.bureau, unit=cast.bureau, code=code, name_zh=code, name_en=code, role=code
        )
    rows = [row(cast, 单位编码="YH", 岗位=code) for code in ("system_admin", "auditor")]
    draft = checked("appointments", officer, APPOINTMENTS, *rows)
    assert [error.cell for error in draft.error_list()] == ["C3"]


@pytest.mark.parametrize("who", ["gu", "lin", "bai"])
def test_who_does_not_grant_does_not_import_appointments(cast, officer, who):
    with pytest.raises(NotPermitted):
        checked("appointments", cast.actor(who), APPOINTMENTS, row(cast))


def test_who_does_not_grant_is_told_that_a_file_says_nothing_new(cast, officer):
    imported("appointments", officer, APPOINTMENTS, row(cast))
    again = checked("appointments", cast.actor("gu"), APPOINTMENTS, row(cast))
    assert counts(again) == (0, 0, 1, 0)
    with pytest.raises(NotPermitted):
        checked("appointments", cast.actor("gu"), APPOINTMENTS, row(cast), row(cast, 岗位="园长"))
