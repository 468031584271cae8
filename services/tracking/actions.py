"""The one way in which a need moves: compare, set, keep what happened, tell the people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.clocks.actions import follow_step
from services.requests.access import is_own
from services.requests.errors import ActRefusedError, NeedMovedError
from services.requests.models import NOTE_LENGTH, RequestEvent, ServiceRequest
from services.requests.rules import BY_ACT, OFFICE, SILENT, UNTOLD, Act, Party, may_act
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from services.tracking.messages import tell_step


@dataclass(frozen=True)
class By:
    """Who acts, and in which part; a resident without an account has no user."""

    party: Party
    user: User | None = None


SYSTEM = By(Party.SYSTEM)
SUBMIT = "submit"
"""The first event's act, which no step of the table takes."""


def move(
    request: ServiceRequest, act: Act, *, by: By, now: datetime, note: str = "", **changes: Any
) -> ServiceRequest:
    """Take one step of the table, if the need still is as it was read; in one transaction.

    The caller is in `transaction.atomic`. `changes` are further columns of the need.

    Raises:
        ActRefusedError, OwnRecordError, NeedMovedError: nothing was written.
    Source: design.md, "Requests".
    """
    if not may_act(act, request.state, {by.party}):
        raise ActRefusedError
    if by.user and by.party in OFFICE and is_own(by.user, request):
        raise OwnRecordError
    words = clean_words(note)[:NOTE_LENGTH]
    _set(request, act, now=now, changes=changes)
    _note(request, act, by=by, now=now, words=words)
    follow_step(request, act, now=now)
    if act not in UNTOLD:
        tell_step(request, act, note=words, now=now)
    record(
        by.user,
        f"need.{act}",
        request,
        centre_id=request.responsible_id,
        state=request.state,
        party=by.party,
    )
    return request


def note_received(request: ServiceRequest, *, by: By, now: datetime) -> None:
    """The first event of a new need; its unit is the team on whose visit it was noted."""
    RequestEvent.objects.create(
        request=request,
        act=SUBMIT,
        state=request.state,
        at=now,
        actor=by.user,
        party=by.party,
        unit=request.visited_by,
        version=request.version,
    )


def _note(request: ServiceRequest, act: Act, *, by: By, now: datetime, words: str) -> None:
    RequestEvent.objects.create(
        request=request,
        act=act,
        state=request.state,
        at=now,
        actor=by.user,
        party=by.party,
        unit=request.target_code if by.party == Party.UNIT else request.responsible.code,
        note=words,
        is_public=act not in SILENT,
        version=request.version,
    )


def _set(request: ServiceRequest, act: Act, *, now: datetime, changes: dict[str, Any]) -> None:
    """Compare and set on the version, then bring the object in line with its row."""
    values = {
        **changes,
        "state": BY_ACT[act].next or request.state,
        "version": request.version + 1,
        "stage": request.stage + (act not in UNTOLD),
    }
    if BY_ACT[act].next:
        values["moved_at"] = now
    unchanged = ServiceRequest.objects.filter(pk=request.pk, version=request.version)
    if not unchanged.update(**values):
        raise NeedMovedError
    for name, value in values.items():
        setattr(request, name, value)
