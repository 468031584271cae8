"""Bringing a project from one state to the next: only along the table in rules.py."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.standing.errors import OwnRecordError, ReasonEmptyError
from services.standing.rules import clean_words
from volunteers.projects import rules
from volunteers.projects.access import facts_of, manages, parts_of
from volunteers.projects.actions import lock_project, record_change
from volunteers.projects.errors import (
    ChangedMeanwhileError,
    IncompleteError,
    NotNowError,
    NotYourProjectError,
)
from volunteers.projects.messages import tell_step
from volunteers.projects.models import REASON_LENGTH, ActiveSpell, Project
from volunteers.projects.rules import Act, Part, State, Step


@transaction.atomic
def take_step(
    *, project_id: int, act: Act, seen: int, by: User, now: datetime, reason: str = ""
) -> Project:
    """Do the act, if the table, the person's part and what is there allow it.

    `seen` is the version that the person read: nobody decides on what has changed since.

    Raises:
        NotNowError, NotYourProjectError, OwnRecordError, ChangedMeanwhileError, ReasonEmptyError,
        IncompleteError: nothing changed.
    """
    project = lock_project(project_id)
    step = rules.step_for(project.state, act)
    if step is None:
        raise NotNowError
    _check_part(project, step, by, now)
    if seen != project.version:
        raise ChangedMeanwhileError
    words = clean_words(reason)[:REASON_LENGTH]
    if act in rules.WITH_REASON and not words:
        raise ReasonEmptyError
    if lacking := rules.missing(act, facts_of(project)):
        raise IncompleteError(missing="; ".join(lacking))
    project.state, project.reason = step.to, words if act in rules.WITH_REASON else ""
    project.version += 1
    if note := STAMPS.get(act):
        note(project, by, now)
    project.save()
    _keep_spells(project, step, now)
    record_change(
        by, f"project.{act}", project, reason=project.reason, state=step.to, version=project.version
    )
    tell_step(project, act, by=by, now=now)
    return project


def _check_part(project: Project, step: Step, by: User, now: datetime) -> None:
    day = today(now)
    if step.parts & parts_of(by, project, day):
        return
    if Part.DECIDES in step.parts and manages(by, project, day):
        raise OwnRecordError
    raise NotYourProjectError


def _keep_spells(project: Project, step: Step, now: datetime) -> None:
    """Note from when to when work goes on: hours may be entered for those days."""
    if step.to == State.ACTIVE:
        ActiveSpell.objects.create(project=project, starts_on=today(now))
    if step.start == State.ACTIVE:
        ActiveSpell.objects.filter(project=project, ends_on=None).update(ends_on=today(now))


def _proposed(project: Project, by: User, now: datetime) -> None:
    project.proposed_by, project.proposed_at = by, now


def _approved(project: Project, by: User, now: datetime) -> None:
    project.approved_by, project.approved_at = by, now


def _submitted(project: Project, by: User, now: datetime) -> None:
    project.submitted_by, project.submitted_at = by, now


def _completed(project: Project, by: User, now: datetime) -> None:
    project.completed_by, project.completed_at = by, now


STAMPS: dict[Act, Callable[[Project, User, datetime], None]] = {
    Act.PROPOSE: _proposed,
    Act.APPROVE: _approved,
    Act.SUBMIT: _submitted,
    Act.COMPLETE: _completed,
}
