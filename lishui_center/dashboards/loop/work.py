"""The chain's middle: projects with their teams and milestones, service, pictures."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lishui_center.dashboards.loop.links import Line, Link, link
from services.requests.models import ServiceRequest
from volunteers.activities.models import Session
from volunteers.evidence.models import Evidence, EvidenceKind
from volunteers.hours.models import HourEntry
from volunteers.projects.models import Project

HOUR = 60


def projects_of(need: ServiceRequest) -> list[Project]:
    """The projects that take it up, with teams and milestones: three queries."""
    found = Project.objects.filter(need_links__request=need)
    return list(found.for_list().order_by("need_links__pk"))


def project_link(projects: Sequence[Project]) -> Link:
    """Each project with who works on it, and how far it is."""
    lines = [
        Line(
            project.title,
            _("%(teams)s · %(percent)s %% of the milestones done")
            % {
                "teams": ", ".join(each.team.name for each in project.links.all()),
                "percent": project.progress,
            },
            reverse("projects-staff:project", args=[project.code]),
            project.get_state_display(),
            project.tone,
            project.approved_at,
        )
        for project in projects
    ]
    return link(
        "projects",
        gettext_lazy("Projects, teams and milestones"),
        gettext_lazy("No project. If it needs more than one visit, make it a project."),
        lines,
    )


def service_link(codes: Collection[str]) -> Link:
    """Sessions of the projects' activities, and the approved time: two queries."""
    lines: list[Line] = []
    if codes:
        entries = HourEntry.objects.approved().filter(project__code__in=codes)
        served = entries.order_by().aggregate(
            minutes=Sum("minutes"), people=Count("volunteer", distinct=True)
        )
        if served["minutes"]:
            lines.append(_time(served["minutes"], served["people"]))
        sessions = Session.objects.filter(activity__project__code__in=codes)
        latest = sessions.select_related("activity").order_by("-starts_at", "-pk")
        lines += [
            Line(
                session.activity.title,
                url=reverse("activities:activity", args=[session.activity.code]),
                state="" if session.is_planned else session.get_state_display(),
                tone="bad",
                at=session.starts_at,
            )
            for session in latest
        ]
    return link(
        "service",
        gettext_lazy("Sessions and approved hours"),
        gettext_lazy("None yet. A team's leader makes an activity for the project."),
        lines,
    )


def _time(minutes: int, people: int) -> Line:
    hours = f"{minutes / HOUR:.1f}".removesuffix(".0")
    who = ngettext("%(number)s person", "%(number)s people", people) % {"number": people}
    return Line(_("%(hours)s approved hours") % {"hours": hours}, who, tone="open")


def picture_link(codes: Collection[str]) -> Link:
    """How it was before, and is after: one query."""
    shots = Evidence.objects.filter(
        Q(kind=EvidenceKind.BEFORE) | Q(kind=EvidenceKind.AFTER),
        project__code__in=codes,
        project__approved_at__isnull=False,
    ).select_related("project")
    lines = [
        Line(
            shot.caption,
            f"{shot.taken_on:%Y-%m-%d}",
            state=shot.get_kind_display(),
            tone="open" if shot.kind == EvidenceKind.AFTER else "quiet",
            picture=reverse("projects:photo", args=[shot.project.code, shot.pk]),
        )
        for shot in shots.order_by("taken_on", "pk")
    ]
    return link(
        "pictures",
        gettext_lazy("Before and after"),
        gettext_lazy("No photo yet. The project's lead adds one from before and one from after."),
        lines,
    )
