"""The private folder of the files that wait to be fetched."""

import secrets
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings

from lishui_center.exports.rules import KEPT_FOR, Format


def folder() -> Path:
    """Where the files are; nobody else on the machine may look in."""
    place = Path(settings.EXPORTS_DIR)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def fresh_name(file_format: Format) -> str:
    """A name that nobody guesses and no other attempt has."""
    return f"{secrets.token_hex(16)}.{file_format}"


def remove(name: str) -> None:
    """Remove the file, if there is one."""
    if name:
        (folder() / name).unlink(missing_ok=True)


def sweep(now: datetime) -> None:
    """Remove what killed workers left behind."""
    oldest = (now - KEPT_FOR).timestamp()
    for path in folder().iterdir():
        if path.stat().st_mtime < oldest:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
