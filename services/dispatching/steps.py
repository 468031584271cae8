"""What each act of the staff means for a need, besides the state that the table gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.centres.models import Centre, Tier
from services.dispatching.models import LIVE, Dispatch, DispatchState
from services.requests.errors import (
    MergeEndedError,
    MergeLoopError,
    OutsideMissingError,
    ReopenLateError,
    TargetUnknownError,
)
from services.requests.models import BODY_LENGTH, Category, ServiceRequest
from services.requests.projects import PROJECT, project_for
from services.requests.rules import OPEN, REOPEN_WITHIN, TO_CONFIRM, TOWN_AFTER, Act
from services.requests.targets import CENTRE, KINDS
from services.tracking.actions import By, move

NOBODY: dict[str, Any] = {"target_kind": "", "target_code": "", "handler": None}


@dataclass(frozen=True)
class Details:
    """What an act needs to know; each reads its own part."""

    note: str = ""
    target: tuple[str, str] = ("", "")
    into: str = ""
    body: str = ""
    number: str = ""
    category: str = ""
    project: str = ""


Step = Callable[[ServiceRequest, Details, By, datetime], None]


def triage(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """It was read, and is about this."""
    category = given.category if given.category in Category.values else need.category
    move(need, Act.TRIAGE, by=by, now=now, note=given.note, category=category)


def dispatch(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """Pass it on; who received it first stays responsible until the unit accepts."""
    kind, code = given.target
    centre = Centre.objects.active().filter(code=code).first() if kind == CENTRE else None
    known = KINDS.get(kind)
    if centre is None and (known is None or code not in known.names()):
        raise TargetUnknownError
    Dispatch.objects.create(
        request=need, target_kind=kind, target_code=code, sent_at=now, sent_by=by.user
    )
    target = {"target_kind": kind, "target_code": code, "handler": centre}
    move(need, Act.DISPATCH, by=by, now=now, note=given.note, **target)


def accept(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """From now on the unit is responsible."""
    _live(need).update(state=DispatchState.ACCEPTED, accepted_at=now)
    changes: dict[str, Any] = {"is_with_town": False}
    if need.handler:
        changes["responsible"] = need.handler
    move(need, Act.ACCEPT, by=by, now=now, note=given.note, **changes)


def send_back(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """With a reason; the third time it goes to the town's administrators."""
    _live(need).update(state=DispatchState.RETURNED, ended_at=now, note=given.note)
    changes: dict[str, Any] = {**NOBODY, "returns": need.returns + 1}
    if need.returns + 1 >= TOWN_AFTER:
        town = Centre.objects.filter(tier=Tier.TOWN).first()
        changes |= {"is_with_town": True, "responsible": town or need.responsible}
    move(need, Act.RETURN, by=by, now=now, note=given.note, **changes)


def resolve(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """The unit says it is done; whoever asked is now asked whether it is."""
    _live(need).update(state=DispatchState.DONE, ended_at=now)
    changes = {"rounds": need.rounds + 1, "resolved_at": now}
    move(need, Act.RESOLVE, by=by, now=now, note=given.note, **changes)


def reopen(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """It was not solved after all.

    Raises:
        ReopenLateError
    """
    if need.resolved_at is None or now > need.resolved_at + REOPEN_WITHIN:
        raise ReopenLateError
    move(need, Act.REOPEN, by=by, now=now, note=given.note, **NOBODY)


def transfer(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """To the 12345 line or a department, with the number it has there.

    Raises:
        OutsideMissingError
    """
    body, number = given.body.strip()[:BODY_LENGTH], given.number.strip()[:40]
    if not (body and number):
        raise OutsideMissingError
    note = f"{body} {number} {given.note}".strip()
    outside = {"outside_body": body, "outside_number": number}
    move(need, Act.TRANSFER, by=by, now=now, note=note, **outside)


def merge(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """Join it with another one; those who follow it are told of that one's steps.

    A joined need points to one that is not joined itself, so there are no chains and no loops;
    the rows of both are locked in the order of their keys.

    Raises:
        MergeLoopError, MergeEndedError
    """
    other = ServiceRequest.objects.filter(reference=given.into.strip().upper()).first()
    if other is None:
        raise TargetUnknownError
    root_id = other.merged_into_id or other.pk
    locked = ServiceRequest.objects.select_for_update(no_key=True).order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=[need.pk, root_id])}
    root = rows[root_id]
    if root.pk == need.pk or root.merged_into_id:
        raise MergeLoopError
    if root.state not in OPEN | TO_CONFIRM:
        raise MergeEndedError
    note = f"{root.reference} {given.note}".strip()
    move(need, Act.MERGE, by=by, now=now, note=note, merged_into=root, **NOBODY)
    ServiceRequest.objects.filter(merged_into=need).update(merged_into=root)


def to_project(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """A project takes it up, whose lead acts for it from now on: only with a link.

    Raises:
        ProjectMissingError, and what the link refuses.
    """
    assert by.user is not None  # noqa: S101 - the table lets only staff and units do it
    code = project_for(need, given.project, by.user, now)
    _live(need).update(state=DispatchState.DONE, ended_at=now)
    target = {"target_kind": PROJECT, "target_code": code}
    Dispatch.objects.create(
        request=need,
        state=DispatchState.ACCEPTED,
        sent_at=now,
        accepted_at=now,
        sent_by=by.user,
        **target,
    )
    move(need, Act.TO_PROJECT, by=by, now=now, note=given.note, handler=None, **target)


def escalate(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
    """Chase it up."""
    move(need, Act.ESCALATE, by=by, now=now, note=given.note, is_supervised=True)


def plain(act: Act) -> Step:
    """An act that only moves the need."""

    def step(need: ServiceRequest, given: Details, by: By, now: datetime) -> None:
        move(need, act, by=by, now=now, note=given.note)

    return step


STEPS: dict[Act, Step] = {
    Act.TRIAGE: triage,
    Act.DISPATCH: dispatch,
    Act.ACCEPT: accept,
    Act.RETURN: send_back,
    Act.RESOLVE: resolve,
    Act.REOPEN: reopen,
    Act.TRANSFER: transfer,
    Act.MERGE: merge,
    Act.ESCALATE: escalate,
    Act.TO_PROJECT: to_project,
    **{
        act: plain(act)
        for act in (
            Act.START,
            Act.ASK,
            Act.ANSWER,
            Act.CLOSE,
            Act.DECLINE,
            Act.NOTE,
        )
    },
}
"""What staff can do here; confirming is in resolution, for it keeps what the person said."""

WITH_WORDS = frozenset(
    {Act.RETURN, Act.ASK, Act.ANSWER, Act.RESOLVE, Act.REOPEN, Act.DECLINE, Act.NOTE}
)


def _live(need: ServiceRequest) -> Any:
    return Dispatch.objects.filter(request=need, state__in=LIVE)
