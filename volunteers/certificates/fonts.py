"""Which font the certificates are drawn with: a serious one that knows Chinese.

CERTIFICATE_FONT names a file, "path" or "path#face" for a collection (.ttc); without it the usual
places are searched. One face is enough, and loading two would take twice as long.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

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
    ("NotoSerifCJK-Regular.ttc", SIMPLIFIED),
    ("NotoSerifCJKsc-Regular.otf", 0),
    ("SourceHanSerifSC-Regular.otf", 0),
    ("NotoSansCJK-Regular.ttc", SIMPLIFIED),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", 0),
)
"""(file, face), the most dignified first: what Debian, Fedora and the production image install."""


@dataclass(frozen=True)
class Face:
    """A font file, and which face of it where there are several."""

    path: Path
    number: int = 0


def find_font() -> Face:
    """The font that the setting names, or the best that is installed.

    Raises:
        NoFontError: there is none.
    """
    named = settings.CERTIFICATE_FONT
    face = _face(named) if named else _installed()
    if face is None or not face.path.is_file():
        raise NoFontError
    return face


def check_font(**_options: Any) -> list[checks.CheckMessage]:
    """Certificates can be drawn."""
    try:
        find_font()
    except NoFontError:
        hint = "Install fonts-noto-cjk or fonts-wqy-microhei, or set CERTIFICATE_FONT."
        message = "No Chinese font for certificates was found."
        return [checks.Warning(message, hint=hint, id="volunteers.W001")]
    return []


def _face(setting: str) -> Face:
    path, _, number = setting.partition("#")
    return Face(Path(path), int(number) if number.isdigit() else 0)


@cache
def _installed() -> Face | None:
    """The first known font that is there; looked for once in the life of a process."""
    roots = [root for place in PLACES if (root := Path(place).expanduser()).is_dir()]
    files = {path.name: path for root in roots for path in root.rglob("*.[ot]t[cf]")}
    faces = (Face(files[name], number) for name, number in KNOWN if name in files)
    return next(faces, None)
