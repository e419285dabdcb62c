"""Nouns of people: persons, the posts of the pack, dated appointments, supervision, accounts."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import get_language

from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach


class Person(Record):
    """A person of the district. `unit` is where they are looked after: the unit of their latest appointment."""

    reach = Reach(reading="people.read_people", person="id")

    staff_no = models.CharField(max_length=32)
    """工号: the person's key in the district; names and phones are not."""
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, default="")

    class Meta:
        db_table = "ppl_person"
        constraints = [models.UniqueConstraint(fields=["district", "staff_no"], name="ppl_person_staff_no")]

    def __str__(self) -> str:
        return self.name


class Post(Record):
    """岗位 of the district's catalogue, written by publishing a pack. A post grants exactly one role."""

    reach = Reach(reading="people.read_posts", path=None)

    code = models.CharField(max_length=32)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    role = models.CharField(max_length=32)
    is_head = models.BooleanField(default=False)
    """党政主要负责人: principal or secretary."""
    kinds = models.CharField(max_length=200, default="")
    """Unit kinds where it may be held, separated by spaces; empty means any."""
    is_lead = models.BooleanField(default=False)
    """分管负责同志: answers for safety beneath the heads."""
    aliases = models.CharField(max_length=400, default="")
    """Other names of the post in imports, separated by spaces."""
    position = models.PositiveSmallIntegerField(default=0)
    """Its place in the catalogue and so in every list."""
    retired = models.BooleanField(default=False)

    class Meta:
        db_table = "ppl_post"
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="ppl_post_code")]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh


class Appointment(Record):
    """任职: person x post x unit x from-to. The only thing that grants anything."""

    reach = Reach(reading="people.read_appointments", person="person_id")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    """The last day of the appointment."""
    is_deputy = models.BooleanField(default=False)
    """代理: holds the post while its holder is away or it is vacant."""

    if TYPE_CHECKING:
        person_id: UUID
        post_id: UUID

    class Meta:
        db_table = "ppl_appointment"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "post", "unit", "starts_on"], name="ppl_appointment_once"
            )
        ]
        indexes = [models.Index(fields=["unit", "post", "starts_on"], name="ppl_appointment_post")]

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Supervision(Record):
    """监管分工: a section (`unit`) supervises an area of another unit from a day on."""

    reach = Reach(reading="people.read_supervision")

    area = models.CharField(max_length=32)
    supervised = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    """The last day of the assignment."""

    class Meta:
        db_table = "ppl_supervision"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "area", "supervised", "starts_on"], name="ppl_supervision_once"
            )
        ]


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; user names compare without case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of a user name."""
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """The way a person signs in. It grants nothing: appointments do."""

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="")
    must_change = models.BooleanField(default=False)
    """Whether the password was made for them (initial password): nothing opens before they choose their own."""

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "ppl_account"

    @classmethod
    def named(cls, username: str) -> "Account | None":
        """The account of a user name, whatever the case of its letters."""
        name = username.strip().lower()
        return cls._default_manager.filter(username=name).select_related("person").first()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep user names in lower case, so that they are unique whatever was typed."""
        self.username = self.username.strip().lower()
        super().save(*args, **kwargs)


class SignInDelay(models.Model):
    """Tries of one user name from one address since the last success: the wait grows with each."""

    key = models.CharField(max_length=64, primary_key=True)
    """Digest of user name and address: neither is kept."""
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField()
    try_after = models.DateTimeField()

    class Meta:
        db_table = "ppl_sign_in_delay"


class DemoLogin(models.Model):
    """An account that the demo's log-in page offers with one click. Filled by the demo only."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True)
    position = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=16)
    """`school`, `bureau`, `outside` or `platform`: the heading under which the person stands."""
    note_zh = models.CharField(max_length=100)
    note_en = models.CharField(max_length=200)

    class Meta:
        db_table = "ppl_demo_login"
