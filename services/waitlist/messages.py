"""What a waiting person is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from lishui_center.common.clock import clock_text
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, Recipient, notify
from lishui_center.notifications.quiet import quiet_hours
from lishui_center.notifications.subjects import Snapshot
from services.waitlist.models import WaitlistEntry, WaitState
from services.waitlist.rules import minutes_to_answer

HOUR = 60


def tell_offer(entry: WaitlistEntry, *, now: datetime) -> None:
    """A place is kept for the person; by when to take it."""
    assert entry.offer_expires_at is not None  # noqa: S101 - holds for every offer, by constraint
    minutes = minutes_to_answer(now, entry.offer_expires_at, quiet_hours())
    with translation.override(entry.language):
        within = duration(minutes)
    notify(
        Message(
            kind="waitlist_offer",
            key=f"waitlist-{entry.pk}-offer-{entry.version}",
            recipient=Recipient(
                user_id=entry.user_id,
                phone_sealed=entry.phone_sealed,
                phone_hash=entry.phone_hash,
                email=entry.user.email if entry.user else "",
                language=entry.language,
            ),
            due_at=now,
            subject=("waitlist", entry.pk, entry.version),
            context={"within": within},
        )
    )


def duration(minutes: int) -> str:
    """'2 hours' in the active language; never more than there is."""
    if minutes % HOUR and minutes < 2 * HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = minutes // HOUR
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def entry_path(entry: WaitlistEntry) -> str:
    """The path by which the entry is seen and answered without signing in."""
    return f"{reverse('waitlist:show', args=[entry.reference])}?t={entry.token}"


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Offers as messages see them (notifications.subjects)."""
    entries = WaitlistEntry.objects.for_page().filter(pk__in=pks)
    return {entry.pk: _snapshot(entry) for entry in entries}


def _snapshot(entry: WaitlistEntry) -> Snapshot:
    return Snapshot(
        version=entry.version,
        live=entry.state == WaitState.OFFERED,
        ends_at=entry.offer_expires_at,
        day=entry.date,
        centre_id=entry.centre_id,
        context={
            "date": message_date(entry.date),
            "start": "" if entry.offered_cell is None else clock_text(entry.offered_cell),
            "item": ", ".join(item.short_name for item in entry.items.all()[:1]),
            "centre": entry.centre.short_name,
            "url": f"{settings.SITE_URL}{entry_path(entry)}",
        },
    )
