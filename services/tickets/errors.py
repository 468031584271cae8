"""Why a number cannot be taken."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class HallClosedError(RuleError):
    code = "hall_closed"
    message = _("Numbers are given only while the centre is open. Please look at the hours.")


class RemoteOffError(RuleError):
    code = "remote_off"
    message = _("This centre gives numbers only in its hall. Please take one when you are there.")


class NotYourDayError(RuleError):
    code = "not_the_day"
    message = _("This booking is for %(day)s. Please come back then, or take a number.")


class VisitOverError(RuleError):
    code = "visit_over"
    message = _("This booking has been used or is no longer valid. Please take a number.")


class TicketOverError(RuleError):
    code = "ticket_over"
    message = _("This number is no longer waiting. Please ask at the front desk.")


class ReturnedBeforeError(RuleError):
    code = "returned_before"
    message = _("This number has come back once already. Please take a new one.")


class NumberTakenError(RuleError):
    code = "number_taken"
    message = _("The number %(number)s is in use already. Please check what the paper says.")
