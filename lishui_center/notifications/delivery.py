"""Send what is due, once for each key.

A message goes due → claimed → sending → sent. Every step is one conditional UPDATE that names the
state and `next_at` it found, so two workers never both take it. A worker killed while `claimed`
has sent nothing: the next one takes over. Killed while `sending`, the provider may have it: a
channel that knows keys again gets it again, otherwise it ends `uncertain` for staff to see.
"""

import json
import logging
from datetime import datetime, timedelta

from django.utils import translation

from lishui_center.common import clock
from lishui_center.common.encryption import unseal
from lishui_center.notifications import channels, rendering, rules, subjects
from lishui_center.notifications.models import TROUBLE_STATES, Notification, State
from lishui_center.notifications.quiet import quiet_hours

logger = logging.getLogger(__name__)

# Longer than the slowest provider; a killed worker's messages wait this long.
CLAIM_FOR = timedelta(minutes=1)


def send_one(key: str, *, now: datetime) -> None:
    """Send one message if it is due and nobody else is at it."""
    row = Notification.objects.awaiting(now).filter(key=key).first()
    if row is None or not _claim(row, now):
        return
    try:
        _send(row, now)
    except Exception as error:
        # One message whose subject or wording is broken must not hold up the others.
        logger.exception("notification.broken", extra={"notification": row.pk})
        state = State.UNCERTAIN if row.state == State.SENDING else State.FAILED
        _finish(row, state, now, type(error).__name__)


def _claim(row: Notification, now: datetime) -> bool:
    if row.state == State.SENDING and not channels.channel(row.channel).once:
        _finish(row, State.UNCERTAIN, now, "sender stopped while sending")
        return False
    return _move(row, state=State.CLAIMED, next_at=now + CLAIM_FOR)


def _send(row: Notification, now: datetime) -> None:
    """Send a claimed message, put it off, or drop it."""
    if rules.too_late(row.kind, due_at=row.due_at, now=now):
        _finish(row, State.DROPPED, now, "too late")
        return
    language = rendering.language_of(row.language)
    with translation.override(language):
        subject = _subject(row)
    gone = rules.KINDS[row.kind].needs_live and not subject.is_live(now)
    if gone or subject.version != (row.subject_version or 0):
        _finish(row, State.DROPPED, now, "out of date")
        return
    row.centre_id = subject.centre_id
    earliest = rules.earliest(now, row.kind, day=subject.day, hours=quiet_hours())
    if earliest > now:
        _move(row, state=State.DUE, next_at=earliest)
        return
    days_left = {"days_left": (subject.day - clock.today(now)).days} if subject.day else {}
    _try_channels(row, {**subject.context, **days_left, **_own_context(row)}, language, now)


def _subject(row: Notification) -> subjects.Snapshot:
    if row.subject_id is None:
        return subjects.Snapshot(version=0)
    found = subjects.load(row.subject_kind, row.subject_id)
    return found or subjects.Snapshot(version=0, live=False)


def _own_context(row: Notification) -> dict[str, object]:
    secret = json.loads(unseal(row.secret_sealed) or "{}")
    return {**row.context, **secret}


def _try_channels(
    row: Notification, context: dict[str, object], language: str, now: datetime
) -> None:
    """Hand the message to the first of the recipient's channels that takes it.

    When none does, it is tried again later, unless every one refused it for good.
    """
    refusals: list[bool] = []
    error = "no channel"
    for name in _channels_of(row):
        try:
            if _hand_over(row, rendering.outgoing(name, row, context, language), now):
                _finish(row, State.SENT, now)
            return
        except channels.UnansweredError as unanswered:
            _finish(row, State.UNCERTAIN, now, str(unanswered))
            return
        except channels.NotSentError as failure:
            refusals.append(isinstance(failure, channels.RefusedError))
            error = f"{name}: {failure}"
    _put_off(row, error, now, for_good=all(refusals))


def _hand_over(row: Notification, out: channels.Outgoing, now: datetime) -> bool:
    """Give the message to its channel; False when the claim was lost before."""
    sending = _move(
        row,
        state=State.SENDING,
        channel=out.channel,
        next_at=now + CLAIM_FOR,
        centre_id=row.centre_id,
        text=out.log_text,
    )
    if sending:
        channels.channel(out.channel).deliver(out)
    return sending


def _channels_of(row: Notification) -> list[str]:
    return channels.available(
        phone=bool(row.phone_sealed),
        email=bool(row.email),
        user=row.user_id is not None,
    )


def _put_off(row: Notification, error: str, now: datetime, *, for_good: bool) -> None:
    row.attempts += 1
    again = rules.next_try(row.kind, attempts=row.attempts, due_at=row.due_at, now=now)
    if for_good or again is None:
        _finish(row, State.FAILED, now, error)
        return
    _move(row, state=State.DUE, next_at=again, attempts=row.attempts, last_error=error[:200])
    logger.warning("notification.put_off", extra={"notification": row.pk, "error": error})


def _finish(row: Notification, state: State, now: datetime, error: str = "") -> None:
    """End the message in `state`; its secret is forgotten."""
    _move(
        row,
        state=state,
        next_at=None,
        sent_at=now if state == State.SENT else None,
        attempts=row.attempts,
        centre_id=row.centre_id,
        last_error=error[:200],
        secret_sealed="",
    )
    level = logging.ERROR if state in TROUBLE_STATES else logging.INFO
    facts = {"notification": row.pk, "kind": row.kind, "error": error}
    logger.log(level, "notification.%s", state.value, extra=facts)


def _move(row: Notification, **changes: object) -> bool:
    """Change the row if it still is as this worker left it; False when somebody else has it."""
    as_found = Notification.objects.filter(pk=row.pk, state=row.state, next_at=row.next_at)
    if not as_found.update(**changes):
        return False
    for field, value in changes.items():
        setattr(row, field, value)
    return True
