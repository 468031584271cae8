"""Why something about a project is refused, in words for whoever wanted it."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class NotYourProjectError(RuleError):
    code = "not_your_project"
    message = _("This is for other people of the project. Please ask its lead.")
    status = HTTPStatus.FORBIDDEN


class NotNowError(RuleError):
    code = "not_now"
    message = _("The project has moved on: this is not possible now. Please look again.")


class ChangedMeanwhileError(RuleError):
    code = "changed_meanwhile"
    message = _("The project was changed while you read it. Please look again and then decide.")


class IncompleteError(RuleError):
    code = "incomplete"
    message = _("This is still missing: %(missing)s.")


class NotYourTeamsError(RuleError):
    code = "not_your_teams"
    message = _("Please choose a team that you lead as the responsible one.")
    status = HTTPStatus.FORBIDDEN


class TeamElsewhereError(RuleError):
    code = "team_elsewhere"
    message = _("%(team)s belongs to another centre. Please leave it out.")


class LeadNotOfTeamError(RuleError):
    code = "lead_not_of_team"
    message = _("Please choose somebody of the responsible team as the lead.")
