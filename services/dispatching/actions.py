"""What the desk and the units do with needs: one door for the page, the board and the bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record, unmask
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.common.retries import retry_on_conflict
from services.dispatching.messages import tell_unit
from services.dispatching.steps import STEPS, WITH_WORDS, Details
from services.intake.actions import Report, report_need
from services.requests.access import is_own, parties_of
from services.requests.errors import ActRefusedError, NeedMovedError, NoteMissingError
from services.requests.followers import Follower
from services.requests.models import TEXT_LENGTH, ServiceRequest
from services.requests.personal import hide_personal_data
from services.requests.rules import BY_ACT, Act, Party
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from services.tracking.actions import By

PREFERRED = (Party.DESK, Party.UNIT, Party.MANAGER)


@retry_on_conflict
@transaction.atomic
def take_step(
    *,
    need_id: int,
    act: Act,
    actor: User,
    now: datetime,
    given: Details | None = None,
    version: int | None = None,
) -> ServiceRequest:
    """Do `act` with the need, as the person sees it: `version` is the page's.

    Raises:
        NeedMovedError, ActRefusedError, OwnRecordError, NoteMissingError, and what the act itself
        refuses: nothing was written.
    """
    need = ServiceRequest.objects.select_related("handler", "responsible", "centre").get(pk=need_id)
    if version is not None and need.version != version:
        raise NeedMovedError
    return _step(need, act, actor=actor, given=given or Details(), now=now)


@transaction.atomic
def report_joined(
    *, report: Report, into: ServiceRequest, by: User, now: datetime
) -> ServiceRequest:
    """Take a need in and join it at once with a known one; its words and photos stay.

    Raises:
        What taking it in refuses, and what joining refuses: nothing was written.
    """
    reported = report_need(report=report, now=now)
    given = Details(into=into.reference)
    need_id = reported.follower.request_id
    return take_step(need_id=need_id, act=Act.MERGE, actor=by, given=given, now=now)


@dataclass(frozen=True)
class Bulk:
    """How many were done, and {reference: why not} of the others."""

    done: int
    refused: dict[str, str]


def take_steps(
    *, needs: Iterable[ServiceRequest], act: Act, actor: User, given: Details, now: datetime
) -> Bulk:
    """The same act for many, as they were read; each stands or falls by itself.

    `needs` come with handler, responsible and centre.
    """
    done, refused = 0, {}
    for need in needs:
        try:
            with transaction.atomic():
                _step(need, act, actor=actor, given=given, now=now)
        except RuleError as refusal:
            refused[need.reference] = str(refusal)
        except IntegrityError:  # somebody passed it on just now
            refused[need.reference] = str(NeedMovedError())
        else:
            done += 1
    return Bulk(done, refused)


@transaction.atomic
def release_words(*, need_id: int, actor: User, words: str, now: datetime) -> ServiceRequest:
    """Say what others may read of a need that was held back; numbers are blotted out anyway.

    Raises:
        ActRefusedError, OwnRecordError, NoteMissingError
    """
    need = ServiceRequest.objects.select_for_update(no_key=True).get(pk=need_id)
    if is_own(actor, need):
        raise OwnRecordError
    if not parties_of(actor, need, today(now)) & {Party.DESK, Party.MANAGER}:
        raise ActRefusedError
    kept = clean_words(hide_personal_data(words))[:TEXT_LENGTH]
    if not kept:
        raise NoteMissingError
    need.public_text, need.is_held = kept, False
    need.save(update_fields=["public_text", "is_held"])
    record(actor, "need.released", need, centre_id=need.responsible_id)
    return need


@transaction.atomic
def show_reporter(*, need: ServiceRequest, actor: User, reason: str, now: datetime) -> Follower:
    """Who reported it, with the number to call, for a reason that is kept.

    Raises:
        ActRefusedError, ReasonMissingError: show nothing.
    """
    if not parties_of(actor, need, today(now)):
        raise ActRefusedError
    unmask(actor, need, reason, centre_id=need.responsible_id)
    return Follower.objects.select_related("user").get(request=need, is_reporter=True)


def _step(
    need: ServiceRequest, act: Act, *, actor: User, given: Details, now: datetime
) -> ServiceRequest:
    by = _in_which_part(actor, need, act, now)
    if act in WITH_WORDS and not clean_words(given.note):
        raise NoteMissingError
    STEPS[act](need, given, by, now)
    tell_unit(need, act, now=now)
    return need


def _in_which_part(actor: User, need: ServiceRequest, act: Act, now: datetime) -> By:
    if is_own(actor, need):
        raise OwnRecordError
    allowed = parties_of(actor, need, today(now)) & BY_ACT[act].who
    party = next((one for one in PREFERRED if one in allowed), None)
    if party is None or act not in STEPS:
        raise ActRefusedError
    return By(party, actor)
