"""How many times one address or one account may keep, so that nobody hoards them."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class TooManyHoldsError(RuleError):
    code = "too_many_holds"
    message = _("Many times were tried from your network. Please sign in, or try again in an hour.")
    status = 429


def check_hold_rate(request: HttpRequest) -> None:
    """Count one hold: by address for visitors, by account for people who signed in.

    Raises:
        TooManyHoldsError
    """
    action = "hold_slot_signed_in" if request.user.is_authenticated else "hold_slot"
    if not ratelimit.consume(request, action=action):
        raise TooManyHoldsError
