"""Why a time cannot be taken, each with what to do next."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class SlotFullError(RuleError):
    code = "slot_full"
    message = _("This time has just been taken. Please choose another one.")


class SlotPastError(RuleError):
    code = "slot_past"
    message = _("This time has passed. Please choose a later one.")


class SlotTooSoonError(RuleError):
    code = "slot_too_soon"
    message = _(
        "This time begins too soon to be booked. Choose a later one, or come without a booking."
    )


class SlotTooFarError(RuleError):
    code = "slot_too_far"
    message = _("This day cannot be booked yet. It opens on %(opens)s at %(hour)s.")


class SlotClosedError(RuleError):
    code = "slot_closed"
    message = _("The centre is closed at this time. Please choose another one.")


class SlotOffGridError(RuleError):
    code = "slot_off_grid"
    message = _("Times begin every 15 minutes, on the full quarter of an hour.")
    status = 400


class HoldExpiredError(SlotFullError):
    code = "hold_expired"
    message = _(
        "The time was kept for a while, then someone else took it. Please choose another one."
    )
