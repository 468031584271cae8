"""Projects in a person's copy of all data, and in erasing it."""

from django.db.models import Q

from lishui_center.accounts.models import User
from volunteers.projects.models import Project


def export_projects(user: User) -> list[dict[str, object]]:
    """What the person leads or proposed."""
    mine = Project.objects.filter(Q(lead=user) | Q(proposed_by=user)).order_by("pk")
    return [
        {
            "code": project.code,
            "title": project.title_zh,
            "state": project.state,
            "is_lead": project.lead_id == user.pk,
        }
        for project in mine
    ]


def forget_projects(_user: User) -> None:
    """Nothing: a project is the town's, and points to an account that is empty by then."""
