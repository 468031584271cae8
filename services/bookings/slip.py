"""What a booking's own page says, and how the visit looks in a calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lishui_center.common.calendars import Entry, as_calendar
from lishui_center.common.clock import today
from lishui_center.common.dates import clock
from lishui_center.common.language import in_language
from services.bookings import rules
from services.bookings.messages import manage_url
from services.bookings.models import Booking, Status
from services.catalogue.access import documents_of
from services.catalogue.models import RequiredDocument, ServiceItem


class Stage(StrEnum):
    """Where a visit stands, as its holder sees it."""

    COMING = "coming"
    CLOSED = "closed"
    ARRIVED = "arrived"
    DONE = "done"
    PAST = "past"
    MISSED = "missed"
    CANCELLED = "cancelled"
    CANCELLED_BY_US = "cancelled_by_us"


@dataclass(frozen=True)
class Slip:
    """A booking with all that its page shows."""

    booking: Booking
    items: list[ServiceItem]
    documents: list[RequiredDocument]
    stage: Stage
    deadline: datetime
    now: datetime

    @property
    def can_change(self) -> bool:
        """Whether it can still be moved or cancelled online."""
        return self.stage in (Stage.COMING, Stage.CLOSED) and self.now <= self.deadline

    @property
    def url(self) -> str:
        return manage_url(self.booking)

    @property
    def asks_attendance(self) -> bool:
        """Whether one tap may now say "I will come": from the day before until the start."""
        eve = self.booking.date - timedelta(days=1)
        is_open = self.booking.attendance_confirmed_at is None and today(self.now) >= eve
        return self.stage == Stage.COMING and is_open

    @property
    def is_ahead(self) -> bool:
        """Whether the visit still takes place."""
        return self.stage in (Stage.COMING, Stage.CLOSED, Stage.ARRIVED)

    @property
    def book_again(self) -> str:
        """The same visit as the query of the first step."""
        items = [("item", item.code) for item in self.items]
        return urlencode([("centre", self.booking.centre.code), *items])


def slip_of(booking: Booking, *, now: datetime) -> Slip:
    """The booking's page; a visit that the centre disturbed can be changed up to its start."""
    items = [line.item for line in booking.items.all()]
    minutes = 0 if booking.kept_free else booking.centre.policy.cancel_before_minutes
    return Slip(
        booking=booking,
        items=items,
        documents=documents_of(items),
        stage=stage_of(booking, now),
        deadline=rules.change_deadline(booking.starts_at, minutes),
        now=now,
    )


def stage_of(booking: Booking, now: datetime) -> Stage:
    """Where the visit stands at this moment."""
    if booking.status == Status.CANCELLED:
        by_us = booking.cancelled_by == "centre"
        return Stage.CANCELLED_BY_US if by_us else Stage.CANCELLED
    settled = {
        Status.CHECKED_IN: Stage.ARRIVED,
        Status.DONE: Stage.DONE,
        Status.NO_SHOW: Stage.MISSED,
    }.get(Status(booking.status))
    if settled:
        return settled
    if booking.kept_free:
        return Stage.CLOSED
    return Stage.COMING if booking.ends_at > now else Stage.PAST


def calendar_of(slip: Slip) -> bytes:
    """The visit as an iCalendar file; importing a later version moves the same entry."""
    booking = slip.booking
    entry = Entry(
        reference=booking.reference,
        version=booking.version,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        title=in_language("、", ", ").join(item.name for item in slip.items),
        place=f"{booking.centre.name} {booking.centre.address}".strip(),
        words=_description(slip),
        url=slip.url,
        is_off=booking.status == Status.CANCELLED,
    )
    return as_calendar(entry, product="Booking", now=slip.now)


def _description(slip: Slip) -> str:
    lines = [
        _("Booking code: %(reference)s") % {"reference": slip.booking.reference},
        _("Please come 10 minutes early to take a number."),
    ]
    if slip.documents:
        names = in_language("、", ", ").join(document.name for document in slip.documents)
        lines.append(_("Please bring: %(documents)s") % {"documents": names})
    if slip.can_change:
        lines.append(
            _("To be moved or cancelled until %(clock)s.") % {"clock": clock(slip.deadline)}
        )
    return "\n".join(lines)
