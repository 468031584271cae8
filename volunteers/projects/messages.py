"""What people are told about a project."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.clock import today
from lishui_center.notifications.actions import Message, notify_all
from volunteers.projects.access import deciders_of, people_of
from volunteers.projects.models import Project
from volunteers.projects.rules import Act


def tell_step(project: Project, act: Act, *, by: User, now: datetime) -> None:
    """Tell whoever decides that something waits, and whoever works what was decided.

    Nobody is told what they did themselves.
    """
    day = today(now)
    if act in (Act.PROPOSE, Act.SUBMIT):
        _tell(project, "project_waits", deciders_of(project, day), by=by, now=now)
    elif act != Act.WITHDRAW:
        _tell(project, "project_news", people_of(project, day), by=by, now=now)


def _tell(project: Project, kind: str, people: Iterable[User], *, by: User, now: datetime) -> None:
    page = "projects-staff:project" if kind == "project_waits" else "volunteers:project"
    url = f"{settings.SITE_URL}{reverse(page, args=[project.code])}"
    notify_all(
        [
            Message(
                kind=kind,
                key=f"project-{project.pk}-{project.version}-{person.pk}",
                recipient=recipient_of(person),
                due_at=now,
                context={
                    "title": project.title_zh,
                    "title_en": project.title_en or project.title_zh,
                    "state": project.state,
                    "reason": project.reason,
                    "url": url,
                },
            )
            for person in people
            if person.pk != by.pk
        ]
    )
