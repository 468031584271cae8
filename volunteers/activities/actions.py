"""Making activities and their sessions. What touches people who signed up is in `signups`."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.bookings.rules import new_reference
from services.centres.models import Centre
from services.standing.rules import clean_words
from volunteers.activities import rules
from volunteers.activities.access import may_make, runs
from volunteers.activities.errors import (
    ActivityCancelledError,
    NoSessionError,
    NotYourActivityError,
    ProjectOfOthersError,
    SameStartError,
    SessionPastError,
    SessionTimesError,
    SessionTooLongError,
    TeamWantedError,
)
from volunteers.activities.models import (
    TEXT_FIELDS,
    Activity,
    ActivityKind,
    ActivityState,
    Session,
)
from volunteers.projects.models import Project
from volunteers.projects.rules import WORK_STATES
from volunteers.teams.models import Team


@dataclass(frozen=True)
class Plan:
    """What an activity says of itself."""

    kind: ActivityKind
    centre: Centre
    team: Team | None
    title_zh: str
    about_zh: str
    title_en: str = ""
    about_en: str = ""
    audience_zh: str = ""
    audience_en: str = ""
    project: Project | None = None

    def texts(self) -> dict[str, str]:
        """The texts as they are kept."""
        return {name: clean_words(getattr(self, name)) for name in TEXT_FIELDS}


@dataclass(frozen=True)
class Times:
    """When and where a session takes place, and for how many."""

    start: datetime
    end: datetime
    closes: datetime
    capacity: int
    place: str = ""


@transaction.atomic
def make_activity(*, plan: Plan, by: User, now: datetime) -> Activity:
    """A draft, which nobody sees but those who run it.

    Raises:
        TeamWantedError, NotYourActivityError, ProjectOfOthersError: nothing was written.
    """
    if plan.kind == ActivityKind.SERVICE and plan.team is None:
        raise TeamWantedError
    if not may_make(by, plan.centre, plan.team, today(now)):
        raise NotYourActivityError
    if plan.project and not _takes_part(plan.team, plan.project):
        raise ProjectOfOthersError
    activity = Activity.objects.create(
        code=new_reference().lower(),
        kind=plan.kind,
        centre=plan.centre,
        team=plan.team,
        project=plan.project,
        made_by=by,
        created_at=now,
        **plan.texts(),
    )
    record(by, "activity.made", activity, centre_id=activity.centre_id, kind=activity.kind)
    return activity


@transaction.atomic
def change_activity(
    *, activity_id: int, texts: dict[str, str], by: User, now: datetime
) -> Activity:
    """Change its words; kind, centre and team stay, for people signed up to those.

    Raises:
        NotYourActivityError, ActivityCancelledError: nothing changed.
    """
    activity = lock_activity(activity_id, by, now)
    for name in TEXT_FIELDS:
        setattr(activity, name, clean_words(texts.get(name, "")))
    activity.save(update_fields=TEXT_FIELDS)
    record(by, "activity.changed", activity, centre_id=activity.centre_id)
    return activity


@transaction.atomic
def publish_activity(*, activity_id: int, by: User, now: datetime) -> Activity:
    """Show it to everybody. Twice is fine.

    Raises:
        NotYourActivityError, ActivityCancelledError, NoSessionError: nothing changed.
    """
    activity = lock_activity(activity_id, by, now)
    if activity.is_published:
        return activity
    if not activity.sessions.planned().coming(now).exists():
        raise NoSessionError
    activity.state = ActivityState.PUBLISHED
    activity.save(update_fields=["state"])
    record(by, "activity.published", activity, centre_id=activity.centre_id)
    return activity


@transaction.atomic
def add_session(*, activity_id: int, times: Times, by: User, now: datetime) -> Session:
    """One more time at which the activity takes place.

    Raises:
        NotYourActivityError, ActivityCancelledError, SessionTimesError, SessionTooLongError,
        SessionPastError, SameStartError: nothing was written.
    """
    activity = lock_activity(activity_id, by, now)
    check_times(times, now)
    session = _create(activity, times)
    if session is None:
        raise SameStartError
    record(by, "session.made", session, centre_id=activity.centre_id)
    return session


@transaction.atomic
def copy_weekly(*, session: Session, weeks: int, by: User, now: datetime) -> int:
    """The same session in each of the next weeks; how many were new. Safe to run twice.

    Raises:
        NotYourActivityError, ActivityCancelledError: nothing was written.
    """
    activity = lock_activity(session.activity_id, by, now)
    made = 0
    for week in range(1, min(weeks, rules.MOST_COPIES) + 1):
        times = Times(
            start=rules.shifted(session.starts_at, week),
            end=rules.shifted(session.ends_at, week),
            closes=rules.shifted(session.signup_closes_at, week),
            capacity=session.capacity,
            place=session.place,
        )
        if times.start > now and _create(activity, times) is not None:
            made += 1
    record(by, "session.copied", session, centre_id=activity.centre_id, made=made)
    return made


def check_times(times: Times, now: datetime) -> None:
    """Whether a session can be like this.

    Raises:
        SessionTimesError, SessionTooLongError, SessionPastError
    """
    if not rules.are_in_order(times.start, times.end, times.closes):
        raise SessionTimesError
    if times.end - times.start > rules.LONGEST:
        raise SessionTooLongError
    if times.start <= now:
        raise SessionPastError


def lock_activity(activity_id: int, by: User, now: datetime) -> Activity:
    """The activity as it is once the lock is ours, for somebody who runs it.

    Raises:
        NotYourActivityError, ActivityCancelledError
    """
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity_id)
    if not runs(by, activity, today(now)):
        raise NotYourActivityError
    if activity.is_cancelled:
        raise ActivityCancelledError
    return activity


def _takes_part(team: Team | None, project: Project) -> bool:
    """Whether it is a project of the team that goes on."""
    links = project.links.filter(team=team)
    return team is not None and project.state in WORK_STATES and links.exists()


def _create(activity: Activity, times: Times) -> Session | None:
    """The new session; None when there is one at that time."""
    try:
        with transaction.atomic():
            return Session.objects.create(
                activity=activity,
                starts_at=times.start,
                ends_at=times.end,
                date=today(times.start),
                place=clean_words(times.place),
                capacity=times.capacity,
                signup_closes_at=times.closes,
            )
    except IntegrityError:
        return None
