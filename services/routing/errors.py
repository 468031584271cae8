"""Why a rule is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class RouteExistsError(RuleError):
    code = "route_exists"
    message = _("There is a rule for this already. Please change that one.")


class BodyMissingError(RuleError):
    code = "body_missing"
    message = _("Please name the authority, such as 12345.")
    status = 400
