"""Who acts, and what they ask: the two arguments that every act begins with."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5


@dataclass(frozen=True, slots=True)
class Posting:
    """An appointment in force on the actor's day: the only thing that grants anything."""

    appointment_id: UUID
    post: str
    role: str
    unit_id: UUID
    path: str
    """The unit's place in its tree; a subtree is everything whose path begins with it."""
    oversees: bool = False
    """Whether the unit answers for the whole district, so that a district-wide grant means the district."""
    department_of: str = ""
    """The path of the unit that the appointment's unit is a department of; empty for any other unit."""
    unit_name: str = ""
    post_name_zh: str = ""
    post_name_en: str = ""

    @property
    def whole_path(self) -> str:
        """The path of the whole institution: a department's people belong to the unit that it is a department of."""
        return self.department_of or self.path


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with all appointments in force today, or the machine (`robot`) with its cause."""

    person_id: UUID | None
    name: str
    district_id: UUID
    postings: tuple[Posting, ...] = ()
    day: date | None = None
    district_name: str = ""
    cause: str = ""
    """Of the robot: job and period, or event, that made it act."""

    @property
    def is_robot(self) -> bool:
        """Whether this is the machine."""
        return self.person_id is None

    @property
    def oversees(self) -> bool:
        """Whether the actor looks at a district, not at a unit of it."""
        return any(posting.oversees for posting in self.postings)

    @property
    def spans_units(self) -> bool:
        """Whether lists of this actor run across units, so that they say whose a row is."""
        return self.oversees or len({posting.unit_id for posting in self.postings}) > 1

    def belongs_to(self, path: str) -> bool:
        """Whether the actor holds a post in a unit of this path or a department of it, or above it without overseeing."""
        return any(path.startswith(posting.whole_path) and not posting.oversees for posting in self.postings)

    def by(self, held: Callable[[Posting], bool]) -> "Actor":
        """The same person, standing on only some of their appointments."""
        return replace(self, postings=tuple(posting for posting in self.postings if held(posting)))

    @property
    def narrowest_first(self) -> tuple[Posting, ...]:
        """Postings, deepest unit first: the narrowest that covers an object grants the act."""
        return tuple(sorted(self.postings, key=lambda posting: posting.path.count("/"), reverse=True))


_sources: list[Callable[[UUID], Actor]] = []


def register_actors(actor_now: Callable[[UUID], Actor]) -> None:
    """Let the module of people say who somebody is at this moment."""
    _sources[:] = [actor_now]


def as_of_now(person_id: UUID) -> Actor:
    """Who somebody is at this moment: what takes long asks again for whom it goes on (`13-contracts.md` section 3)."""
    return _sources[0](person_id)


def robot(*, district_id: UUID, cause: str) -> Actor:
    """The machine actor. It may do only what an act lists for it, and always names its cause."""
    if not cause:
        raise ValueError("the machine names its cause")
    return Actor(person_id=None, name="robot", district_id=district_id, cause=cause)


@dataclass(frozen=True, slots=True)
class Ask:
    """What comes with a request to act.

    `submission_id` makes a repeat harmless; `seen` is the record's version on the page (None for a new
    one); `captured_at` is the phone's own time, doubted when it is far from the server's.
    """

    submission_id: UUID = field(default_factory=uuid4)
    seen: int | None = None
    captured_at: datetime | None = None

    def inner(self, place: str) -> "Ask":
        """The ask of an act called by this one: same content, same id, every time."""
        return Ask(submission_id=uuid5(self.submission_id, place), seen=None, captured_at=self.captured_at)


def ask_because(cause: UUID, place: str) -> Ask:
    """The ask of a reaction or a job: one cause, one submission id."""
    return Ask(submission_id=uuid5(cause, place))
