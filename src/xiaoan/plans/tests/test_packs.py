"""Loading, publishing, confirming: a version is stored whole and never changes; duties hold from a day on."""

from datetime import date

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict, NotPermitted, RuleBroken, WrongStep
from xiaoan.foundation.events import Announcement
from xiaoan.organisations.models import Term
from xiaoan.people.models import Post
from xiaoan.plans.acts import confirm_parameter, publish_pack
from xiaoan.plans.models import Cell, Citation, Clause, Duty, DutyPost, PackFile, PackVersion, PlanDocument
from xiaoan.plans.pack.faults import FaultyPack
from xiaoan.plans.pack.sections import version_changes
from xiaoan.plans.queries import section
from xiaoan.plans.tests.factories import load, pack_files, publish

TABLES = (PackVersion, PackFile, PlanDocument, Clause, Duty, DutyPost, Citation, Cell)


def rows() -> list[int]:
    return [table.objects.everything("a test").count() for table in TABLES]


def edited(edition: str, **changes: tuple[str, str]) -> dict[str, str]:
    """The county's pack as another edition, with replacements by file."""
    files = pack_files()
    for name, (old, new) in {"pack": ('2025-01-06"', f'{edition}"'), **changes}.items():
        assert old in files[f"{name}.yaml"]
        files[f"{name}.yaml"] = files[f"{name}.yaml"].replace(old, new, 1)
    return files


def test_a_loaded_pack_is_stored_whole_and_nothing_is_in_force(cast):
    files = pack_files()
    version = load(cast, files)

    stored = PackFile.objects.everything("a test").filter(pack=version)
    assert {file.path: file.text for file in stored} == files
    duties = Duty.objects.everything("a test").order_by("position")
    assert [(duty.code, duty.starts_on) for duty in duties] == [
        (code, None) for code in ("A1.1", "A1.2", "A2.1", "B1.1")
    ]
    assert section(cast.bureau.id, "duties") is None
    assert Cell.objects.everything("a test").count() == 0


def test_loading_the_same_pack_again_changes_no_row(cast):
    first = load(cast)
    before = rows()
    assert load(cast) == first
    assert rows() == before


def test_the_same_version_with_other_content_is_refused(cast):
    load(cast)
    files = pack_files()
    files["duties.yaml"] = files["duties.yaml"].replace("target: 90%", "target: 80%")
    with pytest.raises(Conflict, match="换一个 version"):
        load(cast, files)


def test_a_faulty_pack_leaves_nothing(cast):
    with pytest.raises(FaultyPack, match=r"duties.yaml:\d+"):
        load(cast, edited("2", duties=("post: [head_teacher]", "post: [nobody]")))
    assert rows() == [0] * len(TABLES)


def test_publishing_hands_each_section_to_its_owner_and_announces_it(cast):
    version = publish(cast)
    assert (version.state, version.published_by_id) == ("published", cast.bai.id)
    assert Post.objects.everything("a test").filter(district=cast.bureau, code="safety_clerk").exists()
    assert Term.objects.everything("a test").filter(district=cast.bureau).count() == 4
    assert section(cast.bureau.id, "duties").root[0].code == "A1.1"
    assert Announcement.objects.filter(name="plans.PackPublished", record_id=version.id).count() == 1


@pytest.mark.parametrize("who", ["gu", "lin", "shen", "yi"])
def test_only_the_legal_section_publishes(cast, who):
    version = load(cast)
    with pytest.raises(NotPermitted):
        publish_pack(actor=cast.actor(who), ask=Ask(), pack=version)


def test_a_version_is_published_once(cast):
    version = publish(cast)
    with pytest.raises(WrongStep):
        publish_pack(actor=cast.actor("bai"), ask=Ask(), pack=version)


def test_a_new_version_shows_what_it_changes_by_code_and_field(cast):
    first = publish(cast)
    files = edited("2", duties=("target: 90%", "target: 80%"))
    files["duties.yaml"] = files["duties.yaml"][: files["duties.yaml"].index("# ── B1")]
    files["pack.yaml"] = files["pack.yaml"].replace("duties: [B1.1]", "duties: []")
    changes = version_changes(first, load(cast, files))
    assert (changes.added, changes.ended) == ((), ("B1.1",))
    assert changes.changed == {"A1.2": {"target": ["90%", "80%"]}}
    assert changes.files == ("pack.yaml",)


def test_a_duty_measured_as_before_goes_on_and_its_cells_follow(cast):
    first = publish(cast)
    before = set(Cell.objects.everything("a test").values_list("id", flat=True))
    second = publish(cast, files=edited("2", duties=("每月安全例会", "每月开好例会")))

    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "published")
    duty = Duty.objects.everything("a test").get(pack=second, code="A1.1")
    assert (duty.title_zh, duty.starts_on) == ("每月开好例会", date(2025, 2, 1))
    cells = Cell.objects.everything("a test")
    assert set(cells.values_list("id", flat=True)) == before
    assert set(cells.values_list("duty__pack", flat=True)) == {second.id}


def test_a_duty_measured_otherwise_begins_today_and_past_periods_keep_their_rule(cast):
    first = publish(cast)
    second = publish(cast, files=edited("2", duties=("target: 90%", "target: 80%")))
    cells = Cell.objects.everything("a test").filter(duty__code="A1.2", unit=cast.school).order_by("last")
    assert [(cell.period, cell.duty.pack_id == second.id) for cell in cells][-2:] == [
        ("2025-11", False),
        ("2025-12", True),
    ]
    old = Duty.objects.everything("a test").get(pack=first, code="A1.2")
    assert old.ends_on == date(2025, 12, 16)


def test_a_duty_that_is_gone_ends_and_its_open_cells_go(cast):
    publish(cast)
    files = edited("2")
    files["duties.yaml"] = files["duties.yaml"][: files["duties.yaml"].index("# ── A2")]
    files["pack.yaml"] = files["pack.yaml"].replace("duties: [B1.1]", "duties: []")
    files["kinds.yaml"] = files["kinds.yaml"].replace("evidence_for: [A2.1]", "evidence_for: []")
    publish(cast, files=files)
    assert not Cell.objects.everything("a test").filter(duty__code="A2.1").exists()


def test_a_value_of_the_bureau_is_confirmed_once_and_stays_so_in_the_next_version(cast):
    first = publish(cast)
    confirm_parameter(actor=cast.actor("bai"), ask=Ask(), pack=first, codes=["A1.2"])
    with pytest.raises(RuleBroken):
        confirm_parameter(actor=cast.actor("bai"), ask=Ask(), pack=first, codes=["A1.1"])
    second = publish(cast, files=edited("2"))
    waiting = Duty.objects.everything("a test").filter(pack=second, must_be_confirmed=True, confirmed_at=None)
    assert list(waiting.values_list("code", flat=True)) == ["A2.1"]


def test_a_pack_of_another_district_is_out_of_sight(cast):
    publish(cast)
    assert not PackVersion.objects.visible_to(cast.actor("yi")).exists()
    assert section(cast.elsewhere.district_id, "duties") is None


def test_the_first_version_holds_from_the_plans_first_day_whenever_it_is_published(cast):
    with clock.held_at(clock.at(date(2025, 6, 30))):
        publish(cast)
    assert set(Duty.objects.everything("a test").values_list("starts_on", flat=True)) == {date(2025, 2, 1)}
