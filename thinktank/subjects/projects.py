"""A project as a subject: its milestones, the service approved for it, its pictures and needs."""

from collections import Counter

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thinktank.subjects.evidence import Cell, EvidenceTable, Period, both
from thinktank.subjects.registry import Kind, Subject
from volunteers.evidence.models import Evidence, EvidenceKind
from volunteers.hours.models import HourEntry
from volunteers.needs.models import ProjectNeed
from volunteers.plans.models import Milestone
from volunteers.projects.models import Project
from volunteers.projects.rules import MilestoneState

VERSION = "project-1"


def draw(code: str, period: Period) -> list[EvidenceTable]:
    """How far it is on the last day, and what was served in the period."""
    return [_milestones(code), _service(code, period), _proof(code)]


def _milestones(code: str) -> EvidenceTable:
    steps = Milestone.objects.filter(project__code=code)
    return EvidenceTable(
        title=both(_("Milestones")),
        source="volunteers.plans.Milestone",
        columns=[
            both(pgettext_lazy("evidence", "Milestone")),
            both(_("Weight")),
            both(_("Due on")),
            both(_("State")),
        ],
        rows=[
            [
                step.title,
                step.weight,
                step.due_on.isoformat(),
                both(MilestoneState(step.state).label),
            ]
            for step in steps
        ],
    )


def _service(code: str, period: Period) -> EvidenceTable:
    entries = HourEntry.objects.approved().filter(
        project__code=code, date__range=(period.first, period.last)
    )
    served = entries.order_by().aggregate(
        records=Count("pk"), people=Count("volunteer", distinct=True), minutes=Sum("minutes")
    )
    return EvidenceTable(
        title=both(_("Approved service for the project")),
        source="volunteers.hours.HourEntry",
        columns=[
            both(pgettext_lazy("evidence", "Records")),
            both(pgettext_lazy("evidence", "People")),
            both(pgettext_lazy("evidence", "Minutes")),
        ],
        rows=[[served["records"], served["people"], served["minutes"] or 0]],
    )


def _proof(code: str) -> EvidenceTable:
    kinds = Counter(Evidence.objects.filter(project__code=code).values_list("kind", flat=True))
    needs = ProjectNeed.objects.filter(project__code=code).count()
    number = both(pgettext_lazy("evidence", "Number"))
    rows: list[list[Cell]] = [[both(kind.label), kinds[kind]] for kind in EvidenceKind]
    return EvidenceTable(
        title=both(_("Pictures, papers and linked needs")),
        source="volunteers.evidence.Evidence, volunteers.needs.ProjectNeed",
        columns=[both(pgettext_lazy("evidence", "What")), number],
        rows=[*rows, [both(_("Linked needs")), needs]],
    )


def _subject(project: Project) -> Subject:
    english = project.title_en or project.title_zh
    return Subject("project", project.code, project.title_zh, english)


def _find(code: str) -> Subject | None:
    project = Project.objects.public().filter(code=code).first()
    return _subject(project) if project else None


PROJECTS = Kind(
    name="project",
    label=pgettext_lazy("subject", "Project"),
    version=VERSION,
    every=lambda: [_subject(project) for project in Project.objects.public().order_by("code")],
    find=_find,
    draw=draw,
)
