"""Why a booking is refused, each with what to do next."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class DailyLimitError(RuleError):
    code = "daily_limit"
    message = _(
        "There are already %(limit)s bookings for this person on this day. Please choose another "
        "day, add the service to an existing booking, or come without a booking."
    )


class ItemAlreadyBookedError(RuleError):
    code = "item_already_booked"
    message = _("This person has already booked %(items)s. Please move or cancel that booking.")


class CancelLimitError(RuleError):
    code = "cancel_limit"
    message = _(
        "%(limit)s bookings were cancelled in the last %(days)s days, so online booking pauses "
        "until %(until)s. You can come without a booking at any time."
    )


class SuspendedError(RuleError):
    code = "suspended"
    message = _(
        "Online booking is paused until %(until)s after missed visits. You can come without a "
        "booking at any time, ask our staff to book for you, or appeal by the link in our message."
    )


class PhoneUnprovenError(RuleError):
    code = "phone_unproven"
    message = _(
        "Please prove the phone first: POST it to /api/v1/phone-codes/ and send the code that it "
        "receives in the header X-Phone-Code."
    )
    status = 403


class IdempotencyError(RuleError):
    code = "idempotency_conflict"
    message = _("This request was sent before with other contents. Please start again.")


class NotActiveError(RuleError):
    code = "not_active"
    message = _("This booking is no longer open. Please book again.")


class ChangedElsewhereError(RuleError):
    code = "changed_elsewhere"
    message = _("This booking was changed in the meantime. Please look at it again.")


class TooLateToChangeError(RuleError):
    code = "too_late_to_change"
    message = _(
        "Online changes end %(minutes)s minutes before the visit. Please phone the centre: "
        "%(phone)s."
    )


class SameTimeError(RuleError):
    code = "same_time"
    message = _("The booking is at this time already. Please choose another one.")
