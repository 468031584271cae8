"""Whether a visitor's phone is proven before anything is kept under its number."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from lishui_center.common.errors import RuleError
from services.bookings.phone_codes import check_code, check_rate, has_proven, send_code
from services.bookings.visitors import Visitor
from services.reserving.forms import DetailsForm


def is_proven(request: HttpRequest, form: DetailsForm, visitor: Visitor, now: datetime) -> bool:
    """Whether the visitor's phone needs no further proof; if it does, a code is on its way.

    Raises:
        TooManyCodesError
    """
    if not _needs_proof(request, visitor):
        return True
    if form.cleaned_data.get("code") and "resend" not in request.POST:
        try:
            check_code(request, visitor.phone, form.cleaned_data["code"], now=now)
        except RuleError as refusal:
            form.add_error("code", str(refusal))
            return False
        return True
    check_rate(request, visitor.phone)
    send_code(request, visitor.phone, now=now)
    return False


def _needs_proof(request: HttpRequest, visitor: Visitor) -> bool:
    """A saved relative's own phone needs none: the relative may be elsewhere."""
    if not settings.PHONE_VERIFICATION or visitor.is_relative_with_phone:
        return False
    return not has_proven(request, visitor.phone)
