"""The county's checklist in force in the district of the cast, and what the centre makes of it."""

from dataclasses import dataclass, replace

from xiaoan.foundation.actor import Ask
from xiaoan.inspections.acts import publish_draft, save_draft
from xiaoan.inspections.contents import Content, Point, columns_of, content_of_rows
from xiaoan.inspections.models import Checklist, ChecklistDraft, ChecklistPoint, ChecklistVersion
from xiaoan.organisations.models import Unit
from xiaoan.people.tests.factories import Cast
from xiaoan.plans.tests.factories import pack_files, publish

FILE = "checklists/canteen.yaml"
REASON = "春季增加检查内容"
NEW_POINT = Point(text_zh="地面不滑", hazard_kind="facility", basis=("工作惯例",))


@dataclass(frozen=True)
class Kitchen:
    """The cast with the canteen's checklist of the pack of the tests."""

    cast: Cast

    def actor(self, name: str):
        return self.cast.actor(name)

    @property
    def checklist(self) -> Checklist:
        """As it stands now."""
        return checklist_of(self.cast.bureau)


def kitchen(cast: Cast) -> Kitchen:
    """The pack of the tests in force."""
    publish(cast)
    return Kitchen(cast)


def checklist_of(district: Unit) -> Checklist:
    """The canteen's checklist of a district."""
    rows = Checklist.objects.everything("a test").select_related("in_force", "offered", "unit")
    return rows.get(district_id=district.pk, code="canteen")


def content_of(version: ChecklistVersion) -> Content:
    """A version as a value."""
    rows = ChecklistPoint.objects.everything("a test").filter(checklist_version=version).order_by("number")
    return content_of_rows(rows, scored=version.scored)


def with_one_more(checklist: Checklist) -> Content:
    """What is in force, and one point more."""
    standing = content_of(checklist.in_force)
    return replace(standing, points=(*standing.points, NEW_POINT))


def drafted(here: Kitchen, content: Content | None = None, who: str = "gu") -> ChecklistDraft:
    """A draft of the centre."""
    checklist = here.checklist
    return save_draft(
        actor=here.actor(who), ask=Ask(), checklist=checklist, content=content or with_one_more(checklist)
    )


def adapted(here: Kitchen, content: Content | None = None) -> ChecklistVersion:
    """The centre's own version, published."""
    draft = drafted(here, content)
    return publish_draft(actor=here.actor("gu"), ask=Ask(), draft=draft, reason=REASON)


def a_later_pack(
    old: str = "灭火器数量", new: str = "灭火器具数", edition: str = "2025-06-01"
) -> dict[str, str]:
    """The files of the pack with a change in the checklist, as another version."""
    files = pack_files()
    assert old in files[FILE]
    files[FILE] = files[FILE].replace(old, new)
    files["pack.yaml"] = files["pack.yaml"].replace('version: "2025-01-06"', f'version: "{edition}"')
    return files


def an_adapted_checklist(district: Unit) -> Checklist:
    """The canteen's checklist as rows: adapted by the centre, offered anew by the pack, and a draft; a bare one beside."""
    checklist = checklist_of(district)
    if checklist.offered is None:
        content = content_of(checklist.in_force)
        owned = {"district_id": district.pk, "unit_id": district.pk, "created_by_id": None}
        own, offered = (_a_version(checklist, number, weighed(content, number), **owned) for number in (2, 3))
        checklist.in_force, checklist.offered = own, offered
        checklist.save()
        ChecklistDraft.objects.create(
            **owned, checklist=checklist, based_on=own, content=weighed(content, 4).as_json()
        )
        bare = Checklist.objects.create(
            **owned, code="bare", position=2, place_kind="校门", name_zh="校门", name_en="Gate"
        )
        bare.in_force = _a_version(bare, 1, content, **owned)
        bare.save()
    return checklist_of(district)


def weighed(content: Content, weight: int) -> Content:
    """The same points with another weight."""
    return replace(content, points=tuple(replace(point, weight=weight) for point in content.points))


def _a_version(checklist: Checklist, number: int, content: Content, **owned: object) -> ChecklistVersion:
    """A version with its points, as rows."""
    version = ChecklistVersion.objects.create(
        **owned,
        checklist=checklist,
        number=number,
        origin="pack" if number % 2 else "centre",
        reason="" if number % 2 else REASON,
        digest=content.digest,
        point_count=len(content.points),
    )
    for place, point in enumerate(content.points, start=1):
        ChecklistPoint.objects.create(**owned, checklist_version=version, number=place, **columns_of(point))
    return version
