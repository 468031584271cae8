"""Why a relative cannot be entered."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class FamilyFullError(RuleError):
    code = "family_full"
    message = _("You can enter up to %(most)s relatives. Please remove one first.")
