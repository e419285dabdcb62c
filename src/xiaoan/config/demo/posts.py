"""Which posts there are at which unit, and which of them one person holds together."""

from collections.abc import Callable

from xiaoan.config.demo.register import Traits
from xiaoan.organisations.models import Stage

Seat = tuple[str, ...]
"""Posts in one hand; the first is the person's main one."""

HEADS: tuple[Seat, Seat] = (("principal",), ("secretary",))

KINDERGARTEN: tuple[Seat, ...] = (
    ("deputy_principal",),
    ("safety_officer",),
    ("general_affairs_head", "works_manager", "storeroom_keeper"),
    ("teaching_head", "pupil_affairs_head", "experience_room_keeper"),
    ("office_head", "video_keeper"),
    ("canteen_manager",),
    ("gate_security", "switch_room_keeper", "school_bus_manager"),
    ("health_teacher",),
)
WITHOUT_PUPILS: tuple[Seat, ...] = (
    ("deputy_principal",),
    ("safety_officer",),
    ("office_head", "video_keeper"),
    ("general_affairs_head", "works_manager", "storeroom_keeper", "switch_room_keeper"),
    ("teaching_head", "pupil_affairs_head", "experience_room_keeper"),
    ("gate_security", "school_bus_manager"),
)
SCHOOL: tuple[Seat, ...] = (
    ("deputy_principal",),
    ("safety_officer",),
    ("general_affairs_head", "works_manager"),
    ("teaching_head",),
    ("pupil_affairs_head", "experience_room_keeper"),
    ("office_head",),
    ("canteen_manager",),
    ("switch_room_keeper",),
    ("gymnasium_keeper",),
    ("library_keeper", "storeroom_keeper"),
    ("video_keeper",),
    ("health_teacher",),
)
WHERE_THERE_IS: tuple[tuple[Seat, Callable[[Traits], bool]], ...] = (
    (("gate_security",), lambda t: t.buses),
    (("gate_security", "school_bus_manager"), lambda t: not t.buses),
    (("school_bus_manager",), lambda t: t.buses),
    (("fire_control_operator",), lambda t: t.departments),
    (("laboratory_technician",), lambda t: t.laboratories or t.stage == Stage.PRIMARY),
    (("chemicals_keeper",), lambda t: t.laboratories),
    (("dormitory_warden",), lambda t: t.boarders),
    (("dormitory_warden",), lambda t: t.boarders),
    (("workshop_instructor",), lambda t: t.stage == Stage.VOCATIONAL),
)
"""What a school has beside `SCHOOL` if it has the thing. A second line of a post is a second person."""

DEPARTMENT_OF: dict[str, str] = {
    "office_head": "校办公室",
    "teaching_head": "教导处",
    "pupil_affairs_head": "德育处",
    "general_affairs_head": "总务处",
    "video_keeper": "信息中心",
}
"""Where a seat's main post is held, at an institution that has the department."""

BUREAU: tuple[tuple[str, int], ...] = (
    ("bureau_director", 1),
    ("party_work_secretary", 1),
    ("deputy_director", 1),
    ("linked_leader", 3),
    ("education_inspector", 12),
    ("works_manager", 1),
)
CENTRE: tuple[tuple[str, int], ...] = (
    ("centre_director", 1),
    ("centre_safety_chief", 1),
    ("centre_safety_staff", 6),
    ("centre_inspector", 10),
    ("works_manager", 1),
)
SECTION: tuple[tuple[str, int], ...] = (("section_chief", 1), ("section_staff", 2))
SECTIONS: dict[str, tuple[tuple[str, int], ...]] = {
    "局办公室": (("duty_officer", 3),),
    "法制科": (("legal_chief", 1), ("legal_staff", 2)),
    "计划财务科": (("finance_chief", 1), ("section_staff", 2)),
    "未成年人保护办公室": (("child_protection_officer", 2),),
}
"""Sections whose posts are their own; the others have `SECTION`."""
THIRD_PARTY: tuple[tuple[str, int], ...] = (("third_party_inspector", 12),)


def seats_of(traits: Traits, *, one_head: bool) -> list[Seat]:
    """The seats of an institution, heads first."""
    heads: list[Seat] = [HEADS[0] + HEADS[1]] if one_head else [*HEADS]
    if traits.kindergarten:
        return [*heads, *KINDERGARTEN]
    if not traits.has_pupils:
        return [*heads, *WITHOUT_PUPILS]
    return [*heads, *SCHOOL, *(seat for seat, where in WHERE_THERE_IS if where(traits))]
