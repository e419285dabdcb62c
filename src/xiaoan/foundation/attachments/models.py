"""The row of an attachment: what its bytes are, whose it is, what became of its copies."""

from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import Reach

IMAGE_PREFIX = "image/"


class Preview(models.TextChoices):
    """How far the copies for the screen have come."""

    NONE = "none", _("不是图片")
    WAITING = "waiting", _("正在生成预览")
    READY = "ready", _("可以查看")
    INCOMPLETE = "incomplete", _("图片不完整，请重新拍摄")
    UNREADABLE = "unreadable", _("无法识别的图片")


class Attachment(Record):
    """附件: a file that an act attached to a record. Never changed afterwards, except for `preview`.

    `visible_to` answers who may open *originals*, with the place and the device that a photo carries.
    Copies for the screen follow the owner: `queries.opened`.
    """

    reach = Reach(reading="foundation.read_originals", person="created_by_id")

    owner_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    owner_id = models.UUIDField()
    purpose = models.CharField(max_length=24, default="")
    """What the owner's act attached it for (`before`, `after`, `scan`, …): a word of the owner's module."""
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    """The person's name for the file: shown, never used as a path."""
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_doubtful = models.BooleanField(default=False)
    """Whether the camera's time cannot be believed: unreadable, before 2000 or in the future."""
    watermark = models.CharField(max_length=120, default="")
    """Words drawn into the copies, never into the original."""
    preview = models.CharField(max_length=12, choices=Preview.choices, default=Preview.NONE)

    class Meta:
        db_table = "fnd_attachment"
        constraints = [
            models.UniqueConstraint(
                fields=["owner_type", "owner_id", "purpose", "sha256"], name="fnd_attachment_once"
            )
        ]
        indexes = [models.Index(fields=["district", "sha256"], name="fnd_attachment_hash")]

    owner_type_id: int
    district_id: UUID

    @property
    def is_image(self) -> bool:
        """Whether copies for the screen are made of it."""
        return self.media_type.startswith(IMAGE_PREFIX)

    @property
    def thumbnail_url(self) -> str:
        """Address of the small copy (320 pixels); empty while there is none."""
        return self._copy_url("thumbnail")

    @property
    def view_url(self) -> str:
        """Address of the large copy (1600 pixels); empty while there is none."""
        return self._copy_url("view")

    @property
    def download_url(self) -> str:
        """Address of the original, as a download."""
        return reverse("attachments:original", args=[self.pk])

    def _copy_url(self, size: str) -> str:
        ready = self.preview == Preview.READY
        return reverse("attachments:copy", args=[self.pk, size]) if ready else ""
