"""Projects as a file."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import OFFICE_ROLES
from lishui_center.common.language import in_language
from lishui_center.common.tables import Asked, Column, Table
from volunteers.projects.access import for_staff_list, narrowed, projects_of_staff
from volunteers.projects.forms import FilterForm, all_centres
from volunteers.projects.models import Project, ProjectQuerySet

FEN = 100


def _rows(asked: Asked) -> ProjectQuerySet:
    wanted = FilterForm(asked.params, centres=all_centres()).wanted()
    found = narrowed(projects_of_staff(asked.user, asked.day), wanted)
    return for_staff_list(found).prefetch_related("budget")


def _teams(project: Project) -> str:
    return in_language("、", ", ").join(link.team.name for link in project.links.all())


def _yuan(project: Project, column: str) -> float:
    fen: int = sum(getattr(line, column) for line in project.budget.all())
    return fen / FEN


COLUMNS = (
    Column(pgettext_lazy("project", "Code"), lambda project: project.code),
    Column(_("Project"), lambda project: project.title),
    Column(pgettext_lazy("project", "Kind"), lambda project: project.get_kind_display()),
    Column(pgettext_lazy("project", "About"), lambda project: project.get_category_display()),
    Column(
        pgettext_lazy("project", "Place"),
        lambda project: project.centre.short_name if project.centre else _("The whole town"),
    ),
    Column(_("Teams"), _teams),
    Column(pgettext_lazy("project", "Lead"), lambda project: project.lead.display_name),
    Column(_("State"), lambda project: project.get_state_display()),
    Column(_("Progress, in percent"), lambda project: project.progress),
    Column(_("First day"), lambda project: project.starts_on),
    Column(_("Last day"), lambda project: project.ends_on),
    Column(_("Planned, in yuan"), lambda project: _yuan(project, "planned_fen")),
    Column(_("Spent, in yuan"), lambda project: _yuan(project, "spent_fen")),
    Column(pgettext_lazy("project", "Target"), lambda project: project.target),
    Column(pgettext_lazy("project", "Result"), lambda project: project.result),
)

PROJECTS = Table("projects", _("Projects"), OFFICE_ROLES, _rows, lambda _asked: COLUMNS)
