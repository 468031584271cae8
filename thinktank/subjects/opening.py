"""What the steps of a recommendation lead to; needs and milestones can be opened by them."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts.models import User
from services.centres.models import Centre, Tier
from services.intake.actions import Contact, Report, report_need
from services.requests.models import TEXT_LENGTH, Category, Channel, ServiceRequest
from services.resources.models import Resource
from thinktank.subjects.links import Linked, LinkKind, Opening
from volunteers.activities.models import Activity, ActivityKind, ActivityQuerySet
from volunteers.plans.access import projects_to_order_from
from volunteers.plans.actions import Target, order_milestone
from volunteers.plans.models import TITLE_LENGTH as MILESTONE_LENGTH
from volunteers.plans.models import USUAL_WEIGHT, Milestone
from volunteers.projects.models import Project

LONGEST_NUMBER = 15
"""Digits of a milestone's number: no database takes a longer one."""


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


def open_milestone(opening: Opening) -> str:
    """Ask for the step in the plan of the project that is the place: 'project-code/number'.

    Raises:
        NotYourProjectError, NotNowError, DueOutsideError: nothing was opened.
    """
    project = Project.objects.get(code=opening.place)
    target = Target(opening.title[:MILESTONE_LENGTH], USUAL_WEIGHT, opening.due_on)
    step = order_milestone(
        project_id=project.pk, target=target, by=opening.by, now=opening.now or timezone.now()
    )
    return f"{project.code}/{step.pk}"


def plans_of(user: User, day: date) -> Mapping[str, str]:
    """The projects in whose plans the person may ask for a milestone: {code: title}."""
    return {project.code: project.title for project in projects_to_order_from(user, day)}


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
    step = _milestones(code).filter(project__approved_at__isnull=False).first()
    if step is None:
        return None
    return Linked(step.title, reverse("projects:project", args=[code.partition("/")[0]]))


def find_training(code: str) -> Linked | None:
    """The course of that code, once it was published."""
    course = _courses(code).public().first()
    return Linked(course.title, reverse("activities:activity", args=[code])) if course else None


def find_resource(code: str) -> Linked | None:
    """The resource of that code; only staff can open its page."""
    resource = Resource.objects.filter(code=code).first()
    return Linked(resource.name, reverse("staff:resource", args=[code])) if resource else None


def _milestones(code: str) -> QuerySet[Milestone]:
    project, _slash, number = code.partition("/")
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    return Milestone.objects.filter(project__code=project, pk=int(number) if is_number else 0)


def _courses(code: str) -> ActivityQuerySet:
    return Activity.objects.filter(kind=ActivityKind.TRAINING, code=code)


KINDS = {
    "new_request": LinkKind(
        find=find_need,
        is_there=lambda code: ServiceRequest.objects.filter(reference=code).exists(),
        open=open_need,
    ),
    "project": LinkKind(
        find=find_project, is_there=lambda code: Project.objects.filter(code=code).exists()
    ),
    "milestone": LinkKind(
        find=find_milestone,
        is_there=lambda code: _milestones(code).exists(),
        open=open_milestone,
        places=plans_of,
    ),
    "training": LinkKind(find=find_training, is_there=lambda code: _courses(code).exists()),
    "resource": LinkKind(
        find=find_resource, is_there=lambda code: Resource.objects.filter(code=code).exists()
    ),
}
