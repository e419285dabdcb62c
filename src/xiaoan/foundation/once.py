"""Submission ids: the same request sent again does nothing twice and gets the same receipt."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction

from xiaoan.foundation import clock, statements
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import SameIdOtherContent


class Submission(models.Model):
    """One accepted request: the receipt that a repeat gets again. Never changed after its act committed."""

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField(null=True)
    act = models.CharField(max_length=80)
    content_digest = models.CharField(max_length=64)
    object_id = models.CharField(max_length=36, default="")
    journal_number = models.PositiveBigIntegerField(default=0)
    """The number of the act's entry in the journal of the record's unit."""
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "fnd_submission"


class ConflictCopy(models.Model):
    """What came under a used id with other content: kept, so that nothing typed is lost."""

    id = models.BigAutoField(primary_key=True)
    submission_id = models.UUIDField(db_index=True)
    person_id = models.UUIDField(null=True)
    content = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "fnd_conflict_copy"


class Repeated(Exception):  # noqa: N818 - not a fault: the request had been accepted before
    """The submission id is already used."""


def plain(value: Any) -> Any:  # noqa: PLR0911 - one answer per kind of value
    """A value as JSON can hold it, the same for equal content."""
    match value:
        case None | bool() | int() | str():
            return value
        case models.Model():
            return str(value.pk)
        case datetime() | date() | UUID() | Decimal() | float():
            return str(value)
        case UploadedFile():
            return _file_digest(value)
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple() | models.QuerySet():
            return [plain(inner) for inner in value]
        case set() | frozenset():
            return sorted((plain(inner) for inner in value), key=canonical)
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    raise TypeError(f"an act cannot take a {type(value).__name__}: no canonical form")


def _file_digest(file: UploadedFile) -> str:
    """The hash of an uploaded file's bytes; the file is left at its beginning."""
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def canonical(value: Any) -> str:
    """Canonical text of content: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str) -> str:
    """SHA-256 of a canonical text, in hex."""
    return hashlib.sha256(content.encode()).hexdigest()


def claim(actor: Actor, ask: Ask, act: str, content: str) -> Submission:
    """Take the submission id for this transaction, or raise `Repeated`. The unique key decides races."""
    submission = Submission(
        id=ask.submission_id, person_id=actor.person_id, act=act, content_digest=digest(content)
    )
    try:
        with transaction.atomic():
            statements.insert([submission])
    except IntegrityError as used:
        raise Repeated from used
    return submission


def receipt_of(actor: Actor, ask: Ask, act: str, content: str) -> Submission:
    """The receipt of the first time, if person, act and content are the same; else the copy is kept."""
    first = Submission.objects.get(pk=ask.submission_id)
    if (first.person_id, first.act, first.content_digest) == (actor.person_id, act, digest(content)):
        return first
    ConflictCopy.objects.create(
        submission_id=ask.submission_id, person_id=actor.person_id, content=canonical([act, content])
    )
    raise SameIdOtherContent
