"""A form field for one or several files: what is wrong with one stands beside the field, with its name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.attachments.keeping import examine
from xiaoan.foundation.attachments.kinds import IMAGES, KINDS, NOT_AN_IMAGE
from xiaoan.foundation.attachments.names import shown_name
from xiaoan.foundation.errors import Refused, WrongType

MOST_FILES = 9


class SeveralFiles(forms.FileInput):
    """The input that lets a person pick several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: "MultiValueDict[str, UploadedFile]", name: str) -> Any:  # noqa: ARG002 - Django's signature
        """All files of the name."""
        return files.getlist(name)


class UploadsField(forms.FileField):
    """Files for `attach(uploads=…)`: examined, never stored here. `cleaned_data` holds a list."""

    widget = SeveralFiles

    def __init__(self, *, images_only: bool = False, most: int = MOST_FILES, **options: Any) -> None:
        super().__init__(**options)
        self.images_only = images_only
        self.most = most
        accepted = [kind.media_type for kind in IMAGES] if images_only else list(KINDS)
        self.widget.attrs.setdefault("accept", ",".join(accepted))
        if images_only:
            self.widget.attrs["data-photos"] = most

    def clean(self, data: Sequence[UploadedFile], initial: Any = None) -> list[UploadedFile]:  # noqa: ARG002
        """Every file looked at; the refusals of all of them at once."""
        if not data:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(data) > self.most:
            raise ValidationError(_("一次最多 %(most)s 个文件。"), params={"most": self.most})
        wrong = [f"{shown_name(upload.name)}：{words}" for upload in data if (words := self._refusal(upload))]
        if wrong:
            raise ValidationError(wrong)
        return list(data)

    def _refusal(self, upload: UploadedFile) -> str:
        """Why a file is not accepted here; empty when it is."""
        try:
            if not examine(upload).kind.is_image and self.images_only:
                raise WrongType(NOT_AN_IMAGE)
        except Refused as refusal:
            return str(refusal)
        return ""
