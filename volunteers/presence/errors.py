"""Why somebody cannot check in, or a list cannot be settled."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class CodeWrongError(RuleError):
    code = "code_wrong"
    message = _("This code is not right or no longer valid. Please scan or type the one shown now.")
    status = 400


class TooManyTriesError(RuleError):
    code = "too_many_tries"
    message = _(
        "Too many codes were tried. Please wait a minute, or ask the organiser to tick you."
    )
    status = 429


class TooManyNumbersError(RuleError):
    code = "too_many_tries"
    message = _("Too many numbers were tried. Please wait a minute.")
    status = 429


class NotOnListError(RuleError):
    code = "not_on_list"
    message = _("You are not signed up for this session. Please ask the organiser.")


class NoAccountError(RuleError):
    code = "no_account"
    message = _(
        "Nobody with this number has an account. Please check it, or let the person sign in on "
        "their own phone."
    )


class NotTimeError(RuleError):
    code = "not_time"
    message = _(
        "You can check in from 30 minutes before the start until the end, and check out until an "
        "hour after it."
    )


class NotCheckedInError(RuleError):
    code = "not_checked_in"
    message = _("Please check in first.")


class ListClosedError(RuleError):
    code = "list_closed"
    message = _("The list can be settled from the start until 14 days after the session.")
