"""Nouns of plans: the pack and its duties, the document and its clauses, the cells."""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.languages import in_language
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach


class PackState(models.TextChoices):
    """Steps of a version of a pack."""

    LOADED = "loaded", _("已载入")
    PUBLISHED = "published", _("已发布")
    SUPERSEDED = "superseded", _("已被替代")


class PackVersion(Record):
    """A version of a policy pack (规则库), stored whole. What was published never changes."""

    reach = Reach(reading="plans.read_plan", path=None)

    name = models.CharField(max_length=60)
    edition = models.CharField(max_length=40)
    """The `version` of pack.yaml."""
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    digest = models.CharField(max_length=64)
    """Of all files, by name and content: two different packs never share name and version."""
    state = models.CharField(max_length=12, choices=PackState.choices, default=PackState.LOADED)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        published_by_id: UUID | None

    class Meta:
        db_table = "pln_pack"
        constraints = [
            models.UniqueConstraint(fields=["district", "name", "edition"], name="pln_pack_edition")
        ]
        indexes = [models.Index(fields=["district", "state"], name="pln_pack_state")]

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_zh, self.title_en)


class PackFile(Record):
    """A file of a pack: its text as it came, and its validated content as JSON where it is a section."""

    reach = Reach(reading="plans.read_plan", path=None)

    pack = models.ForeignKey(PackVersion, models.CASCADE, related_name="files")
    path = models.CharField(max_length=120)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    content = models.TextField(default="")

    class Meta:
        db_table = "pln_pack_file"
        constraints = [models.UniqueConstraint(fields=["pack", "path"], name="pln_pack_file_path")]


class PlanDocument(Record):
    """A text of a plan: the pack's restatement, or the official text that the bureau attached."""

    reach = Reach(reading="plans.read_plan", path=None)

    pack = models.ForeignKey(PackVersion, models.PROTECT, null=True, related_name="documents")
    """The pack whose restatement this is; None for an official text."""
    code = models.CharField(max_length=32)
    number = models.CharField(max_length=60)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, default="")
    issuer = models.CharField(max_length=60, default="")
    issued_on = models.DateField(null=True)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    official = models.BooleanField(default=False)

    class Meta:
        db_table = "pln_document"
        indexes = [models.Index(fields=["district", "number", "official"], name="pln_document_number")]

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_zh, self.title_en or self.title_zh)


class Clause(Record):
    """条款 of a document, in the order of the text. `13-contracts.md` section 1 says what stands in each column."""

    reach = Reach(reading="plans.read_plan", path=None)

    document = models.ForeignKey(PlanDocument, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=20)
    heading = models.CharField(max_length=200, default="")
    text = models.TextField()
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()

    if TYPE_CHECKING:
        document_id: UUID
        parent_id: UUID | None

    @property
    def title(self) -> str:
        """Printed number and heading as one line."""
        gap = " " if self.label.endswith(".") else ""
        return f"{self.label}{gap}{self.heading}"

    @property
    def level(self) -> int:
        """The level of its heading on a page whose own title is the first."""
        return min(self.depth + 2, 4)

    class Meta:
        db_table = "pln_clause"
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="pln_clause_position"),
            models.UniqueConstraint(fields=["document", "code"], name="pln_clause_code"),
        ]


class Every(models.TextChoices):
    """How often a duty is owed."""

    YEAR = "year", _("每年")
    HALF_YEAR = "half-year", _("每半年")
    QUARTER = "quarter", _("每季度")
    MONTH = "month", _("每月")
    SCHOOL_YEAR = "school-year", _("每学年")
    TERM = "term", _("每学期")


class Counts(models.TextChoices):
    """What a measure counts."""

    FLOW = "flow", _("按发生计")
    STOCK = "stock", _("按当日状态计")
    TREND = "trend", _("与上年比较")


class Duty(Record):
    """任务 of one version of a pack: who owes what, how often, by which measure, with which target.

    What is filtered or counted is a column; lists stand in their own rows or as words separated by spaces.
    """

    reach = Reach(reading="plans.read_plan", path=None)

    pack = models.ForeignKey(PackVersion, models.CASCADE, related_name="duties")
    code = models.CharField(max_length=16)
    position = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    rule_zh = models.CharField(max_length=400)
    rule_en = models.CharField(max_length=600)
    note_zh = models.CharField(max_length=400, default="")
    note_en = models.CharField(max_length=600, default="")
    owner_kinds = models.CharField(max_length=120, default="")
    owner_stages = models.CharField(max_length=120, default="")
    owner_code = models.CharField(max_length=32, default="")
    every = models.CharField(max_length=12, choices=Every.choices)
    counts = models.CharField(max_length=8, choices=Counts.choices)
    indicator = models.CharField(max_length=60, default="")
    parameters = models.TextField(default="{}")
    """`with` of the row, as canonical JSON; handed to the indicator and never queried."""
    awaits = models.CharField(max_length=32, default="")
    target = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """Percent of the expected figure; None for a goal."""
    is_goal = models.BooleanField(default=False)
    period_source = models.CharField(max_length=1)
    target_source = models.CharField(max_length=1)
    due_day = models.CharField(max_length=5, default="")
    """`MM-DD` inside the period; empty means its last day."""
    must_be_confirmed = models.BooleanField(default=False)
    """A 参 or 推: shown as unconfirmed until the bureau has confirmed it once."""
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    starts_on = models.DateField(null=True)
    """In force from this day; None while the pack is only loaded."""
    ends_on = models.DateField(null=True)
    """The last day in force."""

    if TYPE_CHECKING:
        pack_id: UUID
        confirmed_by_id: UUID | None

    class Meta:
        db_table = "pln_duty"
        constraints = [models.UniqueConstraint(fields=["pack", "code"], name="pln_duty_code")]
        indexes = [
            models.Index(fields=["district", "code"], name="pln_duty_district"),
            models.Index(fields=["indicator"], name="pln_duty_indicator"),
            models.Index(fields=["pack", "position"], name="pln_duty_position"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """The short name in the language of the page."""
        return in_language(self.title_zh, self.title_en)

    @property
    def rule(self) -> str:
        """The measure in one sentence."""
        return in_language(self.rule_zh, self.rule_en)

    @property
    def note(self) -> str:
        """What the bureau should know about the row."""
        return in_language(self.note_zh, self.note_en)

    @property
    def with_(self) -> dict[str, Any]:
        """The parameters of the measure."""
        found: dict[str, Any] = json.loads(self.parameters)
        return found

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a value set by the bureau still waits for its one confirmation."""
        return self.must_be_confirmed and self.confirmed_at is None


class DutyPost(Record):
    """A post that answers for a duty, in the order of the pack."""

    reach = Reach(reading="plans.read_plan", path=None)

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="posts")
    post_code = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "pln_duty_post"
        constraints = [models.UniqueConstraint(fields=["duty", "post_code"], name="pln_duty_post_once")]


class Citation(Record):
    """Where a duty stands in the plan: key words, and their place in the text that is shown."""

    reach = Reach(reading="plans.read_plan", path=None)

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="citations")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="citations")
    """Of the text shown today: the restatement, or the official text once it is attached."""
    position = models.PositiveSmallIntegerField()
    """0 is where the duty stands on the plan page."""
    alias = models.CharField(max_length=16)
    clause_code = models.CharField(max_length=40)
    words = models.CharField(max_length=60)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    """Code points of the clause's own text."""

    if TYPE_CHECKING:
        duty_id: UUID
        clause_id: UUID

    class Meta:
        db_table = "pln_citation"
        constraints = [models.UniqueConstraint(fields=["duty", "position"], name="pln_citation_position")]


class Cell(Record):
    """格子: a duty, its owner (`unit`) and a period, with the figures last counted (`docs/mechanisms/cells.md`)."""

    reach = Reach(reading="plans.read_cells")

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="cells")
    period = models.CharField(max_length=11)
    first = models.DateField()
    last = models.DateField()
    due = models.DateField()
    achieved = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    expected = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    """None: not counted yet, or untold."""
    untold = models.CharField(max_length=200, default="")
    """What is missing where nobody can say what is owed (缺依据)."""
    met = models.BooleanField(default=False)
    computed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    """季度定账: from then on the figures stand."""
    waived_at = models.DateTimeField(null=True)
    waiver = models.CharField(max_length=200, default="")
    reason = models.CharField(max_length=200, default="")
    """One line of the unit about an unmet cell; it stays unmet."""

    if TYPE_CHECKING:
        duty_id: UUID

    class Meta:
        db_table = "pln_cell"
        constraints = [models.UniqueConstraint(fields=["duty", "period", "unit"], name="pln_cell_once")]
        indexes = [
            models.Index(fields=["unit", "due", "duty"], name="pln_cell_unit"),
            models.Index(fields=["duty", "due", "id"], name="pln_cell_due"),
        ]


class HolderNaming(Record):
    """That a unit named a person for a duty (S1.4), from a day on; without one the post's holder answers."""

    reach = Reach(reading="plans.read_cells", person="person_id")

    duty_code = models.CharField(max_length=16)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    """The last day of the naming."""

    if TYPE_CHECKING:
        person_id: UUID

    class Meta:
        db_table = "pln_holder"
        constraints = [
            models.UniqueConstraint(fields=["unit", "duty_code", "starts_on"], name="pln_holder_once")
        ]
        indexes = [models.Index(fields=["district", "duty_code"], name="pln_holder_duty")]
