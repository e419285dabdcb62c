"""checklists/ and norms.yaml: what they may hold, that faults name file and line, and what publishing brings."""

import pytest

from xiaoan.inspections.models import Checklist, ChecklistPoint, ChecklistVersion, Origin
from xiaoan.inspections.tests.factories import FILE, a_later_pack, adapted, checklist_of, content_of
from xiaoan.inspections.vocabulary import vocabulary_in_force
from xiaoan.plans.pack.checks import check_pack
from xiaoan.plans.pack.files import read_pack
from xiaoan.plans.pack.sections import changes_against, published_pack, version_changes
from xiaoan.plans.tests.factories import FIRST_PACK, load, pack_files, publish

pytestmark = pytest.mark.django_db


def faults(old: str, new: str, path: str = FILE) -> list[str]:
    """Faults of the county's pack after one replacement in a file."""
    files = pack_files()
    assert old in files[path]
    return [str(each) for each in check_pack(read_pack(files | {path: files[path].replace(old, new, 1)}))]


def numbers():
    rows = ChecklistVersion.objects.everything("a test").order_by("number")
    return list(rows.values_list("number", "origin", "edition"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("number: 2", "number: 5", f"{FILE}:17: 编号从 1 起连续，这里应为 2。"),
        ("hazard: gas", "hazard: steam", f"{FILE}:14: hazards.yaml 的 kinds 里没有 steam，请改正。"),
        ("accident: fire", "accident: flood", f"{FILE}:13: risks.yaml 的 accidents 里没有 flood，请改正。"),
        ("major: D05", "major: D99", f"{FILE}:15: hazards.yaml 的 criteria 里没有 D99，请改正。"),
        (
            "major: D05",
            "major: F04",
            f"{FILE}:15: F04 不用于种类 gas，请改 hazard，或在 hazards.yaml 里补上。",
        ),
        (
            "县燃气规定 8",
            "燃气管理办法 8",
            f"{FILE}:12: norms.yaml 里没有“燃气管理办法”，请改正，或在那里补上。",
        ),
        ("unit: {zh: 具, en: pieces}, ", "", f"{FILE}:21: type: number 要写 unit（单位），其他类型不写。"),
        ("least: 2", "least: 2, most: 1", f"{FILE}:21: most 小于 least，请改正。"),
        ("photo: true", "photos: true", f"{FILE}:11: 没有“photos”这一项，请删去或改正写法。"),
        ("  - number: 3\n", "  - nr: 3\n", f"{FILE}:25: 缺少“number”，请补上。"),
    ],
)
def test_a_fault_names_the_file_and_the_line(old, new, fault):
    assert fault in faults(old, new)


def test_a_citation_is_a_title_and_articles():
    (fault,) = faults("县燃气规定 8", "县燃气规定 第八条")
    assert fault.startswith(f"{FILE}:12: ")


def test_two_files_with_the_same_order_are_a_fault():
    files = pack_files()
    files["checklists/second.yaml"] = files[FILE]
    found = [str(each) for each in check_pack(read_pack(files))]
    assert found == ["checklists/second.yaml:2: order: 1 与 canteen.yaml 相同，请换一个。"]


def test_the_name_of_a_file_is_a_code():
    files = pack_files()
    files["checklists/Kitchen-1.yaml"] = files.pop(FILE)
    found = [str(each) for each in check_pack(read_pack(files))]
    assert [words.split(":")[0] for words in found] == ["checklists/Kitchen-1.yaml"]


@pytest.mark.parametrize("path", ["checklists/deeper/canteen.yaml", "checklists.yaml", "norms/laws.yaml"])
def test_a_file_in_the_wrong_place_belongs_to_nobody(path):
    files = pack_files()
    files[path] = files[FILE]
    assert [each.file for each in check_pack(read_pack(files))] == [path]


def test_a_norm_stands_once():
    found = faults("zh: 县燃气规定, en: County gas rules", "zh: 消防法, en: Fire law", "norms.yaml")
    assert "norms.yaml:2: 消防法 出现了不止一次。" in found


def test_publishing_brings_every_list_as_its_first_version(here):
    checklist = here.checklist
    assert (checklist.place_kind, checklist.name_zh, checklist.name_en) == ("食堂", "食堂", "Canteen")
    assert numbers() == [(1, "pack", "2025-01-06")]
    gas, extinguishers, flue = content_of(checklist.in_force).points
    assert (gas.basis, gas.criterion, gas.photo, gas.answer) == (("县燃气规定 8",), "D05", True, "judged")
    assert (extinguishers.unit_zh, extinguishers.least, extinguishers.most) == ("具", 2, None)
    assert (flue.answer, flue.accident, flue.basis) == ("text", "", ())
    assert checklist.in_force.created_by_id == here.cast.bai.pk


def test_a_pack_whose_list_is_the_same_makes_no_version(here):
    files = a_later_pack("# 食堂检查表", "# 检查表")
    publish(here.cast, files=files)
    assert numbers() == [(1, "pack", "2025-01-06")]
    assert ChecklistPoint.objects.everything("a test").count() == 3


def test_a_pack_whose_list_is_new_makes_the_next_version_and_leaves_the_first_as_it_was(here):
    first = here.checklist.in_force
    before = content_of(first)
    publish(here.cast, files=a_later_pack())
    assert numbers() == [(1, "pack", "2025-01-06"), (2, "pack", "2025-06-01")]
    assert here.checklist.in_force.number == 2
    assert content_of(here.checklist.in_force).points[1].text_zh == "灭火器具数"
    assert content_of(first) == before


def test_an_adapted_list_is_not_overwritten_and_the_pack_is_offered(here):
    own = adapted(here)
    publish(here.cast, files=a_later_pack())
    checklist = here.checklist
    assert (checklist.in_force, checklist.offered.number) == (own, 3)
    assert numbers() == [(1, "pack", "2025-01-06"), (2, "centre", ""), (3, "pack", "2025-06-01")]


def test_an_adapted_list_stays_without_an_offer_where_the_pack_says_the_same(here):
    own = adapted(here)
    publish(here.cast, files=a_later_pack("# 食堂检查表", "# 检查表"))
    assert (here.checklist.in_force, here.checklist.offered) == (own, None)


def test_the_diff_of_a_pack_says_what_it_leaves_to_the_centre(here):
    words = "检查表“食堂”本区已调整：发布后仍用本区的版本，由中心选择是否采用规则库的新版本"
    later = a_later_pack()
    assert words not in changes_against(published_pack(here.cast.bureau.pk), read_pack(later)).lines()
    adapted(here)
    version = load(here.cast, later)
    in_force = published_pack(here.cast.bureau.pk)
    assert list(version_changes(in_force, version).lines()) == [
        f"变更文件 {FILE}",
        "变更文件 pack.yaml",
        words,
    ]
    assert list(changes_against(in_force, read_pack(later)).lines())[-1] == words
    assert version_changes(in_force, in_force).left == ()


def test_a_list_that_the_pack_no_longer_has_is_retired_and_comes_back(here):
    files = a_later_pack()
    files["checklists/stairs.yaml"] = files.pop(FILE)
    publish(here.cast, files=files)
    assert here.checklist.retired
    publish(here.cast, files=a_later_pack("# 食堂检查表", "# 检查表", "2025-07-01"))
    assert (here.checklist.retired, here.checklist.in_force.number) == (False, 1)


def test_an_adapted_list_that_the_pack_no_longer_has_stays(here):
    adapted(here)
    files = a_later_pack()
    files["checklists/stairs.yaml"] = files.pop(FILE)
    publish(here.cast, files=files)
    assert not here.checklist.retired


def test_two_districts_have_each_their_own(here):
    assert Checklist.objects.everything("a test").filter(district=here.cast.elsewhere.district).count() == 0
    assert list(Checklist.objects.visible_to(here.actor("yi"))) == []


def test_the_first_pack_has_a_list_for_each_of_the_seventeen_kinds_of_places(cast):
    publish(cast, FIRST_PACK)
    rows = Checklist.objects.everything("a test").order_by("position")
    assert [row.place_kind for row in rows] == [
        "宿舍", "食堂", "图书馆", "体育场馆", "实验室", "燃气设施", "配电房", "仓库", "危化品",
        "实训场所", "校门", "校车", "电动自行车", "建设工程", "校园周边", "楼梯通道", "教学用房",
    ]  # fmt: skip
    points = ChecklistPoint.objects.everything("a test")
    assert points.count() == 179
    assert points.filter(checklist_version__origin=Origin.PACK, text_en="").count() == 0


def test_what_is_background_is_never_cited_beside_articles_of_law_as_law(cast):
    """Grade B stays a default: no point that may be major rests on it."""
    publish(cast, FIRST_PACK)
    vocabulary = vocabulary_in_force(cast.bureau.pk)
    majors = ChecklistPoint.objects.everything("a test").filter(criterion__startswith="F")
    grades = {vocabulary.norm(line).grade for point in majors for line in point.basis.splitlines()}
    assert grades == {"A"}
    assert checklist_of(cast.bureau).in_force.number == 1
