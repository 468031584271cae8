"""Why a day cannot be closed."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class DayNotOverError(RuleError):
    code = "day_not_over"
    message = _("This day is not over yet. It is closed after the centre's closing time.")
