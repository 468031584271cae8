"""Why a dispute, or its answer, is refused."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NothingToDisputeError(RuleError):
    code = "nothing_to_dispute"
    message = _("A record that somebody entered for you, or a rejection, can be disputed.")


class DisputeTooLateError(RuleError):
    code = "dispute_too_late"
    message = _("This could be disputed for %(days)s days. Please phone the centre.")


class DisputedAlreadyError(RuleError):
    code = "disputed_already"
    message = _("You have disputed this already. The page shows the answer.")


class InvolvedError(RuleError):
    code = "involved"
    message = _("You entered or decided on this record. Somebody else answers the dispute.")
    status = HTTPStatus.FORBIDDEN
