"""Checking a long table in the background: kept as a draft, worked off by the worker, left and found again.

A short table is checked at once, so that nothing feels slow. A long one waits with its bytes for the job, which
tells how far it is; its maker may close the page, come back, or cancel. The bytes go with the end of the check.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, as_of_now
from xiaoan.foundation.errors import Conflict, NotPermitted
from xiaoan.foundation.imports import (
    DraftState,
    ImportDraft,
    ImportKind,
    check,
    draft_of,
    fill,
    known_imports,
    may_import,
)
from xiaoan.foundation.job_queue import enqueue, job
from xiaoan.foundation.permissions import Denied
from xiaoan.foundation.schedule import Daily, Slot, scheduled
from xiaoan.foundation.sheets import SheetRefused, SheetTooLarge, read_table
from xiaoan.foundation.sheets.package import MAX_FILE
from xiaoan.foundation.worker import LOST_SECONDS, WorkerBeat

ROWS_AT_ONCE = 300
"""Rows of a file that is checked while its sender waits."""
STEPS = 3
"""Read, compare, write down."""
KEPT_DAYS = 30
PIECE = 500
"""Drafts deleted in one short transaction."""


class ImportFile(models.Model):
    """The bytes of a file that waits for its check."""

    draft = models.OneToOneField(ImportDraft, models.CASCADE, primary_key=True, related_name="file")
    data = models.BinaryField()

    class Meta:
        db_table = "fnd_import_file"


class CheckCancelled(Exception):  # noqa: N818 - not a fault: its maker did not want to wait
    """The draft was cancelled while it was being checked."""


def check_upload(kind: ImportKind, data: bytes, name: str, actor: Actor) -> ImportDraft:
    """Check a file of up to 300 rows now, leave a longer one to the worker.

    Raises as `imports.check` does; what is wrong with a longer file as a whole is told in its draft.
    """
    try:
        return check(kind, data, name, actor, most_rows=ROWS_AT_ONCE)
    except SheetTooLarge:
        if len(data) > MAX_FILE:
            raise
    return _check_later(kind, data, name, actor)


def _check_later(kind: ImportKind, data: bytes, name: str, actor: Actor) -> ImportDraft:
    """Keep the file with its draft and its job: all three or none."""
    if isinstance(verdict := may_import(kind, actor), Denied):
        raise NotPermitted(verdict.reason)
    draft = draft_of(kind, data, name, actor)
    draft.state = DraftState.CHECKING
    with transaction.atomic():
        draft.save(force_insert=True)
        ImportFile.objects.create(draft=draft, data=data)
        enqueue(check_import, draft_id=draft.id, language=get_language() or settings.LANGUAGE_CODE)
    return draft


@job("foundation.check_import")
def check_import(draft_id: str, language: str) -> None:
    """Check a waiting file, in the language of whoever sent it. A draft that waits no more is left alone."""
    draft = ImportDraft.objects.filter(pk=draft_id, state=DraftState.CHECKING).first()
    if draft is None:
        return
    with override(language):
        try:
            _check(draft)
        except (SheetRefused, NotPermitted) as refused:
            _end(draft, state=DraftState.REFUSED, refusal=str(refused))
        except CheckCancelled:
            return


def _check(draft: ImportDraft) -> None:
    """Read, compare, write down: outside any transaction, for as long as it takes."""
    kind, _apply = known_imports()[draft.kind]
    actor = as_of_now(draft.person_id)  # type: ignore[arg-type]  # only a person sends a file
    if isinstance(verdict := may_import(kind, actor), Denied):
        raise NotPermitted(verdict.reason)
    file = ImportFile.objects.get(draft=draft)
    table = read_table(bytes(file.data), draft.file_name, kind.columns)
    _tell(draft, 1)
    resolution = kind.resolve(actor, table.rows)
    _tell(draft, 2)
    fill(draft, kind, table, resolution)
    filled = ("sheet", "rows", "errors", "notes", "wrong", "plan_digest", "added", "changed", "unchanged")
    _end(draft, state=DraftState.CHECKED, **{name: getattr(draft, name) for name in filled})


def _tell(draft: ImportDraft, steps_done: int) -> None:
    """Say how far the check is, in a statement of its own; stop where nobody waits for it any more."""
    waiting = ImportDraft.objects.filter(pk=draft.pk, state=DraftState.CHECKING)
    if not waiting.update(steps_done=steps_done):
        raise CheckCancelled


def _end(draft: ImportDraft, **values: Any) -> bool:
    """End a check that is still running, and let its bytes go. Whether it was still running."""
    with transaction.atomic():
        waiting = ImportDraft.objects.filter(pk=draft.pk, state=DraftState.CHECKING)
        ended = waiting.update(**values, steps_done=STEPS)
        ImportFile.objects.filter(draft=draft).delete()
    return bool(ended)


def cancel_check(draft: ImportDraft) -> None:
    """Wait no longer for a check. Raises `Conflict` where it is over already."""
    if not _end(draft, state=DraftState.CANCELLED):
        raise Conflict(_("检查已经结束，请看结果。"))


def is_worker_away() -> bool:
    """Whether no worker is alive, so that what waits goes on waiting."""
    since = clock.machine_now() - timedelta(seconds=LOST_SECONDS)
    return not WorkerBeat.objects.filter(at__gt=since).exists()


@scheduled("foundation.forget_drafts", Daily(hour=3))
def forget_drafts(slot: Slot) -> None:  # noqa: ARG001 - the clock is asked for the day
    """Delete drafts of a month ago with everything they hold; what was imported stands in the journal."""
    old = ImportDraft.objects.filter(created_at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    while keys := list(old.values_list("pk", flat=True)[:PIECE]):
        ImportDraft.objects.filter(pk__in=keys).delete()
