"""Why somebody cannot wait for a place or take it, each with what to do next."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class RangeError(RuleError):
    code = "range_reversed"
    message = _("The earliest start must not be after the latest one.")
    status = 400


class PlacesFreeError(RuleError):
    code = "places_free"
    message = _("There is a free place at %(time)s. You can book it right now.")


class AlreadyWaitingError(RuleError):
    code = "already_waiting"
    message = _(
        "This person is on the waiting list for this day already. We will write as soon as a place "
        "comes free."
    )


class OfferOverError(RuleError):
    code = "offer_over"
    message = _(
        "The time to confirm is over, and the place went to the next person. You can join the "
        "waiting list again."
    )


class NotWaitingError(RuleError):
    code = "not_waiting"
    message = _("You are no longer on the waiting list for this day.")
