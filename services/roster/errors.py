"""Why a change of the roster is refused, each with what to do next."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class OverMidnightError(RuleError):
    code = "shift_over_midnight"
    message = _(
        "A shift ends on the day it begins, after its start. Please plan what is after midnight "
        "as a shift of the next day."
    )
    status = 400


class BreakOutsideError(RuleError):
    code = "break_outside"
    message = _("The break lies inside the shift, with work before and after it.")
    status = 400


class ShiftOverError(RuleError):
    code = "shift_over"
    message = _("This shift is over, and what was is kept as it was.")


class ShiftChangedError(RuleError):
    code = "shift_changed"
    message = _("This shift was changed in the meantime. Please look at it again.")


class NotStaffError(RuleError):
    code = "not_staff"
    message = _("This person does not work at this centre on that day. Please choose another.")


class WindowElsewhereError(RuleError):
    code = "window_elsewhere"
    message = _("This window belongs to another centre. Please choose one of this centre.")
    status = 400


class OnLeaveError(RuleError):
    code = "on_leave"
    message = _("This person is on leave on that day. Please choose another.")


class PersonBusyError(RuleError):
    code = "person_busy"
    message = _("This person has another shift at that time, from %(start)s to %(end)s.")


class WindowTakenError(RuleError):
    code = "window_taken"
    message = _("Somebody else is at this window at that time, from %(start)s to %(end)s.")


class LeaveBackwardsError(RuleError):
    code = "leave_backwards"
    message = _("The last day of a leave comes after the first, and is not over yet.")
    status = 400


class LeaveOverlapsError(RuleError):
    code = "leave_overlaps"
    message = _("There is a leave from %(first)s to %(last)s already. Please choose other days.")


class LeaveHasShiftsError(RuleError):
    code = "leave_has_shifts"
    message = _(
        "There are shifts on %(days)s. Please give them to somebody else first, then grant the "
        "leave."
    )


class LeaveDecidedError(RuleError):
    code = "leave_decided"
    message = _("This leave has been decided on already.")


class LeaveOverError(RuleError):
    code = "leave_over"
    message = _("This leave is over, declined or withdrawn already.")


class SwapOverError(RuleError):
    code = "swap_over"
    message = _("This request is no longer open: it was answered, or a shift has changed.")


class SwapAskedError(RuleError):
    code = "swap_asked"
    message = _("Somebody is asked to take this shift already. Withdraw that request first.")


class NotYoursError(RuleError):
    code = "not_yours"
    message = _("This is for somebody else to decide.")
    status = 403
