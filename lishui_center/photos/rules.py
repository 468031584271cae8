"""What may come in as a photo, and what is kept of it. Pure.

Source: domain.md, "Law and standards" (photos carry no EXIF); sizes are our own.
"""

LARGEST_UPLOAD = 25 * 1024 * 1024
"""Bytes; a 50-megapixel phone's JPEG stays below."""
MOST_PIXELS = 60_000_000
"""More is refused before a single pixel is decoded: memory, not disk, is what a bomb is after."""
LONGEST_SIDE = 20_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
"""As Pillow names them: what phones and computers make. Nothing that can carry a script."""

WEB_SIDE = 1600
"""Pixels of the longer side of what is kept: a full screen, or an A4 page at 140 dpi."""
THUMB_SIDE = 480
"""For lists, at 360 px wide phones with sharp screens."""
QUALITY = 80


def fits(width: int, height: int) -> bool:
    """Whether a picture of this size is decoded at all."""
    return (
        0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS
    )
