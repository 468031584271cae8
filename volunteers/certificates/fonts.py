"""Which font the certificates are drawn with: a serious one that knows Chinese.

CERTIFICATE_FONT names a file, "path" or "path#face" for a collection (.ttc), and
CERTIFICATE_FONT_BOLD one for the headings; without them the usual places are searched.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from volunteers.certificates.errors import NoFontError

PLACES = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)
SIMPLIFIED = 2
"""The face of simplified Chinese in Noto's collections: after Japanese and Korean."""
KNOWN = (
    ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", SIMPLIFIED),
    ("NotoSerifCJKsc-Regular.otf", "NotoSerifCJKsc-Bold.otf", 0),
    ("SourceHanSerifSC-Regular.otf", "SourceHanSerifSC-Bold.otf", 0),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", SIMPLIFIED),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf", 0),
    ("wqy-microhei.ttc", "wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc", 0),
)
"""(file, its bold, face): what Debian, Fedora, Alpine and the production image install."""


@dataclass(frozen=True)
class Face:
    """A font file, and which face of it where there are several."""

    path: Path
    number: int = 0


@dataclass(frozen=True)
class Fonts:
    """What the text is set in, and what the headings are."""

    regular: Face
    bold: Face


def find_fonts() -> Fonts:
    """The fonts that the settings name, or the best that is installed.

    Raises:
        NoFontError: there is none.
    """
    if settings.CERTIFICATE_FONT:
        regular = _face(settings.CERTIFICATE_FONT)
        bold = _face(settings.CERTIFICATE_FONT_BOLD or settings.CERTIFICATE_FONT)
        fonts: Fonts | None = Fonts(regular, bold)
    else:
        fonts = _installed()
    if fonts is None or not (fonts.regular.path.is_file() and fonts.bold.path.is_file()):
        raise NoFontError
    return fonts


def check_fonts(**_options: Any) -> list[CheckMessage]:
    """Certificates can be drawn."""
    try:
        find_fonts()
    except NoFontError:
        hint = "Install fonts-noto-cjk or fonts-wqy-microhei, or set CERTIFICATE_FONT."
        message = "No Chinese font for certificates was found."
        return [Warning(message, hint=hint, id="volunteers.W001")]
    return []


def _face(setting: str) -> Face:
    path, _, number = setting.partition("#")
    return Face(Path(path), int(number) if number.isdigit() else 0)


@cache
def _installed() -> Fonts | None:
    """The first known font that is there; looked for once in the life of a process."""
    roots = [Path(place).expanduser() for place in PLACES]
    files = {path.name: path for root in roots if root.is_dir() for path in root.rglob("*.[ot]t[cf]")}
    for regular, bold, number in KNOWN:
        if found := files.get(regular):
            return Fonts(Face(found, number), Face(files.get(bold, found), number))
    return None
