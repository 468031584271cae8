"""Where things stop: each joint of the loop with the rows that wait there too long."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.access import staffed_centres, works_town_wide
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.dashboards.loop import rules
from lishui_center.dashboards.loop.links import SHOWN, Line
from services.centres.models import Centre, Tier
from services.clocks.access import calendar_of
from services.requests.access import needs_seen_by
from services.requests.models import ServiceRequest
from services.requests.rules import NEW, OPEN, SOLVED, State
from thinktank.followup.models import Action, ActionState
from thinktank.observations.models import Observation
from thinktank.recommendations.access import to_answer
from thinktank.recommendations.models import AnswerClass, Recommendation
from volunteers.hours.models import HourEntry
from volunteers.needs.models import ProjectNeed
from volunteers.projects.access import projects_of_staff
from volunteers.projects.models import Project
from volunteers.projects.rules import State as ProjectState

TAKEN_UP = (AnswerClass.ADOPTED, AnswerClass.PLANNED)
PROJECT_AT_WORK = (ProjectState.ACTIVE, ProjectState.REVIEW)


@dataclass(frozen=True)
class Viewer:
    """Who looks, and when; `read_by` is when a need must have come to be read by now."""

    user: User
    now: datetime
    day: date
    read_by: datetime


@dataclass(frozen=True)
class Joint:
    """One joint: what waits there too long, as rows and as lines."""

    key: str
    title: str | Promise
    rows: Callable[[Viewer], "QuerySet[Any]"]
    line: Callable[[Any], Line]


@dataclass(frozen=True)
class Stop:
    """What a joint holds up: how many, and the first of them."""

    joint: Joint
    count: int
    lines: list[Line]


def viewer_of(user: User, now: datetime) -> Viewer:
    """The person with the moment; working days are those of the town's centre."""
    town = Centre.objects.filter(tier=Tier.TOWN).first()
    day = today(now)
    read_by = now
    if town:
        first = (now - rules.QUIET_DAYS).date()
        calendar = calendar_of(town, first, now=now)
        read_by = rules.working_days_before(calendar, now, rules.TRIAGE_DAYS)
    return Viewer(user, now, day, read_by)


def health_of(viewer: Viewer) -> list[Stop]:
    """Every joint, in the order of the loop: two queries each."""
    stops = []
    for joint in JOINTS.values():
        rows = joint.rows(viewer)
        count = rows.count()
        lines = [joint.line(row) for row in rows[:SHOWN]] if count else []
        stops.append(Stop(joint, count, lines))
    return stops


def _needs(viewer: Viewer) -> "QuerySet[ServiceRequest]":
    found = needs_seen_by(viewer.user, viewer.day)
    return found.select_related("centre").order_by("moved_at", "pk")


def unread(viewer: Viewer) -> "QuerySet[ServiceRequest]":
    """New needs that nobody has read for two working days."""
    return _needs(viewer).filter(state__in=NEW, moved_at__lt=viewer.read_by)


def not_accepted(viewer: Viewer) -> "QuerySet[ServiceRequest]":
    """Passed on two days ago, and not taken on."""
    sent = _needs(viewer).filter(state=State.DISPATCHED)
    return sent.filter(moved_at__lt=viewer.now - rules.ACCEPT_WITHIN)


def idle_projects(viewer: Viewer) -> "QuerySet[ServiceRequest]":
    """Made into a project, of which none is under way."""
    busy = ProjectNeed.objects.filter(request=OuterRef("pk"), project__state__in=PROJECT_AT_WORK)
    return _needs(viewer).filter(~Exists(busy), state=State.ESCALATED_TO_PROJECT)


def quiet_projects(viewer: Viewer) -> "QuerySet[Project]":
    """Active for thirty days, and no approved hour in them."""
    since = viewer.day - rules.QUIET_DAYS
    served = HourEntry.objects.approved().filter(project=OuterRef("pk"), date__gte=since)
    active = projects_of_staff(viewer.user, viewer.day).filter(
        state=ProjectState.ACTIVE, spells__ends_on=None, spells__starts_on__lte=since
    )
    return active.filter(~Exists(served)).select_related("centre").order_by("starts_on", "pk")


def unconfirmed(viewer: Viewer) -> "QuerySet[ServiceRequest]":
    """The project is completed, and nobody has confirmed that the need is solved."""
    done = ProjectNeed.objects.filter(request=OuterRef("pk"), project__state=ProjectState.COMPLETED)
    waiting = OPEN | (SOLVED - {State.CONFIRMED, State.CLOSED})
    return _needs(viewer).filter(Exists(done), state__in=waiting)


def without_advice(viewer: Viewer) -> "QuerySet[Observation]":
    """Published thirty days ago, and nothing recommended."""
    advice = Recommendation.objects.filter(observation=OuterRef("pk"))
    found = Observation.objects.published().filter(
        ~Exists(advice), published_at__lt=viewer.now - rules.QUIET_DAYS
    )
    return found.filter(_about_own(viewer)).defer("evidence", "text").order_by("published_at", "pk")


def _about_own(viewer: Viewer) -> Q:
    """The town and its auditors care for all reports, a centre for those on itself."""
    user, day = viewer.user, viewer.day
    if works_town_wide(user, day) or user.is_auditor(day):
        return Q()
    centres = Centre.objects.filter(staffed_centres(user, day, field="pk")).values("code")
    projects = projects_of_staff(user, day).order_by().values("code")
    own = Q(subject_kind="centre", subject_code__in=centres)
    return own | Q(subject_kind="project", subject_code__in=projects)


def unanswered(viewer: Viewer) -> "QuerySet[Recommendation]":
    """Recommendations past their day."""
    return to_answer(viewer.user, viewer.day).overdue(viewer.day)


def without_steps(viewer: Viewer) -> "QuerySet[Recommendation]":
    """Taken up, and no step noted."""
    steps = Action.objects.filter(recommendation=OuterRef("pk"))
    taken = to_answer(viewer.user, viewer.day).filter(response__answer_class__in=TAKEN_UP)
    return taken.filter(~Exists(steps))


def late_steps(viewer: Viewer) -> "QuerySet[Action]":
    """Steps past their day."""
    owned = to_answer(viewer.user, viewer.day).order_by().values("pk")
    late = Action.objects.filter(
        recommendation__in=owned, state=ActionState.OPEN, due_on__lt=viewer.day
    )
    return late.select_related("recommendation")


def unverified(viewer: Viewer) -> "QuerySet[Recommendation]":
    """Every step is settled, one was done, and nobody looked whether it worked."""
    steps = Action.objects.filter(recommendation=OuterRef("pk"))
    done = steps.filter(state=ActionState.DONE)
    left = steps.filter(state=ActionState.OPEN)
    taken = to_answer(viewer.user, viewer.day).filter(response__answer_class__in=TAKEN_UP)
    return taken.filter(Exists(done), ~Exists(left), verification=None)


def _need_line(need: ServiceRequest) -> Line:
    return Line(
        need.title,
        f"{need.reference} · {need.get_category_display()} · {need.centre.short_name}",
        reverse("dashboards:chain", args=[need.reference]),
        need.get_state_display(),
        need.tone,
        need.moved_at,
    )


def _project_line(project: Project) -> Line:
    return Line(
        project.title,
        project.centre.short_name if project.centre else str(_("The whole town")),
        reverse("projects-staff:project", args=[project.code]),
        project.get_state_display(),
        project.tone,
        project.approved_at,
    )


def _report_line(report: Observation) -> Line:
    return Line(
        report.title,
        report.subject_title,
        reverse("thinktank:observation", args=[report.pk]),
        report.get_state_display(),
        report.tone,
        report.published_at,
    )


def _advice_line(advice: Recommendation) -> Line:
    return Line(
        advice.title,
        f"{advice.owner} · {advice.due_on.isoformat()}",
        reverse("thinktank:recommendation", args=[advice.pk]),
        at=advice.issued_at,
    )


def _step_line(step: Action) -> Line:
    return Line(
        step.title,
        step.due_on.isoformat(),
        reverse("thinktank:recommendation", args=[step.recommendation_id]),
        step.get_state_display(),
        "bad",
    )


JOINTS = {
    joint.key: joint
    for joint in (
        Joint("unread", _("New needs, not read for two working days"), unread, _need_line),
        Joint(
            "not-accepted",
            _("Needs passed on more than two days ago, not taken on"),
            not_accepted,
            _need_line,
        ),
        Joint(
            "idle", _("Needs made into a project that is not under way"), idle_projects, _need_line
        ),
        Joint(
            "quiet",
            _("Projects under way without an approved hour in 30 days"),
            quiet_projects,
            _project_line,
        ),
        Joint(
            "unconfirmed",
            _("Needs not confirmed though their project is completed"),
            unconfirmed,
            _need_line,
        ),
        Joint(
            "no-advice",
            _("Reports without a recommendation after 30 days"),
            without_advice,
            _report_line,
        ),
        Joint("unanswered", _("Recommendations not answered in time"), unanswered, _advice_line),
        Joint(
            "no-steps", _("Recommendations taken up without a step"), without_steps, _advice_line
        ),
        Joint("late-steps", _("Steps past their day"), late_steps, _step_line),
        Joint(
            "unverified",
            _("Steps are done, but nobody has looked whether it worked"),
            unverified,
            _advice_line,
        ),
    )
}
