"""Who may see which picture of a project."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from volunteers.evidence.models import Evidence, EvidenceQuerySet
from volunteers.projects.access import projects_of, projects_of_staff
from volunteers.projects.models import Project


def get_visible(user: User | AnonymousUser, code: str, pk: int, day: date) -> Evidence:
    """The picture, or 404: public ones, else those of the person's own or their centres' projects.

    One query more for what is not public.
    """
    found = Evidence.objects.for_page().filter(project__code=code)
    public = found.public().filter(pk=pk).first()
    if public or not isinstance(user, User):
        return public or get_object_or_404(found.none())
    inside = found.filter(project__in=projects_of(user, day).order_by().values("pk"))
    at_work = found.filter(project__in=projects_of_staff(user, day).values("pk"))
    return inside.filter(pk=pk).first() or get_object_or_404(at_work, pk=pk)


def is_public(picture: Evidence) -> bool:
    """Whether shared caches may keep it."""
    return Evidence.objects.public().filter(pk=picture.pk).exists()


def pictures_of(project: Project) -> EvidenceQuerySet:
    """All of the project's, the oldest first."""
    return Evidence.objects.for_page().filter(project=project)


def get_picture(project: Project, pk: int) -> Evidence:
    """A picture of the project, or 404."""
    return get_object_or_404(pictures_of(project), pk=pk)
