"""What the steps of a recommendation lead to: needs, which they can open, projects, milestones."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from services.centres.models import Centre, Tier
from services.intake.actions import Contact, Report, report_need
from services.requests.models import TEXT_LENGTH, Category, Channel, ServiceRequest
from thinktank.subjects.links import Linked, LinkKind, Opening
from volunteers.plans.models import Milestone
from volunteers.projects.models import Project


def open_need(opening: Opening) -> str:
    """Report the step as a new need at the centre that acts, and answer its number.

    Its words begin with the title and end with where it comes from; the same step opens one.
    """
    # Without a centre the step is the town's own.
    where = {"pk": opening.centre_id} if opening.centre_id else {"tier": Tier.TOWN}
    centre = Centre.objects.get(**where)
    source = f"（{opening.source}）" if opening.source else ""
    words = f"{opening.title}\n{opening.text}"[: TEXT_LENGTH - len(source)]
    report = Report(
        centre=centre,
        category=opening.category or Category.OTHER,
        text=f"{words}{source}",
        contact=Contact(language=settings.LANGUAGE_CODE),
        channel=Channel.ADVICE,
        entered_by=opening.by,
    )
    return report_need(report=report, now=opening.now or timezone.now()).follower.request.reference


def find_need(code: str) -> Linked | None:
    """The need of that number; only those whom it concerns can open its page."""
    need = ServiceRequest.objects.filter(reference=code).first()
    return Linked(need.reference, reverse("staff:need", args=[code])) if need else None


def find_project(code: str) -> Linked | None:
    """The project of that code, once it was approved."""
    project = Project.objects.public().filter(code=code).first()
    return Linked(project.title, reverse("projects:project", args=[code])) if project else None


def find_milestone(code: str) -> Linked | None:
    """'project-code/number' of a milestone; its project's page shows it."""
    project, _slash, number = code.partition("/")
    steps = Milestone.objects.filter(project__code=project, project__approved_at__isnull=False)
    step = steps.filter(pk=number).first() if number.isdecimal() else None
    return Linked(step.title, reverse("projects:project", args=[project])) if step else None


KINDS = {
    "new_request": LinkKind(find=find_need, open=open_need),
    "project": LinkKind(find=find_project),
    "milestone": LinkKind(find=find_milestone),
}
