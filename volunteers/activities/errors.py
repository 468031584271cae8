"""Why an activity or a session cannot be made as asked."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotYourActivityError(RuleError):
    code = "not_your_activity"
    message = _("Only the team's leaders and the centre's staff can do this.")
    status = 403


class TeamWantedError(RuleError):
    code = "team_wanted"
    message = _("Volunteer service belongs to a team. Please choose the team.")
    status = 400


class ProjectOfOthersError(RuleError):
    code = "project_of_others"
    message = _("Please choose a project of the team that goes on.")
    status = 400


class SessionTimesError(RuleError):
    code = "session_times"
    message = _("The end must be later than the start, and the sign-up must close before the end.")
    status = 400


class SessionTooLongError(RuleError):
    code = "session_too_long"
    message = _("One session can last 12 hours at most. Please make two of it.")
    status = 400


class SessionPastError(RuleError):
    code = "session_past"
    message = _("This session has begun or is over, and stays as it is.")


class SameStartError(RuleError):
    code = "same_start"
    message = _("There is a session of this activity at that time already.")


class NoSessionError(RuleError):
    code = "no_session"
    message = _("Please add a session first: people sign up for a session.")


class ActivityCancelledError(RuleError):
    code = "activity_cancelled"
    message = _("This activity is cancelled. Please make a new one.")
