"""Photos of a hazard: before and after, with time, place and person drawn into the copies for the screen."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.attachments.keeping import attach
from xiaoan.hazards.models import Hazard

BEFORE, AFTER = "before", "after"


def attach_photos(
    hazard: Hazard, uploads: Iterable[UploadedFile], purpose: str, actor: Actor
) -> dict[str, list[object]]:
    """Attach the photos of one side; the journal's line on them."""
    moment = clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    watermark = f"{moment} {hazard.unit.name} {hazard.place_name} {actor.name}"
    rows = attach(actor=actor, owner=hazard, uploads=uploads, purpose=purpose, watermark=watermark)
    return {purpose: [None, [row.sha256 for row in rows]]} if rows else {}
