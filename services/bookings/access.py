"""Who may see or change a booking: the holder of its link, its owner, the centre's staff."""

from datetime import date

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from lishui_center.common.encryption import lookup_hash
from services.bookings.models import Booking, BookingQuerySet


def get_booking_by_link(reference: str, token: str) -> Booking:
    """The booking, or 404: a wrong token learns nothing, not even that it exists."""
    if not reference.isalnum():  # no database takes a NUL
        raise Http404
    booking = Booking.objects.for_list().filter(reference=reference.upper()).first()
    if booking is None or not constant_time_compare(booking.token, token):
        raise Http404
    return booking


def bookings_of(user: User) -> BookingQuerySet:
    """What a person booked while signed in, and what was booked with the phone they proved."""
    own = Q(user=user)
    if user.phone_verified_at:
        own |= Q(phone_hash=user.phone_hash)
    return Booking.objects.for_list().filter(own)


def find_booking(reference: str, phone: str) -> Booking | None:
    """The booking with this reference, if its messages go to this phone."""
    booking = Booking.objects.filter(reference=reference.upper()).first()
    if booking is None or not constant_time_compare(booking.phone_hash, lookup_hash(phone)):
        return None
    return booking


def bookings_for_staff(user: User, today: date) -> BookingQuerySet:
    """The bookings of the centres where the person works."""
    return Booking.objects.for_list().filter(staffed_centres(user, today))


def get_booking_for_staff(user: User, reference: str, today: date) -> Booking:
    """The booking, or 404 for anyone who does not work at its centre."""
    return get_object_or_404(bookings_for_staff(user, today), reference=reference.upper())
