"""The six digits, scanned or typed; and who came without having signed up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.forms import PhoneField
from lishui_center.accounts.models import User
from lishui_center.common.masking import mask_phone
from services.reserving.forms import TYPED_LENGTH, NameField

CODE_LENGTH = 12
"""Long enough for digits typed in groups."""


class CodeForm(forms.Form):
    """What the organiser's phone shows now."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("The 6 digits shown by the organiser"),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WalkInForm(forms.Form):
    """One of the team's members, or the phone of somebody else."""

    use_required_attribute = False

    member = forms.ChoiceField(label=_("From the team"), required=False)
    phone = PhoneField(
        label=_("Or a mobile number"),
        required=False,
        help_text=_("The person needs an account here with this number."),
    )
    name = NameField(
        label=_("Name of the guest"),
        max_length=TYPED_LENGTH,
        required=False,
        help_text=_("Only needed when nobody with that number has an account."),
    )

    def __init__(
        self, *args: Any, members: Sequence[User], takes_guests: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        if takes_guests:
            self.fields["phone"].help_text = ""
        else:
            del self.fields["name"]
        if not members:
            del self.fields["member"]
            self.fields["phone"].label = _("Mobile number")
            return
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [("", _("Nobody of the team")), *map(_choice, self._members.items())]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("member")) == bool(given.get("phone")):
            raise forms.ValidationError(_("Please choose a member, or enter a mobile number."))
        return given

    def chosen(self) -> User | None:
        """The member, from a valid form."""
        return self._members.get(self.cleaned_data.get("member", ""))


def _choice(member: tuple[str, User]) -> tuple[str, str]:
    """With the masked phone: two can share a name."""
    pk, user = member
    return pk, f"{user.display_name or user.masked_name} {mask_phone(user.phone)}".strip()
