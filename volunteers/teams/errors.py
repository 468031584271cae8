"""Why something about a team is refused, in words for whoever asked."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class TeamNotYoursError(RuleError):
    code = "team_not_yours"
    message = _("This is decided by others: the team's leaders, or the staff of its centre.")
    status = HTTPStatus.FORBIDDEN


class TeamNotActiveError(RuleError):
    code = "team_not_active"
    message = _("This team takes nobody at present. Please ask its centre.")


class MemberAlreadyError(RuleError):
    code = "member_already"
    message = _("This person is in the team already.")


class LeaderStaysError(RuleError):
    code = "leader_stays"
    message = _("Who leads a team can leave it once somebody else leads. Propose a successor.")


class NotInTeamError(RuleError):
    code = "not_in_team"
    message = _("This person is not in the team any more. Please look again.")


class TeamWordsMissingError(RuleError):
    code = "team_words_missing"
    message = _("Please write a few words; the other person gets to read them.")
    status = HTTPStatus.BAD_REQUEST
