"""Which activities everybody sees, and who runs which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from services.centres.models import Centre
from volunteers.activities.models import (
    Activity,
    ActivityQuerySet,
    Session,
    SessionQuerySet,
)
from volunteers.teams.access import memberships_of
from volunteers.teams.models import Team


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; an empty field leaves nothing out."""

    centre: Centre | None = None
    kind: str = ""
    text: str = ""


def activities_ahead(wanted: Wanted, now: datetime) -> ActivityQuerySet:
    """What is still to come, the soonest first: everybody may see it."""
    found = Activity.objects.all()
    if wanted.centre:
        found = found.filter(centre=wanted.centre)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return found.matching(wanted.text).upcoming(now).for_list()


def get_public_activity(code: str) -> Activity:
    """The activity, or 404: a draft is nobody's business but its makers'."""
    return get_object_or_404(Activity.objects.public().for_list(), code=code)


def public_sessions(activity: Activity, now: datetime) -> SessionQuerySet:
    """Those that are not over, the cancelled ones too, which somebody may have in mind."""
    return activity.sessions.coming(now)


def get_public_session(pk: int) -> Session:
    """A session of an activity that is no draft, or 404."""
    public = Activity.objects.public()
    return get_object_or_404(Session.objects.for_page().filter(activity__in=public), pk=pk)


def get_session_of(code: str, pk: int) -> Session:
    """A session of the activity with that code, or 404."""
    return get_object_or_404(Session.objects.for_page(), activity=get_public_activity(code), pk=pk)


def sessions_ahead(activity_ids: Sequence[int], now: datetime) -> list[Session]:
    """The sessions of these activities that take place and are not over: one query."""
    found = Session.objects.planned().coming(now).filter(activity__in=activity_ids)
    return list(found.for_page())


def sessions_held(now: datetime, first: date) -> SessionQuerySet:
    """Those that took place on that day or later; a draft's, or a cancelled one, did not."""
    held = Session.objects.planned().filter(ends_at__lte=now, date__gte=first)
    return held.filter(activity__in=Activity.objects.public())


def run_by(user: User, day: date, *, prefix: str = "") -> Q:
    """A filter for the activities that the person runs: as a leader, or as the centre's staff."""
    led = memberships_of(user, day).deciding().values("team")
    as_staff = staffed_centres(user, day, field=f"{prefix}centre_id")
    return as_staff if not as_staff else as_staff | Q(**{f"{prefix}team__in": led})


def leads(user: User, activity: Activity, day: date) -> bool:
    """Whether the person is the team's leader or deputy, and so needs no staff's sign-in."""
    found = memberships_of(user, day).deciding()
    return activity.team_id is not None and found.filter(team=activity.team_id).exists()


def runs(user: User, activity: Activity, day: date) -> bool:
    """Whether the person may change the activity and tick who came."""
    return user.works_at(activity.centre_id, day) or leads(user, activity, day)


def may_make(user: User, centre: Centre, team: Team | None, day: date) -> bool:
    """Whether the person may make an activity of the team, or the centre's own, there.

    A town-wide team meets at any centre; one that belongs to a centre, at its own.
    """
    if user.works_at(centre.pk, day) and (team is None or team.centre_id in {None, centre.pk}):
        return True
    if team is None or team.centre_id not in {None, centre.pk}:
        return False
    return memberships_of(user, day).deciding().filter(team=team).exists()


def activities_of_team(team: Team) -> ActivityQuerySet:
    """All of a team's, for its leaders."""
    return Activity.objects.filter(team=team).for_list()


def activities_staffed_by(user: User, day: date) -> ActivityQuerySet:
    """All at the centres where the person works."""
    return Activity.objects.filter(staffed_centres(user, day)).for_list()


def get_activity_to_run(user: User, code: str, day: date) -> Activity:
    """The activity, or 404 for whoever does not run it."""
    return get_object_or_404(Activity.objects.filter(run_by(user, day)).for_list(), code=code)


def get_session_to_run(user: User, pk: int, day: date) -> Session:
    """The session, or 404 for whoever does not run its activity."""
    mine = Session.objects.filter(run_by(user, day, prefix="activity__"))
    return get_object_or_404(mine.for_page(), pk=pk)
