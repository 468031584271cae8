"""Messages to people, and what fills their wording."""

from datetime import UTC, datetime
from itertools import count

from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.notifications.actions import Message, Recipient, notify
from lishui_center.notifications.models import Notification, State

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
_numbers = count()

BOOKING = {
    "reference": "K7Q2M9",
    "date": "11月25日",
    "start": "14:00",
    "end": "14:30",
    "centre": "镇中心",
    "item": "居住证签注",
    "cancel_before": "12:00",
    "url": "https://lishui.example/b/K7Q2M9/?t=secret-token",
}


def recipient(**fields: object) -> Recipient:
    """Somebody with phone 13800000001 and no account, who reads Chinese."""
    phone = str(fields.pop("phone", "13800000001"))
    known = {
        "user_id": None,
        "phone_sealed": seal(phone),
        "phone_hash": lookup_hash(phone) if phone else "",
        "email": "",
        "language": "zh-hans",
    }
    return Recipient(**(known | fields))


def message(**fields: object) -> Message:
    """A confirmation due at noon, complete by its own context."""
    known = {
        "kind": "booking_confirmed",
        "key": f"message-{next(_numbers)}",
        "recipient": recipient(),
        "due_at": NOON,
        "context": BOOKING,
    }
    return Message(**(known | fields))


def written(**fields: object) -> Notification:
    """The row of such a message, waiting to be sent."""
    asked = message(**fields)
    notify(asked)
    return Notification.objects.get(key=asked.key)


def failed(**fields: object) -> Notification:
    """A message the gateway refused; `fields` are columns."""
    row = written()
    changes = {"state": State.FAILED, "next_at": None, "last_error": "sms: HTTP 400"}
    Notification.objects.filter(pk=row.pk).update(**(changes | fields))
    row.refresh_from_db()
    return row
