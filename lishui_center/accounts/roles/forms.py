"""Whom to give a role."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import ROLE_SCOPES, Role, Scope


class GrantForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A role for the person who signs in with this e-mail address or phone.

    Offers what `by` may give: managers staff roles at their own centres, the town everything.
    """

    login = forms.CharField(
        label=_("E-mail or mobile number"),
        max_length=254,
        help_text=_("The person must have signed in once."),
    )
    place = forms.ChoiceField(label=_("Where"))

    class Meta:
        model = RoleGrant
        fields = ("role", "valid_from", "valid_to")
        widgets = {
            "valid_from": forms.DateInput(attrs={"type": "date"}),
            "valid_to": forms.DateInput(attrs={"type": "date"}),
        }

    field_order = ("login", "role", "place", "valid_from", "valid_to")

    def __init__(
        self, *args: Any, by: User, today: date, names: dict[str, Mapping[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        role, place = self.fields["role"], self.fields["place"]
        if by.is_town_admin(today):
            place.choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
                (f"{Scope.TOWN}:", Scope.TOWN.label),
                *_groups(names),
            ]
        else:
            own = {
                pk: name
                for pk, name in names.get(Scope.CENTRE, {}).items()
                if by.manages(pk, today)
            }
            role.choices = [(Role.CENTRE_STAFF, Role.CENTRE_STAFF.label)]  # type: ignore[attr-defined]  # as above
            place.choices = _groups({Scope.CENTRE: own})  # type: ignore[attr-defined]  # as above

    def clean_login(self) -> str:
        """Puts the person into the grant."""
        login: str = self.cleaned_data["login"]
        person = User.objects.with_login(login)
        if person is None:
            raise ValidationError(_("Nobody with this e-mail or number has signed in yet."))
        self.instance.user = person
        return login

    def clean_place(self) -> str:
        """Puts the place into the grant."""
        place: str = self.cleaned_data["place"]
        scope, _colon, number = place.partition(":")
        self.instance.scope = scope
        self.instance.scope_id = int(number) if number else None
        return place

    def clean(self) -> dict[str, Any]:
        """A role that can hold at the place."""
        cleaned: dict[str, Any] = super().clean() or {}
        role = cleaned.get("role")
        if role and "place" in cleaned and self.instance.scope not in ROLE_SCOPES[Role(role)]:
            self.add_error("place", _("This role does not hold at a place of this kind."))
        return cleaned


def _groups(names: dict[str, Mapping[int, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The places as an HTML select shows them, grouped by their scope."""
    return [
        (str(Scope(scope).label), [(f"{scope}:{pk}", name) for pk, name in places.items()])
        for scope, places in names.items()
    ]
