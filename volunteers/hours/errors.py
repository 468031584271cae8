"""Why a record of hours is refused, in words for the person who worked them."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError

INVALID = HTTPStatus.UNPROCESSABLE_ENTITY


class EntryChangedError(RuleError):
    code = "id_reused"
    message = _("This record was sent before with other contents. Please make a new one.")


class HoursOverlapError(RuleError):
    code = "overlap"
    message = _(
        "You have a record from %(start)s to %(end)s that day already. Please change the times, or "
        "leave this one out."
    )


class TimesTurnedError(RuleError):
    code = "ends_before_start"
    message = _("The end must be later than the start.")
    status = INVALID


class NoWholeMinuteError(RuleError):
    code = "no_whole_minute"
    message = _("Please give the times in whole minutes.")
    status = INVALID


class TooLongError(RuleError):
    code = "too_long"
    message = _("One record holds at most 12 hours. Please check the times.")
    status = INVALID


class InTheFutureError(RuleError):
    code = "in_the_future"
    message = _("This ends later than now. Please check the date, and the clock of your phone.")
    status = INVALID


class TooOldError(RuleError):
    code = "too_old"
    message = _("Service can be entered for %(days)s days. Please ask your team leader.")
    status = INVALID


class NotMemberError(RuleError):
    code = "not_member"
    message = _("You were not in this team that day. Please choose another team or day.")
    status = INVALID


class UnknownProjectError(RuleError):
    code = "unknown_project"
    message = _("There is no such project. Please leave it out, or ask your team leader.")
    status = INVALID


class ProjectNotActiveError(RuleError):
    code = "project_not_active"
    message = _(
        "This project was not under way that day. Please leave it out, or ask your team leader."
    )
    status = INVALID


class ProjectNotOfTeamError(RuleError):
    code = "project_not_of_team"
    message = _("This team does not take part in the project. Please choose another one, or none.")
    status = INVALID


class DayFullError(RuleError):
    code = "day_full"
    message = _("More than 12 hours on %(day)s cannot be recorded. Please check the times.")
    status = INVALID


class NotYourTeamError(RuleError):
    code = "not_your_team"
    message = _("Only the team's leaders and the centre's staff decide on this.")
    status = HTTPStatus.FORBIDDEN


class AlreadyDecidedError(RuleError):
    code = "decided"
    message = _("This has been decided already. The page shows it as it is now.")


class OverEightHoursError(RuleError):
    code = "over_eight_hours"
    message = _("That day comes to more than 8 hours: the centre's staff decide on it.")


class ReasonWantedError(RuleError):
    code = "reason_wanted"
    message = _("Please write a few words; the other person gets to read them.")
    status = HTTPStatus.BAD_REQUEST


class EnteredByYouError(RuleError):
    code = "entered_by_you"
    message = _("You entered this record yourself. Somebody else decides on it.")
    status = HTTPStatus.FORBIDDEN


class DisputedError(RuleError):
    code = "disputed"
    message = _("The volunteer disputes this record. The centre's staff answer that first.")


class NotYoursToWithdrawError(RuleError):
    code = "entered_by_another"
    message = _("Somebody entered this record for you. Please dispute it instead.")


class TheirOverlapError(RuleError):
    code = "overlap"
    message = _("There is a record of this person from %(start)s to %(end)s that day already.")


class TheyNotMemberError(RuleError):
    code = "not_member"
    message = _("This person was not in the team that day.")
    status = INVALID


class TheirDayFullError(RuleError):
    code = "day_full"
    message = _(
        "This person would come to more than 12 hours on %(day)s. The town's administrator can "
        "allow it for a reason."
    )
    status = INVALID
