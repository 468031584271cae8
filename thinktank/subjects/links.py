"""What an action points to: a need, a project, a course. Who owns them finds and opens them.

A kind of action without an entry here keeps its reference as plain text.
"""

from collections.abc import Callable, Mapping
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
    """What is to be opened: a need or a milestone that follows from a recommendation.

    `source` names the recommendation; `category` is the kind of needs that was observed, if any;
    `place` is the code of what it is opened in, of a kind that has places.
    """

    title: str
    text: str
    due_on: date
    centre_id: int | None
    by: User
    source: str = ""
    category: str = ""
    now: datetime | None = None
    place: str = ""


@dataclass(frozen=True)
class LinkKind:
    """`find` answers None for an unknown code, and for what is not public yet.

    `is_there` knows that too. `open` makes a new thing and answers its code; where it needs a place
    to be opened in, `places` are those that a person may choose: {code: title}.
    """

    find: Callable[[str], Linked | None]
    is_there: Callable[[str], bool]
    open: Callable[[Opening], str] | None = None
    places: Callable[[User, date], Mapping[str, str]] | None = None


LINKS: dict[str, LinkKind] = {}


def register(kind: str, link: LinkKind) -> None:
    """Let actions of this kind lead somewhere; `kind` is a value of ActionKind."""
    LINKS[kind] = link


def find(kind: str, code: str) -> Linked | None:
    """What the reference means; None for plain text."""
    return LINKS[kind].find(code) if code and kind in LINKS else None


def is_there(kind: str, code: str) -> bool:
    """Whether the reference means something; any text does for a kind that leads nowhere."""
    return kind not in LINKS or LINKS[kind].is_there(code)


def places_of(kind: str, user: User, day: date) -> Mapping[str, str] | None:
    """Where the person may open one: {code: title}; None where no place is needed."""
    places = LINKS[kind].places if kind in LINKS else None
    return places(user, day) if places else None


def opens(kind: str) -> bool:
    """Whether an action of this kind can open what it names."""
    return kind in LINKS and LINKS[kind].open is not None


def open_new(kind: str, opening: Opening) -> str:
    """The code of the thing just opened; empty where nothing can be opened."""
    opener = LINKS[kind].open if kind in LINKS else None
    return opener(opening) if opener else ""
