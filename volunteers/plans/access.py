"""Reaching one line of a project's plan, and what the lines come to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from volunteers.plans.models import BudgetLine, Milestone
from volunteers.projects.models import Project, ProjectQuerySet
from volunteers.projects.rules import DRAFT_STATES, WORK_STATES

PLANNING = (*DRAFT_STATES, *WORK_STATES)
"""The states in which a plan still grows."""


@dataclass(frozen=True)
class Budget:
    """What all lines come to, in fen."""

    planned: int
    spent: int

    @property
    def is_over(self) -> bool:
        """Whether more was spent than planned."""
        return self.spent > self.planned


def budget_of(project: Project) -> Budget:
    """One query."""
    summed = project.budget.aggregate(
        planned=Sum("planned_fen", default=0), spent=Sum("spent_fen", default=0)
    )
    return Budget(**summed)


def projects_to_order_from(user: User, day: date) -> ProjectQuerySet:
    """Those whose plans the person may add to as the office of their centre."""
    return Project.objects.filter(managed_centres(user, day), state__in=PLANNING).order_by("code")


def get_milestone(project: Project, pk: int) -> Milestone:
    """A milestone of the project, or 404."""
    return get_object_or_404(project.milestones, pk=pk)


def get_budget_line(project: Project, pk: int) -> BudgetLine:
    """A line of the project's budget, or 404."""
    return get_object_or_404(project.budget, pk=pk)
