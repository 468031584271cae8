"""Linking needs with the projects that take them up. Only this file writes links."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from services.requests.access import is_own, parties_of
from services.requests.models import ServiceRequest
from services.requests.projects import PROJECT
from services.requests.rules import OPEN
from services.standing.errors import OwnRecordError, ReasonEmptyError
from services.standing.rules import clean_words
from volunteers.needs.access import projects_for, taking_projects
from volunteers.needs.errors import (
    LinkedAlreadyError,
    NeedOverError,
    NotYourNeedError,
    ProjectClosedError,
    ProjectElsewhereError,
    ProjectHasItError,
)
from volunteers.needs.models import ProjectNeed
from volunteers.projects.models import REASON_LENGTH, Project


@transaction.atomic
def link_need(*, need_id: int, code: str, by: User, now: datetime) -> ProjectNeed:
    """Have the project of that code take the need up; whoever has the need may.

    Raises:
        OwnRecordError, NotYourNeedError, NeedOverError, ProjectClosedError,
        ProjectElsewhereError, LinkedAlreadyError: nothing was written.
    Source: design.md, "The loop".
    """
    need = _lock(need_id, by, now)
    if need.state not in OPEN:
        raise NeedOverError
    project = taking_projects().filter(code=code).first()
    if project is None:
        raise ProjectClosedError
    if not projects_for(need).filter(pk=project.pk).exists():
        raise ProjectElsewhereError
    link = _create(project, need, by, now)
    record(by, "need.linked", need, centre_id=need.responsible_id, project=project.code)
    return link


@transaction.atomic
def unlink_need(*, link_id: int, reason: str, by: User, now: datetime) -> None:
    """Part the need from the project, for a reason that is kept.

    Raises:
        OwnRecordError, NotYourNeedError, ReasonEmptyError, ProjectHasItError: nothing changed.
    """
    link = ProjectNeed.objects.select_related("project").get(pk=link_id)
    need = _lock(link.request_id, by, now)
    words = clean_words(reason)[:REASON_LENGTH]
    if not words:
        raise ReasonEmptyError
    if need.target_kind == PROJECT and need.target_code == link.project.code:
        raise ProjectHasItError
    link.delete()
    record(
        by,
        "need.unlinked",
        need,
        centre_id=need.responsible_id,
        reason=words,
        project=link.project.code,
    )


def _lock(need_id: int, by: User, now: datetime) -> ServiceRequest:
    locked = ServiceRequest.objects.select_for_update(of=("self",), no_key=True)
    need = locked.select_related("centre", "responsible", "handler").get(pk=need_id)
    if is_own(by, need):
        raise OwnRecordError
    if not parties_of(by, need, today(now)):
        raise NotYourNeedError
    return need


def _create(project: Project, need: ServiceRequest, by: User, now: datetime) -> ProjectNeed:
    try:
        with transaction.atomic():
            return ProjectNeed.objects.create(
                project=project, request=need, linked_by=by, linked_at=now
            )
    except IntegrityError as refusal:
        raise LinkedAlreadyError from refusal
