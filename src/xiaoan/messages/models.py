"""Nouns of messages: what is said in both languages, the message of one person, the reminder of one subject."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.languages import in_language
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach
from xiaoan.foundation.ui import dates
from xiaoan.organisations.models import Unit

LONGEST_KIND = 40
LONGEST_TITLE = 160
LANGUAGES = ("zh", "en")
URGING = _("催办")
"""The kind of a reminder's notice."""
NEVER = date.max
"""The next day of a reminder that has none: sort keys are never null."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words in both languages, as they were when they were said."""

    zh: str = ""
    en: str = ""

    @classmethod
    def of(cls, words: Words, longest: int = 0) -> Self:
        """Lazy words in both languages; plain words are the same in both. Cut to `longest` characters, if given."""
        with translation.override("zh-hans"):
            zh = str(words)
        with translation.override("en"):
            en = str(words)
        return cls(_cut(zh, longest), _cut(en, longest))

    def __str__(self) -> str:
        return in_language(self.zh, self.en)

    def with_more(self, more: Self) -> "Said":
        """These words and more after them."""
        return Said(f"{self.zh}{more.zh}", f"{self.en} {more.en}".strip())


def _cut(words: str, longest: int) -> str:
    """One line that fits its column."""
    return words if not longest or len(words) <= longest else f"{words[: longest - 1]}…"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message says: the word of its kind (催办, 整改), title, body, and the page that it opens."""

    kind: Said
    title: Said
    body: Said
    url: str

    @classmethod
    def of(cls, *, kind: Words, title: Words, url: str, body: Words = "") -> Self:
        """A notice of lazy words. `url` is a path of this site; `ValueError` for any other."""
        if not (url.startswith("/") and url_has_allowed_host_and_scheme(url, None)):
            raise ValueError(f"{url!r} is no path of this site")
        return cls(Said.of(kind, LONGEST_KIND), Said.of(title, LONGEST_TITLE), Said.of(body), url)

    @property
    def columns(self) -> dict[str, str]:
        """As the tables keep it."""
        words = {"kind": self.kind, "title": self.title, "body": self.body}
        both = {
            f"{name}_{language}": getattr(said, language)
            for name, said in words.items()
            for language in LANGUAGES
        }
        return both | {"url": self.url}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is reminded: whoever holds one of these posts in a unit on the day of a step, else its heads."""

    unit: Unit
    posts: tuple[str, ...]


class MessageState(models.TextChoices):
    """Steps of a message. In this order lists show them: what is new comes first."""

    NEW = "new", _("未读")
    READ = "read", _("已读")


class Message(Record):
    """消息: something that one person is told, once for each cause. `unit` is where the matter belongs.

    Nobody reads another's, and whether it was read is shown to nobody.
    """

    reach = Reach(reading="messages.read_messages", person="person_id")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    cause = models.UUIDField()
    """The submission id of the act that told it: an event that is delivered twice tells once."""
    about_type = models.CharField(max_length=60)
    about_id = models.UUIDField()
    kind_zh = models.CharField(max_length=LONGEST_KIND)
    kind_en = models.CharField(max_length=LONGEST_KIND)
    title_zh = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE)
    body_zh = models.TextField(default="")
    body_en = models.TextField(default="")
    url = models.CharField(max_length=200)
    is_urgent = models.BooleanField(default=False)
    arrives_at = models.DateTimeField()
    """From when on it stands in the inbox."""
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.NEW)
    read_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        person_id: UUID

    class Meta:
        db_table = "msg_message"
        constraints = [
            models.UniqueConstraint(fields=["person", "cause"], name="msg_message_once"),
            models.CheckConstraint(
                condition=Q(state=MessageState.READ) ^ Q(read_at__isnull=True), name="msg_message_read_at"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state", "arrives_at", "id"], name="msg_message_inbox"),
            models.Index(fields=["district", "read_at", "id"], name="msg_message_read"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def kind(self) -> str:
        """The word of its kind, in the language of the page."""
        return in_language(self.kind_zh, self.kind_en)

    @property
    def title(self) -> str:
        """What it is about, in the language of the page."""
        return in_language(self.title_zh, self.title_en)

    @property
    def body(self) -> str:
        """The rest, in the language of the page."""
        return in_language(self.body_zh, self.body_en)

    @property
    def arrived(self) -> str:
        """When it came, in words."""
        return dates.moment(self.arrives_at)

    @property
    def is_new(self) -> bool:
        """Whether its reader has not opened it."""
        return self.state == MessageState.NEW


class ReminderState(models.TextChoices):
    """Steps of a reminder: a step lies ahead, all are said, or nobody is reminded any more."""

    OPEN = "open", _("待提醒")
    SAID = "said", _("已提醒")
    ENDED = "ended", _("已结束")


class Reminder(Record):
    """催办 of one subject: on which days around its due day its holder is told. Read by the machine only."""

    reach = Reach(reading="messages.read_reminders")

    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    due_on = models.DateField()
    steps = models.CharField(max_length=80)
    """Days before the due day, separated by spaces, in order of time: `7 3 0 -1`."""
    next_on = models.DateField(default=NEVER)
    """The day of the first step that is not behind; `NEVER` when all are."""
    holder_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    posts = models.CharField(max_length=200)
    """Codes of the posts that are reminded, separated by spaces."""
    kind_zh = models.CharField(max_length=LONGEST_KIND)
    kind_en = models.CharField(max_length=LONGEST_KIND)
    title_zh = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE)
    body_zh = models.TextField(default="")
    body_en = models.TextField(default="")
    url = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=ReminderState.choices, default=ReminderState.OPEN)

    if TYPE_CHECKING:
        holder_unit_id: UUID

    class Meta:
        db_table = "msg_reminder"
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="msg_reminder_once"),
            models.CheckConstraint(
                condition=Q(state=ReminderState.OPEN) ^ Q(next_on=NEVER), name="msg_reminder_next_on"
            ),
        ]
        indexes = [models.Index(fields=["district", "next_on", "id"], name="msg_reminder_due")]

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def all_steps(self) -> list[int]:
        """Its steps as numbers, in order of time."""
        return [int(step) for step in self.steps.split()]

    @property
    def notice(self) -> Notice:
        """What it says at every step."""
        return Notice(
            Said(self.kind_zh, self.kind_en),
            Said(self.title_zh, self.title_en),
            Said(self.body_zh, self.body_en),
            self.url,
        )
