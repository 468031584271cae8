"""What people type on the pages of their account."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.actions import open_account
from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from lishui_center.common.phones import normalise_phone


class PhoneField(forms.CharField):
    """A mobile number; the cleaned value is the bare 11 digits."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "tel", "inputmode": "tel"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """The normalised number, or a kind refusal."""
        text: str = super().clean(value)
        try:
            return normalise_phone(text) if text else ""
        except RuleError as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth is untyped
    """Phone or e-mail, to be sent a code.

    A newcomer's account is opened here, so the answer is the same for members and strangers: who
    has an account stays unknown. It is good for nothing until the code is typed in.
    """

    _user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, and somebody to send the code to."""
        cleaned: dict[str, Any] = super().clean()
        if self.errors:
            return cleaned
        phone, email = cleaned.get("phone", ""), cleaned.get("email", "")
        if not phone and not email:
            raise ValidationError(_("Please enter your mobile number or your e-mail address."))
        if self._user is None:
            self._user = open_account(
                phone=phone,
                email=email,
                language=get_language() or "",
                now=timezone.now(),
            )
        return cleaned


class StaffSignInForm(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Password sign-in, with a label that says what to type instead of a placeholder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail or mobile number")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth is untyped
    """The code at sign-in: a keypad on phones."""

    code = forms.CharField(
        label=_("Code of 6 digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """The name we greet with and the language we write in."""

    class Meta:
        model = User
        fields = ("display_name", "language")
        labels = {"display_name": _("Your name"), "language": _("Language of our messages")}

    def clean_display_name(self) -> str:
        """A name without control characters and surplus spaces."""
        name: str = self.cleaned_data["display_name"]
        return " ".join("".join(letter for letter in name if letter.isprintable()).split())
