"""Why asking to join, or the answer, is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class AskedAlreadyError(RuleError):
    code = "asked_already"
    message = _("You have asked already. You will be told the answer.")


class JoinOverError(RuleError):
    code = "join_over"
    message = _("This request is no longer open. The page shows it as it is now.")
