"""Nouns of the ledgers: entries with their typed values and people, and 议定事项 with a life of their own."""

from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.languages import in_language
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach
from xiaoan.foundation.ui import dates
from xiaoan.ledgers.declarations import RecordKind
from xiaoan.ledgers.kinds import KindOfVersion


def with_post(name: str, post_zh: str, post_en: str) -> str:
    """A person as pages name them: 林一鸣（校长）."""
    return gettext("%(name)s（%(post)s）") % {"name": name, "post": in_language(post_zh, post_en)}


class EntryState(models.TextChoices):
    """Steps of an entry."""

    FILED = "filed", _("已登记")
    VOID = "void", _("已作废")


class ItemState(models.TextChoices):
    """Steps of a 议定事项."""

    OPEN = "open", _("办理中")
    DONE = "done", _("已办结")
    VOID = "void", _("已作废")


class Entry(Record):
    """台账记录: one record of a kind of the pack. `created_at` is when it was recorded, `happened_on` is what counts."""

    reach = Reach(reading="ledgers.read_entries")

    kind = models.CharField(max_length=32)
    pack_version = models.ForeignKey("plans.PackVersion", models.PROTECT, related_name="+")
    """The published version whose declaration it was made by, and is read by for ever."""
    happened_on = models.DateField()
    title = models.CharField(max_length=80)
    """One line for lists: the first line of its first text, or the kind's name."""
    state = models.CharField(max_length=8, choices=EntryState.choices, default=EntryState.FILED)
    void_reason = models.CharField(max_length=200, default="")

    if TYPE_CHECKING:
        pack_version_id: UUID

    class Meta:
        db_table = "led_entry"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EntryState.VOID) ^ Q(void_reason=""), name="led_entry_void_reason"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "kind", "happened_on", "id"], name="led_entry_unit"),
            models.Index(fields=["district", "kind", "happened_on", "id"], name="led_entry_district"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ledgers:entry", args=[self.pk])

    @property
    def note(self) -> str:
        """What a line about it says besides the title: its day."""
        return dates.full_date(self.happened_on)

    @cached_property
    def declared(self) -> RecordKind:
        """The declaration by which it was made, whatever was published since."""
        return KindOfVersion(self.pack_version, self.kind).declared

    @property
    def is_void(self) -> bool:
        """Whether it no longer counts."""
        return self.state == EntryState.VOID


class EntryValue(models.Model):
    """One filled field of an entry, in the column of its type. Read only through its entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="values")
    field = models.CharField(max_length=32)
    text = models.TextField(default="")
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    day = models.DateField(null=True)
    choice = models.CharField(max_length=32, default="")
    yes = models.BooleanField(null=True)

    class Meta:
        db_table = "led_entry_value"
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="led_entry_value_once")]
        indexes = [
            models.Index(fields=["field", "choice"], name="led_entry_value_choice"),
            models.Index(fields=["field", "number"], name="led_entry_value_number"),
            models.Index(fields=["field", "day"], name="led_entry_value_day"),
        ]


class EntryPerson(models.Model):
    """A person in an entry, with the post held on that day. Names are copied, so that they stay true."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="people")
    field = models.CharField(max_length=32)
    """The declared field: chaired_by, present, …"""
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    post = models.CharField(max_length=32)
    post_zh = models.CharField(max_length=40)
    post_en = models.CharField(max_length=60)

    if TYPE_CHECKING:
        person_id: UUID

    class Meta:
        db_table = "led_entry_person"
        constraints = [
            models.UniqueConstraint(fields=["entry", "field", "person", "post"], name="led_entry_person_once")
        ]
        indexes = [models.Index(fields=["person", "field"], name="led_entry_person_person")]

    @property
    def words(self) -> str:
        """Name and post as they were copied."""
        return with_post(self.name, self.post_zh, self.post_en)


class Item(Record):
    """议定事项: something an entry decided, with a post, a person and a date. It lives on its own after that."""

    reach = Reach(reading="ledgers.read_items", person="person_id")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=40)
    post = models.CharField(max_length=32)
    post_zh = models.CharField(max_length=40)
    post_en = models.CharField(max_length=60)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.OPEN)
    done_on = models.DateField(null=True)
    done_note = models.CharField(max_length=200, default="")

    if TYPE_CHECKING:
        entry_id: UUID
        person_id: UUID

    class Meta:
        db_table = "led_item"
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="led_item_number"),
            models.CheckConstraint(
                condition=Q(state=ItemState.DONE) ^ Q(done_on__isnull=True), name="led_item_done_on"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on", "id"], name="led_item_unit"),
            models.Index(fields=["person", "state", "due_on"], name="led_item_person"),
            models.Index(fields=["unit", "post", "state", "due_on"], name="led_item_post"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ledgers:item", args=[self.pk])

    @property
    def note(self) -> str:
        """What a line about it says besides the text: who, by when, and its state."""
        return f"{self.holder} · {dates.by_day(self.due_on)} · {self.get_state_display()}"

    @property
    def holder(self) -> str:
        """Who answers, with the post: 周砚秋（总务主任）."""
        return with_post(self.person_name, self.post_zh, self.post_en)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == ItemState.OPEN

    @property
    def is_late(self) -> bool:
        """Whether it was done, but after its due day."""
        return self.done_on is not None and self.done_on > self.due_on

    @property
    def icon(self) -> str:
        """The sign of its state."""
        return {ItemState.OPEN: "clock", ItemState.DONE: "check-circle"}.get(ItemState(self.state), "minus")

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {ItemState.OPEN: "accent", ItemState.DONE: "done"}.get(ItemState(self.state), "neutral")
