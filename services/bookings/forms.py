"""What a person types to find a booking again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.forms import PhoneField
from services.bookings.rules import REFERENCE_LENGTH


class FindForm(forms.Form):
    """The booking code and the phone that the messages go to."""

    use_required_attribute = False

    reference = forms.CharField(
        label=_("Booking code"),
        help_text=_("Six letters and digits, in every message about the booking."),
        min_length=REFERENCE_LENGTH,
        max_length=REFERENCE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    phone = PhoneField(required=True)


class CodeForm(forms.Form):
    """The code that was sent."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("6-digit code"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
