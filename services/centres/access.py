"""Which centres a member of staff works at or manages."""

from datetime import date

from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres, staffed_centres
from lishui_center.accounts.models import User
from services.centres.models import BookingPolicy, Centre, CentreQuerySet, Window


def centres_staffed_by(user: User, today: date) -> CentreQuerySet:
    """The centres where the person works that have windows."""
    return Centre.objects.bookable().filter(staffed_centres(user, today, field="pk"))


def centres_managed_by(user: User, today: date) -> CentreQuerySet:
    """The centres whose opening and settings the person decides on."""
    return Centre.objects.active().filter(managed_centres(user, today, field="pk"))


def get_centre_to_manage(user: User, code: str, today: date) -> Centre:
    """The centre, or 404 for anyone who does not manage it."""
    return get_object_or_404(centres_managed_by(user, today), code=code)


def get_window(centre: Centre, pk: int) -> Window:
    """The centre's window, or 404."""
    return get_object_or_404(Window, centre=centre, pk=pk)


def get_policy(centre: Centre) -> BookingPolicy:
    """What the centre allows; the defaults while nothing was stored."""
    return BookingPolicy.objects.filter(centre=centre).first() or BookingPolicy(centre=centre)
