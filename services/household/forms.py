"""What is typed about a relative."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.forms import PhoneField
from services.household.actions import Relative
from services.household.models import FamilyMember, Relation


class RelativeForm(forms.Form):
    """Name, relation and, if there is one, the relative's own phone."""

    use_required_attribute = False

    # Longer than any name, so that a long one gets our own words instead of being cut off.
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=500,
        error_messages={"required": _("Please enter the relative's name.")},
    )
    relation = forms.ChoiceField(
        label=_("Relation"), choices=Relation.choices, widget=forms.RadioSelect
    )
    phone = PhoneField(
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Without a number of their own, messages about their visits go to you."),
    )
    concession = forms.BooleanField(
        label=_("60 or older, or with a disability"),
        required=False,
        help_text=_("Visits that this person misses never pause booking."),
    )

    def relative(self) -> Relative:
        """What was typed, from a valid form."""
        given = self.cleaned_data
        return Relative(
            given["name"], Relation(given["relation"]), given["phone"], given["concession"]
        )


def filled_in(member: FamilyMember) -> dict[str, object]:
    """What the form of a known relative begins with."""
    return {
        "name": member.name,
        "relation": member.relation,
        "phone": member.phone,
        "concession": member.concession,
    }
