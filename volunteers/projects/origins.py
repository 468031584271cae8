"""What asked for a milestone, if not the project's own people: the app that knows registers."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """A page that says why the milestone is there."""

    title: str
    url: str


Finder = Callable[[str, Collection[int]], Mapping[int, Origin]]
"""{milestone: its origin} of those of a project, by its code, that have one: one query."""

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Let milestones name their origin; called once, from `AppConfig.ready`."""
    _finders[:] = [finder]


def origins_of(code: str, milestones: Collection[int]) -> Mapping[int, Origin]:
    """The origins of the project's milestones; nothing is asked where there are none."""
    return _finders[0](code, milestones) if _finders and milestones else {}
