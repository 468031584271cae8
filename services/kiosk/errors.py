"""Why a number cannot be taken by phone."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class UnknownPhoneError(RuleError):
    code = "phone_unproven"
    message = _("Please sign in with this phone to get messages, or leave the phone out.")
    status = 403
