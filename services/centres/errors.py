"""Why a centre's setting is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class WalkInShareError(RuleError):
    code = "walk_in_share"
    message = _(
        "At least %(percent)s %% of the windows stay for people without a booking: of %(total)s "
        "windows, at most %(most)s can take bookings."
    )
    status = 400


class InUseError(RuleError):
    code = "in_use"
    message = _("This is in use, on the roster for instance, so it stays.")
