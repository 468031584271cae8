"""The message log of the demo: what was sent lately, what failed, and what is to come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import translation

from lishui_center.notifications.models import Notification, State
from lishui_center.notifications.quiet import quiet_hours
from lishui_center.notifications.rendering import for_log
from lishui_center.notifications.rules import quiet_safe
from services.bookings.messages import load_snapshots, recipient_of, tell
from services.bookings.models import Booking, Status
from services.centres.models import BookingPolicy

LATELY = timedelta(hours=36)
MOST_SENT = 300
EACH_FAILED = 75
FAILURE = "sms: refused by the gateway (demo data)"
LAST_WORD: dict[str, str] = {
    Status.NO_SHOW: "booking_no_show",
    Status.CANCELLED: "booking_cancelled",
}
POLICY = BookingPolicy()
NO_SHOW_FACTS = {
    "no_shows": 1,
    "limit": POLICY.no_show_limit,
    "within_days": POLICY.no_show_limit_days,
    "pause_days": POLICY.suspension_days,
}


def make_messages(*, now: datetime) -> None:
    """Write the log of the latest confirmations, and all messages of the demo's residents."""
    latest = Booking.objects.filter(created_at__gte=now - LATELY, status=Status.BOOKED, user=None)
    own = list(Booking.objects.filter(user__isnull=False).select_related("user"))
    told = [(booking, "booking_confirmed") for booking in latest.order_by("pk")[:MOST_SENT]]
    for booking in own:
        told.append((booking, "booking_confirmed"))
        if booking.status in LAST_WORD:
            told.append((booking, LAST_WORD[booking.status]))
    rows = list(_rows(told, now))
    for row in rows[EACH_FAILED - 1 : MOST_SENT : EACH_FAILED]:
        row.state, row.sent_at, row.last_error = State.FAILED, None, FAILURE
    Notification.objects.bulk_create(rows)
    for booking in own:
        if booking.is_active:
            tell(booking, now=now, reminders=True)


def _rows(told: list[tuple[Booking, str]], now: datetime) -> Iterator[Notification]:
    """The rows, worded in each person's language."""
    for language in sorted({booking.language for booking, _ in told}):
        theirs = [(booking, kind) for booking, kind in told if booking.language == language]
        with translation.override(language):
            snapshots = load_snapshots([booking.pk for booking, _ in theirs])
            for booking, kind in theirs:
                context = snapshots[booking.pk].context | NO_SHOW_FACTS
                sent_at = min(now, quiet_safe(_happened_at(booking, kind), kind, quiet_hours()))
                yield _row(booking, kind, for_log(kind, language, context), sent_at)


def _happened_at(booking: Booking, kind: str) -> datetime:
    if kind == "booking_cancelled" and booking.cancelled_at:
        return booking.cancelled_at
    return booking.ends_at if kind == "booking_no_show" else booking.created_at


def _row(booking: Booking, kind: str, text: str, sent_at: datetime) -> Notification:
    recipient = recipient_of(booking)
    return Notification(
        key=f"booking-{booking.pk}-{kind}-{booking.version}",
        kind=kind,
        state=State.SENT,
        created_at=sent_at,
        due_at=sent_at,
        sent_at=sent_at,
        channel="sms",
        user_id=recipient.user_id,
        phone_sealed=recipient.phone_sealed,
        phone_hash=recipient.phone_hash,
        email=recipient.email,
        language=recipient.language,
        subject_kind="booking",
        subject_id=booking.pk,
        subject_version=booking.version,
        centre_id=booking.centre_id,
        text=text,
    )
