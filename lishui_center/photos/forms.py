"""Choosing photos in a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import ngettext

from lishui_center.photos.errors import PhotoTooLargeError
from lishui_center.photos.rules import LARGEST_UPLOAD

ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif"


class PhotoInput(forms.FileInput):
    """Offers the camera and the album; a chosen file is never shown again by a form."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT, **(attrs or {})})


class PhotoField(forms.FileField):
    """One photo; what it holds is looked at by `keep_photo`."""

    widget = PhotoInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = super().clean(data, initial)
        if isinstance(given, UploadedFile) and (given.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(str(PhotoTooLargeError()), code=PhotoTooLargeError.code)
        return given


class PhotosInput(PhotoInput):
    """Several at once."""

    allow_multiple_selected = True


class PhotosField(PhotoField):
    """Up to `most` photos: a list, empty when none was chosen."""

    widget = PhotosInput

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        if not data:
            super().clean(None, initial)  # says when one is required
            return []
        given = [super(PhotosField, self).clean(one, initial) for one in data]
        if len(given) > self.most:
            words = ngettext(
                "Please choose at most %(most)s photo.",
                "Please choose at most %(most)s photos.",
                self.most,
            )
            raise ValidationError(words % {"most": self.most}, code="too_many_photos")
        return given
