"""What a record kind declares (`kinds.yaml`, docs/pack-format.md): lists, forms, imports and rules all come
from here, so that a district's new kind needs no line of code.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field, RootModel, StrictBool, field_validator, model_validator

from xiaoan.foundation.packs import InTwoLanguages, PackPart
from xiaoan.organisations.models import UnitKind

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
"""Of a kind or a field; the latter is also the purpose under which a field's files are kept."""
DATE_HEADING = "日期"
"""The heading of `happened_on` in imports."""
Phrase = Annotated[str, Field(min_length=1, max_length=200)]
FieldType = Literal[
    "date", "text", "long_text", "choice", "people", "person_post", "number", "file", "yes_no"
]
TAKEN = frozenset({"happened_on"})
"""Names that every record has itself."""


class Bilingual(InTwoLanguages):
    """Titles and hints: no longer than a line of a form."""

    zh: Phrase
    en: Phrase


class Choice(PackPart):
    """One answer of a choice."""

    code: Code
    title: Bilingual


class FieldSpec(PackPart):
    """One field that a kind adds to the common ones."""

    name: Name
    type: FieldType
    title: Bilingual
    required: StrictBool
    hint: Bilingual | None = None
    choices: list[Choice] = []
    posts: list[Code] = []
    """Of a `person_post`: the posts one of which the person held on the day."""

    @field_validator("name")
    @classmethod
    def _is_free(cls, name: str) -> str:
        if name in TAKEN:
            raise ValueError(_("字段名 %(name)s 已被占用，请换一个。") % {"name": name})
        return name

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        """Choices belong to a choice, posts to a person_post, and nowhere else."""
        for key, owner in (("choices", "choice"), ("posts", "person_post")):
            if bool(getattr(self, key)) != (self.type == owner):
                raise ValueError(
                    _("类型为 %(type)s 的字段要写 %(key)s，其他类型不写。") % {"type": owner, "key": key}
                )
        _refuse_doubles(choice.code for choice in self.choices)
        return self

    def choice(self, code: str) -> Choice | None:
        """The declared answer of a code."""
        return next((choice for choice in self.choices if choice.code == code), None)


class Who(PackPart):
    """Whose record it is: kinds of units."""

    kind: Annotated[list[UnitKind], Field(min_length=1)]


class RecordKind(PackPart):
    """A kind of record that the ledgers keep."""

    code: Name
    title: Bilingual
    hint: Bilingual
    who: Who
    recorded_by: Annotated[list[Code], Field(min_length=1)]
    evidence_for: list[str]
    items: StrictBool
    """Whether the record carries 议定事项."""
    fields: list[FieldSpec]

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        _refuse_doubles(field.name for field in self.fields)
        _refuse_doubles([DATE_HEADING, *(field.title.zh for field in self.fields)])
        return self

    def field(self, name: str) -> FieldSpec | None:
        """The declared field of a name."""
        return next((field for field in self.fields if field.name == name), None)

    def of_type(self, *types: FieldType) -> list[FieldSpec]:
        """The fields of some types, in the order of the form."""
        return [field for field in self.fields if field.type in types]


class Kinds(RootModel[list[RecordKind]]):
    """The whole file."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _codes_once(self) -> Self:
        _refuse_doubles(kind.code for kind in self.root)
        return self

    def named(self, code: str) -> RecordKind | None:
        """The kind of a code."""
        return next((kind for kind in self.root if kind.code == code), None)

    def kept_by(self, unit_kind: str) -> list[RecordKind]:
        """The kinds that a unit of this kind keeps, in the order of the file."""
        return [kind for kind in self.root if unit_kind in kind.who.kind]


def _refuse_doubles(codes: Iterable[str]) -> None:
    """A code, or a title that is also a heading, stands once."""
    if doubled := [code for code, times in Counter(codes).items() if times > 1]:
        raise ValueError(_("“%(codes)s”写了不止一次，请改正。") % {"codes": "、".join(doubled)})
