"""The bookings a desk looks at, and the times it can offer on the phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from lishui_center.common.clock import CELLS_PER_DAY, today
from lishui_center.common.encryption import lookup_hash
from lishui_center.common.phones import BadPhoneError, normalise_phone
from services.bookings.access import bookings_for_staff
from services.bookings.models import Booking, BookingQuerySet
from services.bookings.rules import REFERENCE_LENGTH
from services.catalogue.models import RequiredDocument, ServiceItem
from services.centres.access import centres_staffed_by
from services.centres.models import BookingPolicy, Centre
from services.slots.access import relaxed, terms_of
from services.slots.bands import EVENING, NOON, Band
from services.slots.models import Claim, DaySlots
from services.standing.errors import OwnRecordError

OFFERED_DAYS = 8

CELLS_OF = {
    Band.MORNING: (0, NOON - 1),
    Band.AFTERNOON: (NOON, EVENING - 1),
    Band.EVENING: (EVENING, CELLS_PER_DAY - 1),
}


@dataclass(frozen=True)
class DayFilter:
    """What of a day is looked at; no centre means all of the person's, empty texts everything."""

    centre: Centre | None
    day: date
    text: str = ""
    band: str = ""
    status: str = ""


def day_list(user: User, wanted: DayFilter, today: date) -> BookingQuerySet:
    """The bookings of the day by time, at the centres where the person works.

    A reference or a phone number finds the person's bookings of every day, latest first.
    """
    found = bookings_for_staff(user, today)
    if wanted.centre:
        found = found.filter(centre=wanted.centre)
    if by_person := _same_person(wanted.text):
        return found.filter(by_person).order_by("-starts_at", "pk")
    found = found.filter(date=wanted.day)
    if wanted.text:
        found = found.filter(name__icontains=wanted.text)
    if wanted.band:
        found = found.filter(start_cell__range=CELLS_OF[Band(wanted.band)])
    if wanted.status:
        found = found.filter(status=wanted.status)
    return found.order_by("start_cell", "centre__tier_order", "centre__code", "pool__code", "pk")


def get_centre_staffed(user: User, code: str, today: date) -> Centre:
    """The centre, or 404 for anyone who does not work there."""
    return get_object_or_404(centres_staffed_by(user, today), code=code)


def check_not_own(booking: Booking, user: User) -> None:
    """Refuse to let staff change their own visit: as residents they keep the residents' rules.

    Raises:
        OwnRecordError
    """
    if booking.user_id == user.pk:
        raise OwnRecordError
    check_not_own_phone(booking.phone_hash, user)


def check_not_own_phone(phone_hash: str, user: User) -> None:
    """The same of a visit not booked yet.

    Raises:
        OwnRecordError
    """
    if user.phone_hash and user.phone_hash == phone_hash:
        raise OwnRecordError


def offered_items(centre: Centre) -> list[ServiceItem]:
    """What the centre handles and takes bookings for."""
    return list(ServiceItem.objects.offered(centre.code).filter(online=True))


def documents_of(booking: Booking) -> list[str]:
    """What to bring for all services of the visit, each paper once."""
    documents = RequiredDocument.objects.filter(
        item__in=[line.item for line in booking.items.all()]
    )
    return list(dict.fromkeys(document.name for document in documents))


def free_days(
    *, pool_id: int, cells: int, policy: BookingPolicy, now: datetime
) -> Iterator[DaySlots]:
    """The days staff can offer: up to the last minute, for they see the hall."""
    first = today(now)
    return Claim.objects.days(
        pool_id=pool_id,
        first=first,
        last=first + timedelta(days=OFFERED_DAYS - 1),
        cells=cells,
        terms=relaxed(terms_of(policy), by_staff=True),
        now=now,
    )


def _same_person(text: str) -> Q | None:
    """A filter by reference or phone, when the text looks like one."""
    if len(text) == REFERENCE_LENGTH and text.isascii() and text.isalnum():
        return Q(reference=text.upper())
    try:
        return Q(phone_hash=lookup_hash(normalise_phone(text)))
    except BadPhoneError:
        return None
