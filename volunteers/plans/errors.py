"""Why a change of a project's plan is refused."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class DueOutsideError(RuleError):
    code = "due_outside"
    message = _("The milestone must fall between the first and the last day of the project.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class KeptError(RuleError):
    code = "kept"
    message = _("The project is approved: nothing of its plan is removed. Leave it out instead.")
