"""To whom a need can be passed on: centres, and what higher apps register."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from lishui_center.accounts.models import User

CENTRE = "centre"
TEAM = "team"
"""The kind that the volunteers' app registers for its teams."""


@dataclass(frozen=True)
class TargetKind:
    """A kind of unit: {code: name} of those that take needs, and the codes a person acts for.

    `names_of` also knows units that take none any more. `people` are those who act for a unit, and
    `page` the address at which they find a need by its number.
    """

    title: str | Promise
    names: Callable[[], Mapping[str, str]]
    codes_of: Callable[[User, date], Collection[str]]
    names_of: Callable[[Collection[str]], Mapping[str, str]]
    people: Callable[[str, date], Sequence[User]]
    page: Callable[[str], str]


KINDS: dict[str, TargetKind] = {}


def register(kind: str, target: TargetKind) -> None:
    """Let needs be passed on to `kind`; called from `AppConfig.ready`."""
    KINDS[kind] = target


def name_of(kind: str, code: str) -> str:
    """The unit in words; its code where nobody knows it any more."""
    known = KINDS.get(kind)
    return known.names_of([code]).get(code, code) if known else code
