"""Why a step with a meeting is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class DecisionSettledError(RuleError):
    code = "decision_settled"
    message = _("This decision is settled already. The page shows it as it is now.")
