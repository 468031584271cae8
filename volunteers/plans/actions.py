"""Planning a project's steps and money, and noting how far it is with both."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.standing.errors import ReasonEmptyError
from services.standing.rules import clean_words
from volunteers.plans.access import PLANNING
from volunteers.plans.errors import DueOutsideError, KeptError
from volunteers.plans.models import BudgetLine, Milestone, Source
from volunteers.projects.access import manages
from volunteers.projects.actions import check_leads, lock_project, record_change, touch
from volunteers.projects.errors import NotNowError, NotYourProjectError
from volunteers.projects.models import REASON_LENGTH, Project
from volunteers.projects.rules import WORK_STATES, MilestoneState, State


@dataclass(frozen=True)
class Target:
    """A step to come: by when, and its share of the whole against the others'."""

    title: str
    weight: int
    due_on: date


@dataclass(frozen=True)
class Cost:
    """What something is to cost, in fen, and who pays."""

    title: str
    source: Source
    planned_fen: int


@transaction.atomic
def add_milestone(*, project_id: int, target: Target, by: User, now: datetime) -> Milestone:
    """Plan one more step.

    Raises:
        NotYourProjectError, NotNowError, DueOutsideError: nothing changed.
    """
    return _plan(_locked(project_id, by, now, PLANNING), target, by)


@transaction.atomic
def order_milestone(*, project_id: int, target: Target, by: User, now: datetime) -> Milestone:
    """Plan one more step from the project's office: whoever manages its centre asks for it.

    Raises:
        NotYourProjectError, NotNowError, DueOutsideError: nothing changed.
    """
    project = lock_project(project_id)
    if not manages(by, project, today(now)):
        raise NotYourProjectError
    if project.state not in PLANNING:
        raise NotNowError
    return _plan(project, target, by)


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: User, now: datetime) -> None:
    """Take a step out of a plan that nobody has approved yet.

    Raises:
        NotYourProjectError, KeptError: nothing changed.
    """
    project = _locked_draft(milestone.project_id, by, now)
    _note(project, "milestone_removed", by, milestone.pk)
    Milestone.objects.filter(pk=milestone.pk).delete()


@transaction.atomic
def settle_milestone(
    *, milestone: Milestone, state: MilestoneState, by: User, now: datetime, reason: str = ""
) -> Milestone:
    """Note that a step is done, is left out for a reason, or is to be done after all.

    Raises:
        NotYourProjectError, NotNowError, ReasonEmptyError: nothing changed.
    """
    project = _locked(milestone.project_id, by, now, (State.ACTIVE,))
    words = clean_words(reason)[:REASON_LENGTH]
    if state == MilestoneState.DROPPED and not words:
        raise ReasonEmptyError
    is_open = state == MilestoneState.OPEN
    milestone.state = state
    milestone.reason = words if state == MilestoneState.DROPPED else ""
    milestone.done_at, milestone.done_by = (None, None) if is_open else (now, by)
    milestone.save(update_fields=["state", "reason", "done_at", "done_by"])
    _note(project, f"milestone_{state}", by, milestone.pk, milestone.reason)
    return milestone


@transaction.atomic
def add_cost(*, project_id: int, cost: Cost, by: User, now: datetime) -> BudgetLine:
    """Plan what something is to cost.

    Raises:
        NotYourProjectError, NotNowError: nothing changed.
    """
    project = _locked(project_id, by, now, PLANNING)
    line = BudgetLine.objects.create(
        project=project,
        title=clean_words(cost.title),
        source=cost.source,
        planned_fen=cost.planned_fen,
    )
    _note(project, "cost_added", by, line.pk)
    return line


@transaction.atomic
def remove_cost(*, line: BudgetLine, by: User, now: datetime) -> None:
    """Take a cost out of a plan that nobody has approved yet.

    Raises:
        NotYourProjectError, KeptError: nothing changed.
    """
    project = _locked_draft(line.project_id, by, now)
    _note(project, "cost_removed", by, line.pk)
    BudgetLine.objects.filter(pk=line.pk).delete()


@transaction.atomic
def note_spent(*, line: BudgetLine, spent_fen: int, by: User, now: datetime) -> BudgetLine:
    """Note what something has cost so far, altogether.

    Raises:
        NotYourProjectError, NotNowError: nothing changed.
    """
    project = _locked(line.project_id, by, now, WORK_STATES)
    line.spent_fen = spent_fen
    line.save(update_fields=["spent_fen"])
    _note(project, "spent_noted", by, line.pk)
    return line


def _plan(project: Project, target: Target, by: User) -> Milestone:
    _check_day(project, target.due_on)
    milestone = Milestone.objects.create(
        project=project,
        title=clean_words(target.title),
        weight=target.weight,
        due_on=target.due_on,
    )
    _note(project, "milestone_added", by, milestone.pk)
    return milestone


def _locked(project_id: int, by: User, now: datetime, states: tuple[State, ...]) -> Project:
    project = lock_project(project_id)
    check_leads(project, by, now, states)
    return project


def _locked_draft(project_id: int, by: User, now: datetime) -> Project:
    project = lock_project(project_id)
    check_leads(project, by, now, tuple(State))
    if not project.is_draft:
        raise KeptError
    return project


def _check_day(project: Project, day: date) -> None:
    first, last = project.starts_on, project.ends_on
    if (first and day < first) or (last and day > last):
        raise DueOutsideError


def _note(project: Project, what: str, by: User, pk: int, reason: str = "") -> None:
    touch(project)
    record_change(by, f"project.{what}", project, line=pk, reason=reason)
