"""Why a check of a record drawn by lot is refused."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class ApprovedByYouError(RuleError):
    code = "approved_by_you"
    message = _("You approved this record. Somebody else checks it.")
    status = HTTPStatus.FORBIDDEN


class NotYourCentreError(RuleError):
    code = "not_your_centre"
    message = _("Only the centre's managers and the town's administrators check this.")
    status = HTTPStatus.FORBIDDEN


class DismissedAlreadyError(RuleError):
    code = "dismissed_already"
    message = _("Somebody found this in order already.")
