"""Photos as phones make them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lishui_center.accounts.models import User
from lishui_center.photos.actions import keep_photo
from lishui_center.photos.models import Photo
from tests.factories.services import NOW


def picture(
    size: tuple[int, int] = (64, 48), *, kind: str = "JPEG", colour: str = "teal", **save: object
) -> BytesIO:
    """A picture in one colour, as a file of this kind."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **save)
    out.seek(0)
    return out


def upload(colour: str = "teal", name: str = "photo.jpg") -> SimpleUploadedFile:
    """The same, as a form's file."""
    return SimpleUploadedFile(name, picture(colour=colour).getvalue(), "image/jpeg")


def photo_of(user: User | None = None, colour: str = "teal") -> Photo:
    return keep_photo(upload=picture(colour=colour), by=user, now=NOW)
