"""Why somebody cannot sign up, confirm, or cancel."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class SignupClosedError(RuleError):
    code = "signup_closed"
    message = _("The sign-up for this session is closed. Please choose another one.")


class SignInWantedError(RuleError):
    code = "sign_in_wanted"
    message = _("Please sign in first: service and training are kept under your own account.")
    status = 403


class AlreadySignedUpError(RuleError):
    code = "already_signed_up"
    message = _("This person is on the list of this session already.")


class SessionFullError(RuleError):
    code = "session_full"
    message = _("All places are taken. Add places to the session first, if the room allows it.")


class OfferExpiredError(RuleError):
    code = "offer_over"
    message = _("The time to confirm is over, and the place went to the next person.")


class CancelTooLateError(RuleError):
    code = "cancel_too_late"
    message = _(
        "It is less than 2 hours until the session. Please phone the centre, so that they know."
    )


class SignupOverError(RuleError):
    code = "signup_over"
    message = _("This sign-up is no longer open. Please look again.")


class CapacityTakenError(RuleError):
    code = "capacity_taken"
    message = _("%(taken)s people hold a place already. There cannot be fewer places than that.")


class ReasonNeededError(RuleError):
    code = "reason_needed"
    message = _("Please say in a few words why: everybody who signed up is told.")
    status = 400
