"""Why a list of missing documents is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NothingNamedError(RuleError):
    code = "nothing_named"
    message = _("Please tick or write what is missing for “%(item)s”: all of it, at once.")
    status = 400


class NothingMissingError(RuleError):
    code = "nothing_missing"
    message = _("Nothing is marked as missing. Please choose “Documents missing” first.")
