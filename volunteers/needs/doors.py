"""What services are told of teams and projects as units that take needs."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from services.requests.models import ServiceRequest
from services.requests.projects import Door
from services.requests.targets import TargetKind
from volunteers.needs import access
from volunteers.needs.actions import link_need


def leaders_page(reference: str) -> str:
    """Where leaders find a need that their team or project has."""
    return reverse("volunteers:need", args=[reference])


def links_page(reference: str) -> str:
    """Where the staff keep a need's links."""
    return reverse("volunteer-staff:need-projects", args=[reference])


def _link(need: ServiceRequest, code: str, by: User, now: datetime) -> None:
    link_need(need_id=need.pk, code=code, by=by, now=now)


TEAMS = TargetKind(
    title=_("Volunteer teams"),
    names=access.team_names,
    codes_of=access.team_codes_of,
    names_of=access.all_team_names,
    people=access.team_people,
    page=leaders_page,
)
PROJECTS = TargetKind(
    title=_("Projects"),
    names=access.project_names,
    codes_of=access.project_codes_of,
    names_of=access.all_project_names,
    people=access.project_people,
    page=leaders_page,
)
DOOR = Door(
    choices=access.choices_for,
    link=_link,
    linked=access.linked_with,
    page=links_page,
)
