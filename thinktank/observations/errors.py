"""Why a step with an observation is refused."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class UnknownSubjectError(RuleError):
    code = "unknown_subject"
    message = _("There is no such thing to observe. Please choose one from the list.")
    status = HTTPStatus.BAD_REQUEST


class FutureObservationError(RuleError):
    code = "observed_in_the_future"
    message = _("This day is still to come. Please give the day on which you observed it.")
    status = HTTPStatus.BAD_REQUEST


class EmptyReportError(RuleError):
    code = "empty_report"
    message = _("Please give the report a title and write it before you submit it.")
    status = HTTPStatus.BAD_REQUEST


class WrongStateError(RuleError):
    code = "wrong_state"
    message = _("This is not possible any more. The page shows the report as it is now.")


class StillInOfficeError(RuleError):
    code = "still_in_office"
    message = _("Its author is still in office and finishes this draft alone.")
