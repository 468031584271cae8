"""What a resident types to book."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.forms import PhoneField
from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from lishui_center.common.masking import mask_phone
from lishui_center.common.names import clean_name
from services.bookings.visitors import Visitor, make_visitor
from services.household.models import FamilyMember

MYSELF, OTHER = "me", "other"
# Longer than any name, so that a long one gets our own words instead of being cut off.
TYPED_LENGTH = 500


class NameField(forms.CharField):
    """The visitor's name, tidied."""

    def clean(self, value: Any) -> str:
        """The name as it is kept."""
        text: str = super().clean(value)
        try:
            return clean_name(text) if text else ""
        except RuleError as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class CodeField(forms.CharField):
    """The code that proves a phone; whoever asks for a new one leaves it empty."""

    is_wanted = True
    """Not required, but not for the person to leave out: see components.may_stay_empty."""

    def __init__(self, **attrs: str | bool) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", **attrs}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=_("6-digit code"), required=False, max_length=10, widget=widget)


class DetailsForm(forms.Form):
    """Who comes and how to reach that person; a saved relative needs nothing typed."""

    use_required_attribute = False

    name = NameField(
        label=_("Visitor's name"),
        max_length=TYPED_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter the visitor's name.")},
    )
    phone = PhoneField(
        help_text=_("We send the booking code and reminders there."),
        error_messages={"required": _("Please enter a mobile number.")},
    )
    language = forms.ChoiceField(
        label=_("Messages in"),
        choices=[
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ],
        widget=forms.RadioSelect,
    )
    concession = forms.BooleanField(
        label=_("The visitor is 60 or older, or has a disability"), required=False
    )
    code = CodeField()

    def __init__(self, *args: Any, user: User | None, asks_code: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.relatives = {
            str(relative.pk): relative
            for relative in (FamilyMember.objects.filter(user=user) if user else [])
        }
        self.fields["language"].initial = get_language()
        if user:
            self.fields["name"].initial = user.display_name
            self.fields["phone"].initial = user.phone
        if not asks_code:
            del self.fields["code"]
        self._offer_relatives()

    @property
    def relative(self) -> FamilyMember | None:
        """The saved relative who was picked."""
        return self.relatives.get(str(self["who"].value())) if self.relatives else None

    def visitor(self) -> Visitor:
        """The visitor, once the form is valid.

        Raises:
            BadNameError, BadPhoneError
        """
        given, relative = self.cleaned_data, self.relative
        if relative is not None:
            given = given | {
                "name": relative.name,
                "phone": relative.phone or given["phone"],
                "concession": relative.concession,
            }
        return make_visitor(
            name=given["name"],
            phone=given["phone"],
            language=given["language"],
            concession=given["concession"],
            user=self.user,
            relative=relative,
        )

    def asking_code(self) -> "DetailsForm":
        """The same form with a field for the code that was sent; an error on it stays."""
        if "code" in self.errors:
            return self
        return DetailsForm(self.data, user=self.user, asks_code=True)

    def _offer_relatives(self) -> None:
        if not self.relatives:
            return
        self.fields["who"] = forms.ChoiceField(
            label=_("Booking for"),
            choices=[
                (MYSELF, _("Myself")),
                *((pk, _with_phone(relative)) for pk, relative in self.relatives.items()),
                (OTHER, _("Somebody else")),
            ],
            initial=MYSELF,
            widget=forms.RadioSelect,
        )
        self.order_fields(["who"])
        if self.relative is not None:
            self.fields["name"].required = False
            self.fields["phone"].required = not self.relative.phone_sealed


def _with_phone(relative: FamilyMember) -> str:
    """The name, and where the messages go if not to the number typed below."""
    return f"{relative.name} ({mask_phone(relative.phone)})" if relative.phone else relative.name
