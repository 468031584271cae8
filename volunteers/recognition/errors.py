"""Why a star is not announced, awarded or taken back, in words for those who decide."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotYourVolunteerError(RuleError):
    code = "not_your_volunteer"
    message = _("Only the managers of this volunteer's centre decide on this.")
    status = HTTPStatus.FORBIDDEN


class WrongStateError(RuleError):
    code = "wrong_state"
    message = _("This has moved on meanwhile. The page shows it as it is now.")


class HoursMissingError(RuleError):
    code = "hours_missing"
    message = _("The approved hours are no longer enough for this star.")


class NoticeRunsError(RuleError):
    code = "notice_runs"
    message = _("The public notice runs until %(until)s. The star can be awarded after that day.")


class SecondPersonError(RuleError):
    code = "second_person"
    message = _("You took part in this yourself. Please leave this step to a colleague.")
    status = HTTPStatus.FORBIDDEN


class ObjectedAlreadyError(RuleError):
    code = "objected_already"
    message = _("You have objected to this already. We look into it.")


class HoursSufficeError(RuleError):
    code = "hours_suffice"
    message = _("The approved hours are enough for this star, so it cannot be taken back.")
