"""The form of a chain: its links, each with what is there, or what is to be done next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

SHOWN = 5
"""So many lines of a link; the lists behind it have the rest."""


@dataclass(frozen=True)
class Line:
    """One thing of a link; `picture` is the address of a small picture of it."""

    text: str
    note: str = ""
    url: str = ""
    state: str = ""
    tone: str = "quiet"
    at: datetime | None = None
    picture: str = ""


@dataclass(frozen=True)
class Link:
    """One link of the chain; without lines it is missing, and `missing` says what comes next.

    `more` counts what is not shown; `url` is where what comes next is done.
    """

    key: str
    title: str | Promise
    missing: str | Promise
    lines: Sequence[Line] = field(default_factory=list)
    more: int = 0
    url: str = ""

    @property
    def is_there(self) -> bool:
        return bool(self.lines)


def link(
    key: str, title: str | Promise, missing: str | Promise, lines: Sequence[Line], url: str = ""
) -> Link:
    """The link with the first of its lines."""
    return Link(key, title, missing, lines[:SHOWN], max(0, len(lines) - SHOWN), url)
