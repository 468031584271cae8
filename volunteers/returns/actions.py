"""Putting approved hours into a batch for the national system, and what came of each."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.centres.models import Centre
from services.standing.rules import clean_words
from volunteers.hours.errors import ReasonWantedError
from volunteers.returns import rules
from volunteers.returns.access import (
    centres_to_return,
    never_returned,
    returns_whole_town,
    to_correct,
)
from volunteers.returns.errors import (
    NoSuchStepError,
    NothingToSendError,
    NotYourReturnError,
)
from volunteers.returns.models import REASON_LENGTH, ReturnBatch, ReturnRow, RowState
from volunteers.returns.rules import Answer

INSERTED_AT_ONCE = 500


@retry_on_conflict
@transaction.atomic
def make_batch(*, centre: Centre | None, by: User, now: datetime) -> ReturnBatch:
    """Take what was never returned, and corrections, at most 5,000 of them, into a new batch.

    Two who do so at once cannot both take a record: its row is unique, and the later one goes on
    with what is left. Without a centre it is the whole town's.

    Raises:
        NotYourReturnError, NothingToSendError: nothing was written.
    """
    _check_manages(by, centre, now)
    due = list(islice(to_correct(centre), rules.MOST_ROWS))
    fresh = never_returned(centre)[: rules.MOST_ROWS - len(due)]
    due += [(entry, 0, entry.counted) for entry in fresh]
    if not due:
        raise NothingToSendError
    batch = ReturnBatch.objects.create(
        centre=centre, created_at=now, created_by=by, rows_total=len(due)
    )
    ReturnRow.objects.bulk_create(
        [
            ReturnRow(batch=batch, entry=entry, turn=turn, minutes=minutes, changed_at=now)
            for entry, turn, minutes in due
        ],
        batch_size=INSERTED_AT_ONCE,
    )
    record(by, "return.made", batch, centre_id=batch.centre_id, rows=len(due))
    return batch


@transaction.atomic
def mark_sent(*, batch: ReturnBatch, by: User, now: datetime) -> int:
    """Everything in the batch that waits was handed in; how many that were.

    Raises:
        NotYourReturnError, NoSuchStepError: nothing changed.
    """
    _check_manages(by, batch.centre, now)
    rows = batch.rows.filter(state=RowState.TO_SEND)
    sent = rows.update(state=RowState.SENT, reason="", changed_at=now)
    if not sent:
        raise NoSuchStepError
    ReturnBatch.objects.filter(pk=batch.pk).update(sent_at=now)
    record(by, "return.sent", batch, centre_id=batch.centre_id, rows=sent)
    return sent


@transaction.atomic
def take_answers(
    *, batch: ReturnBatch, answers: Sequence[Answer], by: User, now: datetime
) -> tuple[int, int]:
    """What the national system said of rows that were handed in: (accepted, refused).

    Rows of another batch, and those that were not handed in, are left alone.

    Raises:
        NotYourReturnError, ReasonWantedError, NoSuchStepError: nothing changed.
    """
    _check_manages(by, batch.centre, now)
    said = {answer.number: answer for answer in answers}
    waiting = batch.rows.filter(state=RowState.SENT, pk__in=said).select_for_update(no_key=True)
    rows = list(waiting.order_by("pk"))
    for row in rows:
        answer = said[row.pk]
        row.state = RowState.ACCEPTED if answer.is_accepted else RowState.REFUSED
        row.reason = "" if answer.is_accepted else clean_words(answer.reason)[:REASON_LENGTH]
        row.changed_at = now
        if not (answer.is_accepted or row.reason):
            raise ReasonWantedError
    if not rows:
        raise NoSuchStepError
    ReturnRow.objects.bulk_update(rows, ["state", "reason", "changed_at"], INSERTED_AT_ONCE)
    accepted = sum(row.state == RowState.ACCEPTED for row in rows)
    refused = len(rows) - accepted
    centre_id = batch.centre_id
    record(by, "return.answered", batch, centre_id=centre_id, accepted=accepted, refused=refused)
    return accepted, refused


@transaction.atomic
def send_again(*, batch: ReturnBatch, row_ids: Sequence[int], by: User, now: datetime) -> int:
    """Put refused rows back, once what was wrong is put right; how many.

    Raises:
        NotYourReturnError, NoSuchStepError: nothing changed.
    """
    _check_manages(by, batch.centre, now)
    rows = batch.rows.filter(state=RowState.REFUSED, pk__in=row_ids)
    again = rows.update(state=RowState.TO_SEND, reason="", changed_at=now)
    if not again:
        raise NoSuchStepError
    record(by, "return.again", batch, centre_id=batch.centre_id, rows=again)
    return again


def _check_manages(by: User, centre: Centre | None, now: datetime) -> None:
    day = today(now)
    mine = centres_to_return(by, day)
    may = mine.filter(pk=centre.pk).exists() if centre else returns_whole_town(by, day)
    if not may:
        raise NotYourReturnError
