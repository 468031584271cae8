"""From a phone's file to the two pictures that are kept: turned upright, small, saying nothing.

Only pixels cross over. EXIF with the place, XMP, profiles, comments, further frames and whatever
hides behind the picture's end stay behind, since the kept files are drawn anew.
"""

import hashlib
import threading
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from lishui_center.photos.errors import PhotoRefusedError, PhotoTooLargeError
from lishui_center.photos.rules import (
    FORMATS,
    LARGEST_UPLOAD,
    QUALITY,
    THUMB_SIDE,
    WEB_SIDE,
    fits,
)

register_heif_opener()

one_at_a_time = threading.Lock()
"""A decoded photo takes up to 180 MB: a process decodes one after the other."""


@dataclass(frozen=True)
class ReadPhoto:
    """What is kept: two WebP files, the size of the larger, and the SHA-256 of what came in."""

    web: bytes
    thumb: bytes
    width: int
    height: int
    digest: str


def read_photo(upload: IO[bytes]) -> ReadPhoto:
    """Read, check and draw anew.

    Raises:
        PhotoRefusedError: not a photo, broken, too large, or of a kind that is not taken.
    """
    upload.seek(0)
    content = upload.read(LARGEST_UPLOAD + 1)
    if len(content) > LARGEST_UPLOAD:
        raise PhotoTooLargeError
    with one_at_a_time:
        upright = _decoded(content)
        web = _shrunk(upright, WEB_SIDE)
        thumb = _shrunk(web, THUMB_SIDE)
    return ReadPhoto(_written(web), _written(thumb), *web.size, hashlib.sha256(content).hexdigest())


def _decoded(content: bytes) -> Image.Image:
    """The pixels, upright, in RGB; no more of them than the web size needs, where JPEG allows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # `fits` decides
            image = Image.open(BytesIO(content), formats=FORMATS)
            if not fits(*image.size):
                raise PhotoTooLargeError
            image.draft("RGB", (WEB_SIDE, WEB_SIDE))
            image.load()
            return ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError as refusal:
        raise PhotoTooLargeError from refusal
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        RuntimeError,
    ) as refusal:  # what Pillow's readers raise for files made to break them
        raise PhotoRefusedError from refusal


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """At most `side` pixels long, on a fresh canvas that carries no information but pixels."""
    small = ImageOps.contain(image, (side, side)) if max(image.size) > side else image
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    return clean


def _written(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
