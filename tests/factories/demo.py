"""What the demo came to, in a few letters."""

import hashlib

from services.bookings.models import Booking, BookingItem
from services.roster.models import Shift
from services.slots.models import Claim
from services.waitlist.models import WaitlistEntry


def digest() -> str:
    """Everything about the bookings that does not hang on keys, salts and row numbers."""
    rows = [
        Booking.objects.values_list(
            *("reference", "centre__code", "pool__code", "date", "start_cell", "cells"),
            *("status", "name", "nth", "language", "created_at", "cancelled_at", "user__email"),
        ).order_by("reference"),
        BookingItem.objects.values_list("booking__reference", "item__code", "position").order_by(
            "booking__reference", "position"
        ),
        Claim.objects.values_list("booking__reference", "cell", "lane").order_by(
            "booking__reference", "cell"
        ),
        WaitlistEntry.objects.values_list("reference", "name", "earliest_cell").order_by(
            "reference"
        ),
        Shift.objects.values_list(
            "centre__code", "date", "window__number", "from_cell", "to_cell", "staff__display_name"
        ).order_by("centre__code", "date", "from_cell", "window__number", "staff__email"),
    ]
    return hashlib.sha256(repr([list(part) for part in rows]).encode()).hexdigest()
