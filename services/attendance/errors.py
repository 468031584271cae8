"""Why an arrival or a missed visit cannot be noted."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotTheDayError(RuleError):
    code = "not_the_day"
    message = _("Arrivals are noted on the day of the visit.")


class NotYetError(RuleError):
    code = "not_yet"
    message = _("A visit is missed only %(minutes)s minutes after its start.")


class NotMissedError(RuleError):
    code = "not_missed"
    message = _("Our own closure disturbed this visit, so it cannot count as missed.")


class NothingToUndoError(RuleError):
    code = "nothing_to_undo"
    message = _("There is nothing to take back here. Please look again.")


class TooEarlyToConfirmError(RuleError):
    code = "too_early_to_confirm"
    message = _("Please say that you will come from %(day)s on, the day before your visit.")
