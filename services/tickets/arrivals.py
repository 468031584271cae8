"""Finding the booking of somebody who stands at the desk or the kiosk."""

import re
from datetime import date

from lishui_center.common.encryption import lookup_hash
from lishui_center.common.phones import BadPhoneError, normalise_phone
from services.bookings.models import Booking, BookingQuerySet
from services.bookings.rules import REFERENCE_LENGTH
from services.centres.models import Centre

# A scanner types the whole link of the QR code.
LINK = re.compile(r"/b/(?P<reference>\w{6})/")


def bookings_of_day(centre: Centre, text: str, day: date) -> BookingQuerySet:
    """The day's open bookings at the centre that the text names: code, scanned link or phone."""
    found = Booking.objects.active().for_list().filter(centre=centre, date=day)
    link = LINK.search(text)
    typed = link["reference"] if link else text.strip()
    if len(typed) == REFERENCE_LENGTH and typed.isascii() and typed.isalnum():
        return found.filter(reference=typed.upper())
    try:
        return found.filter(phone_hash=lookup_hash(normalise_phone(typed)))
    except BadPhoneError:
        return found.none()
