"""Why a team's state stays as it is."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class DisbandedError(RuleError):
    code = "disbanded"
    message = _("This team is disbanded. A new one can be made instead.")


class SameStateError(RuleError):
    code = "same_state"
    message = _("The team is in this state already. Please look again.")
