"""Ask for messages to be sent. They go out after the commit, once for each key."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lishui_center.audit.actions import record
from lishui_center.common.encryption import seal
from lishui_center.common.errors import RuleError
from lishui_center.common.inserting import insert
from lishui_center.notifications import rules, subjects
from lishui_center.notifications.delivery import send_one
from lishui_center.notifications.models import Notification, State
from lishui_center.notifications.quiet import quiet_hours
from lishui_center.notifications.waking import wake_worker


class NotResendableError(RuleError):
    """The message is neither failed nor uncertain, or its content is gone."""

    code = "not_resendable"
    message = _("This message cannot be sent again. Reload the page to see where it stands.")


@dataclass(frozen=True)
class Recipient:
    """Where a person can be reached; empty fields are channels the person does not have."""

    user_id: int | None
    phone_sealed: str
    phone_hash: str
    email: str
    language: str


@dataclass(frozen=True)
class Message:
    """One message to one person.

    `kind` names the rules and templates; `key` makes it once for ever. `subject` is (subject
    kind, pk, version): the wording is filled at send time from the subject and `context`.
    """

    kind: str
    key: str
    recipient: Recipient
    due_at: datetime
    subject: tuple[str, int, int] | None = None
    context: dict[str, str] = field(default_factory=dict)


def notify_all(messages: Sequence[Message]) -> None:
    """Write the messages in the caller's transaction, in one INSERT.

    A key that exists is left alone, so an action may run twice.
    """
    if _write(messages):
        transaction.on_commit(wake_worker, robust=True)


def notify(message: Message) -> None:
    """Write one message in the caller's transaction."""
    notify_all([message])


def send_now(message: Message) -> None:
    """Write the message and send it in this process right after the commit: for codes.

    Needs no worker. When the provider does not take it, the worker tries again.
    """
    if _write([message]):
        transaction.on_commit(partial(_send_at_once, message.key), robust=True)


@transaction.atomic
def resend(row: Notification, *, staff: AbstractBaseUser, reason: str, now: datetime) -> None:
    """Send a failed or uncertain message again, as a new message to the provider.

    Raises:
        NotResendableError: it was sent meanwhile, or was a code, which is gone.
    """
    again = Notification.objects.resendable().filter(pk=row.pk)
    if not again.update(
        state=State.DUE, due_at=now, next_at=now, attempts=0, resends=F("resends") + 1
    ):
        raise NotResendableError
    record(staff, "notification.resent", row, centre_id=row.centre_id, reason=reason)
    transaction.on_commit(wake_worker, robust=True)


def mark_read(rows: Iterable[Notification], *, now: datetime) -> None:
    """Remember that the person has seen these messages in the web inbox."""
    unread = [row.pk for row in rows if row.read_at is None]
    Notification.objects.filter(pk__in=unread).update(read_at=now)


@transaction.atomic
def forget_person(*, user_id: int, phone_hash: str, now: datetime) -> None:
    """Remove what was written to a person; `phone_hash` is the proven phone's, or empty.

    What waits to be said about something still to come keeps the phone it goes to, and no more.
    """
    rows = Notification.objects.of_person(user_id, phone_hash)
    waiting = rows.exclude(next_at=None).exclude(phone_sealed="")
    kept = [row.pk for row in waiting if _is_about_what_comes(row, now)]
    rows.exclude(pk__in=kept).delete()
    Notification.objects.filter(pk__in=kept).update(user=None, email="")


def forget_old(*, now: datetime) -> int:
    """Remove finished messages older than the retention; how many is the answer."""
    count, _ = Notification.objects.forgettable(now - rules.RETENTION).delete()
    return count


def _is_about_what_comes(row: Notification, now: datetime) -> bool:
    if row.subject_id is None:
        return False
    subject = subjects.load(row.subject_kind, row.subject_id)
    return subject is not None and subject.is_live(now) and subject.version == row.subject_version


def _send_at_once(key: str) -> None:
    send_one(key, now=timezone.now())


def _write(messages: Sequence[Message]) -> bool:
    """Insert the rows; whether any of them is due already."""
    if not messages:
        return False
    now = timezone.now()
    insert([_row(message, now) for message in messages], once="key")
    return any(message.due_at <= now for message in messages)


def _row(message: Message, now: datetime) -> Notification:
    recipient = message.recipient
    due_at = rules.quiet_safe(message.due_at, message.kind, quiet_hours())
    subject_kind, subject_id, subject_version = message.subject or ("", None, None)
    secret = rules.KINDS[message.kind].secret
    return Notification(
        key=message.key,
        kind=message.kind,
        created_at=now,
        due_at=due_at,
        next_at=due_at,
        user_id=recipient.user_id,
        phone_sealed=recipient.phone_sealed,
        phone_hash=recipient.phone_hash,
        email=recipient.email,
        language=recipient.language,
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_version=subject_version,
        context={} if secret else message.context,
        secret_sealed=seal(json.dumps(message.context)) if secret else "",
    )
