"""Where, and for which teams, somebody can make an activity."""

from datetime import date

from django.db.models import Q, QuerySet

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from services.centres.models import Centre, CentreQuerySet
from volunteers.teams.models import Team


def centres_of_team(team: Team) -> CentreQuerySet:
    """Where the team meets: its own centre, or any for a team of the whole town."""
    centres = Centre.objects.active()
    return centres.filter(pk=team.centre_id) if team.centre_id else centres


def centres_for_staff(user: User, day: date) -> CentreQuerySet:
    """The centres and stations where the person works, with windows or without."""
    return Centre.objects.active().filter(staffed_centres(user, day, field="pk"))


def teams_for_staff(user: User, day: date) -> QuerySet[Team]:
    """The teams of those centres, and those of the whole town, which may meet there."""
    return Team.objects.filter(staffed_centres(user, day) | Q(centre=None))
