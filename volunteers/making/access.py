"""Where, and for which teams, somebody can make an activity."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from services.centres.models import Centre, CentreQuerySet
from volunteers.projects.models import Project, ProjectQuerySet
from volunteers.projects.rules import WORK_STATES
from volunteers.teams.models import Team


def centres_of_team(team: Team) -> CentreQuerySet:
    """Where the team meets: its own centre, or any for a team of the whole town."""
    centres = Centre.objects.active()
    return centres.filter(pk=team.centre_id) if team.centre_id else centres


def centres_for_staff(user: User, day: date) -> CentreQuerySet:
    """The centres and stations where the person works, with windows or without."""
    return Centre.objects.active().filter(staffed_centres(user, day, field="pk"))


def projects_of(teams: Sequence[Team]) -> ProjectQuerySet:
    """The projects of these teams that go on: an activity can be for one of its team's."""
    found = Project.objects.filter(teams__in=teams, state__in=WORK_STATES)
    return found.distinct().order_by("code")


def teams_for_staff(user: User, day: date) -> QuerySet[Team]:
    """The teams of those centres, and those of the whole town, which may meet there."""
    return Team.objects.filter(staffed_centres(user, day) | Q(centre=None))
