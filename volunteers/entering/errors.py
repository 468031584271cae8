"""Why service cannot be entered for somebody else."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class BasisWantedError(RuleError):
    code = "basis_wanted"
    message = _("Please say why it is entered now, and what it rests on.")
    status = HTTPStatus.BAD_REQUEST


class NobodyTickedError(RuleError):
    code = "nobody_ticked"
    message = _("Nobody was ticked.")
    status = HTTPStatus.BAD_REQUEST


class NotLeaderError(RuleError):
    code = "not_leader"
    message = _("Only the team's leaders enter service for its members.")
    status = HTTPStatus.FORBIDDEN


class NotAdministratorError(RuleError):
    code = "not_administrator"
    message = _("Only the town's administrator allows more than 12 hours a day.")
    status = HTTPStatus.FORBIDDEN


class AllowedAlreadyError(RuleError):
    code = "allowed_already"
    message = _("That day is allowed for this person already.")
