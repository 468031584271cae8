"""Asking whether a need is solved, and what follows from the answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.common.retries import retry_on_conflict
from services.dispatching.steps import Details, reopen
from services.ratings.models import Score
from services.requests.access import is_own, parties_of
from services.requests.errors import ActRefusedError, AnsweredAlreadyError
from services.requests.followers import Follower
from services.requests.models import NOTE_LENGTH, RequestEvent, ServiceRequest
from services.requests.personal import hide_personal_data
from services.requests.rules import (
    ANSWERED_WITHIN,
    CLOSED_AFTER,
    TO_CONFIRM,
    Act,
    Party,
    State,
)
from services.resolution.models import Feedback, Source
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from services.tracking.actions import SYSTEM, By, move

ANSWERABLE = TO_CONFIRM | {State.CONFIRMED, State.CLOSED}
AT_ONCE = 500


@dataclass(frozen=True)
class Opinion:
    """What somebody says of a need that was said to be done."""

    solved: bool
    satisfaction: Score
    text: str = ""


@retry_on_conflict
@transaction.atomic
def give_feedback(*, follower_id: int, opinion: Opinion, now: datetime) -> ServiceRequest:
    """Keep the answer. The reporter's "solved" confirms; anybody's "not solved" opens it again.

    Who said "solved" may still say "not solved" within 30 days.

    Raises:
        ActRefusedError, AnsweredAlreadyError, ReopenLateError: nothing was written.
    """
    follower = Follower.objects.select_related("request", "user").get(pk=follower_id)
    by = By(Party.RESIDENT, follower.user)
    return _answer(follower, opinion, by, now)


@retry_on_conflict
@transaction.atomic
def write_down_call(
    *, need_id: int, opinion: Opinion, actor: User, now: datetime
) -> ServiceRequest:
    """Keep what the reporter said on the phone, marked as written down by staff.

    Whoever said that it is done does not also confirm it.

    Raises:
        ActRefusedError, OwnRecordError, AnsweredAlreadyError, ReopenLateError
    """
    need = ServiceRequest.objects.get(pk=need_id)
    if is_own(actor, need):
        raise OwnRecordError
    allowed = parties_of(actor, need, today(now)) & {Party.DESK, Party.MANAGER}
    if not allowed:
        raise ActRefusedError
    done = RequestEvent.objects.filter(request=need, act=Act.RESOLVE).last()
    if done is not None and done.actor_id == actor.pk:
        raise OwnRecordError
    reporter = Follower.objects.select_related("request", "user").get(
        request=need, is_reporter=True
    )
    party = Party.DESK if Party.DESK in allowed else Party.MANAGER
    return _answer(reporter, opinion, By(party, actor), now)


def close_silent(*, now: datetime) -> int:
    """Close what nobody answered, as unanswered, and what was confirmed; how many.

    Safe to run twice: what moved meanwhile is left alone.
    """
    silent = ServiceRequest.objects.in_states(TO_CONFIRM).filter(
        moved_at__lte=now - ANSWERED_WITHIN
    )
    confirmed = ServiceRequest.objects.filter(
        state=State.CONFIRMED, moved_at__lte=now - CLOSED_AFTER
    )
    closed = 0
    for rows, act in ((silent, Act.LAPSE), (confirmed, Act.CLOSE)):
        for need in rows.select_related("responsible")[:AT_ONCE]:
            closed += _close(need, act, now)
    return closed


def _close(need: ServiceRequest, act: Act, now: datetime) -> bool:
    try:
        with transaction.atomic():
            move(need, act, by=SYSTEM, now=now)
    except RuleError:
        return False
    return True


def _answer(follower: Follower, opinion: Opinion, by: By, now: datetime) -> ServiceRequest:
    root_id = follower.request.merged_into_id or follower.request_id
    need = ServiceRequest.objects.select_related("responsible", "handler").get(pk=root_id)
    if need.state not in ANSWERABLE:
        raise ActRefusedError
    words = clean_words(hide_personal_data(opinion.text))[:NOTE_LENGTH]
    _keep(follower, need, opinion, words, by, now)
    if not opinion.solved:
        reopen(need, Details(note=words), by, now)
    elif need.state in TO_CONFIRM and follower.request_id == need.pk and follower.is_reporter:
        move(need, Act.CONFIRM, by=by, now=now, note=words)
    return need


def _keep(
    follower: Follower,
    need: ServiceRequest,
    opinion: Opinion,
    words: str,
    by: By,
    now: datetime,
) -> None:
    said = {
        "solved": opinion.solved,
        "satisfaction": opinion.satisfaction,
        "text": words,
        "source": Source.LINK if by.party == Party.RESIDENT else Source.CALL_BACK,
        "entered_by": None if by.party == Party.RESIDENT else by.user,
        "at": now,
    }
    before = Feedback.objects.filter(follower=follower, round=need.rounds)
    changes_mind = not opinion.solved and before.filter(solved=True).exists()
    if changes_mind:
        before.update(**said)
    elif before.exists():
        raise AnsweredAlreadyError
    else:
        Feedback.objects.create(follower=follower, round=need.rounds, **said)
    record(
        by.user,
        "need.answered",
        need,
        centre_id=need.responsible_id,
        solved=opinion.solved,
        satisfaction=int(opinion.satisfaction),
        source=str(said["source"]),
    )
