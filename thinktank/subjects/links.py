"""What an action points to: a need, a project. The apps that own them say how to find and open.

A kind of action without an entry here keeps its reference as plain text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from lishui_center.accounts.models import User


@dataclass(frozen=True)
class Linked:
    """The thing behind a reference, as a page links to it; `url` may be empty."""

    title: str
    url: str


@dataclass(frozen=True)
class Opening:
    """What is to be opened: a need or a project that follows from a recommendation.

    `source` names the recommendation; `category` is the kind of needs that was observed, if any.
    """

    title: str
    text: str
    due_on: date
    centre_id: int | None
    by: User
    source: str = ""
    category: str = ""
    now: datetime | None = None


@dataclass(frozen=True)
class LinkKind:
    """`find` answers None for an unknown code; `open` makes a new thing and answers its code."""

    find: Callable[[str], Linked | None]
    open: Callable[[Opening], str] | None = None


LINKS: dict[str, LinkKind] = {}


def register(kind: str, link: LinkKind) -> None:
    """Let actions of this kind lead somewhere; `kind` is a value of ActionKind."""
    LINKS[kind] = link


def find(kind: str, code: str) -> Linked | None:
    """What the reference means; None for plain text."""
    return LINKS[kind].find(code) if code and kind in LINKS else None


def opens(kind: str) -> bool:
    """Whether an action of this kind can open what it names."""
    return kind in LINKS and LINKS[kind].open is not None


def open_new(kind: str, opening: Opening) -> str:
    """The code of the thing just opened; empty where nothing can be opened."""
    opener = LINKS[kind].open if kind in LINKS else None
    return opener(opening) if opener else ""
