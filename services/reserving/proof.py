"""Whether a phone is proven before anything is kept under its number, or sent to it."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.http import HttpRequest

from lishui_center.common.errors import RuleError
from services.bookings.phone_codes import check_code, check_rate, has_proven, send_code
from services.bookings.visitors import Visitor
from services.reserving.forms import DetailsForm


def is_proven(request: HttpRequest, form: DetailsForm, visitor: Visitor, now: datetime) -> bool:
    """The same for a visitor; a saved relative's own phone needs none: they may be elsewhere."""
    return visitor.is_relative_with_phone or proves_phone(request, form, visitor.phone, now)


def proves_phone(request: HttpRequest, form: forms.Form, phone: str, now: datetime) -> bool:
    """Whether the phone needs no further proof; if it does, a code is on its way.

    A wrong code becomes an error of the form's field `code`.

    Raises:
        TooManyCodesError
    """
    if not settings.PHONE_VERIFICATION or has_proven(request, phone):
        return True
    if form.cleaned_data.get("code") and "resend" not in request.POST:
        try:
            check_code(request, phone, form.cleaned_data["code"], now=now)
        except RuleError as refusal:
            form.add_error("code", str(refusal))
            return False
        return True
    check_rate(request, phone)
    send_code(request, phone, now=now)
    return False
