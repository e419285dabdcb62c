"""The journal: append-only, numbered and hash-chained per unit, written in the act's own transaction.

The entry holds no personal value; old and new values stand in the payload beside it, bound by a salted
digest, so that a payload may one day be redacted while the chain still verifies. The bytes that are
hashed are documented in `docs/mechanisms/journal.md` and must never change without a new format.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from xiaoan.foundation import clock, statements
from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.once import canonical
from xiaoan.foundation.records import new_id

FORMAT = b"xiaoan-journal-1"
ALGORITHM = "sha256"
START = "0" * 64


class JournalHead(models.Model):
    """The last number and digest of a unit's journal; locked last in a transaction, in unit-id order."""

    unit_id = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=START)

    class Meta:
        db_table = "fnd_journal_head"


class JournalEntry(models.Model):
    """That somebody did something, without any personal value. Never updated, never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    appointment_id = models.UUIDField(null=True)
    act = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=36)
    payload_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "fnd_journal_entry"
        constraints = [models.UniqueConstraint(fields=["unit_id", "number"], name="fnd_journal_number")]
        indexes = [models.Index(fields=["object_id", "at"], name="fnd_journal_object")]


class JournalPayload(models.Model):
    """What was changed: old and new by field, the cause, the phone's time. Salted, so that its digest tells nothing."""

    entry = models.OneToOneField(
        JournalEntry, models.PROTECT, primary_key=True, related_name="payload", db_column="entry_id"
    )
    salt = models.BinaryField(max_length=16)
    body = models.TextField()

    class Meta:
        db_table = "fnd_journal_payload"


@dataclass(slots=True)
class Note:
    """One act waiting to be written at the end of the outermost act's transaction."""

    unit_id: UUID
    actor: Actor
    posting: Posting | None
    act: str
    object_type: str
    object_id: str
    content: dict[str, Any] = field(default_factory=dict)
    number: int = 0


def hash_hex(*parts: bytes) -> str:
    """The digest of length-prefixed parts, so that no two lists of parts share their bytes."""
    found = hashlib.new(ALGORITHM)
    for part in parts:
        found.update(len(part).to_bytes(4, "big") + part)
    return found.hexdigest()


def entry_bytes(entry: JournalEntry) -> list[bytes]:
    """The fields of an entry that are hashed, in their fixed order."""
    microseconds = int(entry.at.timestamp()) * 1_000_000 + entry.at.microsecond
    return [
        FORMAT,
        entry.unit_id.bytes,
        str(entry.number).encode(),
        str(microseconds).encode(),
        entry.person_id.bytes if entry.person_id else b"",
        entry.appointment_id.bytes if entry.appointment_id else b"",
        entry.act.encode(),
        entry.object_type.encode(),
        entry.object_id.encode(),
        bytes.fromhex(entry.payload_digest),
        bytes.fromhex(entry.previous),
    ]


def write(notes: Iterable[Note]) -> None:
    """Append notes to their units' journals: heads locked in unit-id order, entries numbered without gap."""
    by_unit: dict[UUID, list[Note]] = {}
    for note in notes:
        by_unit.setdefault(note.unit_id, []).append(note)
    entries: list[JournalEntry] = []
    payloads: list[JournalPayload] = []
    for unit_id in sorted(by_unit):
        head = _locked_head(unit_id)
        for note in by_unit[unit_id]:
            entry, payload = _append(head, note)
            entries.append(entry)
            payloads.append(payload)
        statements.update(head, "number", "digest")
    statements.insert(entries)
    statements.insert(payloads)


def _locked_head(unit_id: UUID) -> JournalHead:
    """The head row of a unit, held until the transaction ends; made at the unit's first act."""
    if head := statements.locked(JournalHead, unit_id):
        head.unit_id = unit_id
        return head
    JournalHead.objects.bulk_create([JournalHead(unit_id=unit_id)], ignore_conflicts=True)
    return JournalHead.objects.select_for_update().get(pk=unit_id)


def _append(head: JournalHead, note: Note) -> tuple[JournalEntry, JournalPayload]:
    """The next entry of a journal with its payload; moves the head on."""
    salt, body = os.urandom(16), canonical(note.content)
    entry = JournalEntry(
        unit_id=note.unit_id,
        number=head.number + 1,
        at=clock.now(),
        person_id=note.actor.person_id,
        appointment_id=note.posting.appointment_id if note.posting else None,
        act=note.act,
        object_type=note.object_type,
        object_id=note.object_id,
        payload_digest=hash_hex(salt, body.encode()),
        previous=head.digest,
    )
    entry.digest = hash_hex(*entry_bytes(entry))
    head.number = note.number = entry.number
    head.digest = entry.digest
    return entry, JournalPayload(entry=entry, salt=salt, body=body)


def first_fault(unit_id: UUID) -> str | None:
    """Verify a unit's journal from its beginning; None, or words naming the first entry that is wrong."""
    previous, number = START, 0
    entries = JournalEntry.objects.filter(unit_id=unit_id).order_by("number").select_related("payload")
    for entry in entries.iterator(chunk_size=1000):
        number += 1
        if entry.number != number or entry.previous != previous:
            return f"entry {number} is missing or out of place"
        payload = getattr(entry, "payload", None)
        if payload is None or hash_hex(bytes(payload.salt), payload.body.encode()) != entry.payload_digest:
            return f"payload of entry {number} was changed"
        if hash_hex(*entry_bytes(entry)) != entry.digest:
            return f"entry {number} was changed"
        previous = entry.digest
    head = JournalHead.objects.filter(pk=unit_id).first()
    if (head.number, head.digest) != (number, previous) if head else number:
        return f"the journal ends at {number}, its head says otherwise"
    return None
