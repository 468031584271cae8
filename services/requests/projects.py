"""Projects that take needs up: the app that keeps projects says which, and keeps the links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lishui_center.accounts.models import User
from services.requests.errors import ProjectMissingError
from services.requests.models import ServiceRequest

PROJECT = "project"
"""The kind of unit that a need has once it was made into a project."""


@dataclass(frozen=True)
class LinkedProject:
    """A project that takes the need up, as a page names it; `url` is the staff's page of it."""

    code: str
    title: str
    state: str
    tone: str
    url: str
    public_url: str


@dataclass(frozen=True)
class Door:
    """`choices` are the projects that can take the need up; `link` refuses with a RuleError.

    `page` is the address of the page that keeps a need's links.
    """

    choices: Callable[[ServiceRequest], Sequence[tuple[str, str]]]
    link: Callable[[ServiceRequest, str, User, datetime], None]
    linked: Callable[[ServiceRequest], Sequence[LinkedProject]]
    page: Callable[[str], str]


_doors: list[Door] = []


def register(door: Door) -> None:
    """Let needs be linked with projects; called once, from `AppConfig.ready`."""
    _doors[:] = [door]


def choices_for(need: ServiceRequest) -> Sequence[tuple[str, str]]:
    """The projects that the need can be linked with: [(code, title), …]."""
    return _doors[0].choices(need) if _doors else []


def linked_with(need: ServiceRequest) -> Sequence[LinkedProject]:
    """The projects that take it up."""
    return _doors[0].linked(need) if _doors else []


def links_page(need: ServiceRequest) -> str:
    """The address of the page that keeps the links; empty where there are no projects."""
    return _doors[0].page(need.reference) if _doors else ""


def project_for(need: ServiceRequest, code: str, by: User, now: datetime) -> str:
    """The code of the project that takes the need up, linked now if it was not before.

    Raises:
        ProjectMissingError: none is named, and none is linked.
    Source: design.md, "The loop": a need becomes a project only with a link.
    """
    if not _doors:
        raise ProjectMissingError
    if code:
        _doors[0].link(need, code, by, now)
        return code
    linked = linked_with(need)
    if not linked:
        raise ProjectMissingError
    return linked[0].code
