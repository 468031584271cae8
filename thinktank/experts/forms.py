"""What the town types to keep profiles and letters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from services.opening.forms import DayInput
from thinktank.experts.actions import Term
from thinktank.experts.models import REASON_LENGTH, ExpertProfile


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A member's public profile; a new one belongs to whoever signs in with `login`."""

    login = forms.CharField(
        label=_("E-mail or mobile number"),
        max_length=254,
        help_text=_("The person must have signed in once."),
    )

    class Meta:
        model = ExpertProfile
        fields = ("code", "field", "name_zh", "name_en", "bio_zh", "bio_en", "state")
        widgets = {
            "bio_zh": forms.Textarea(attrs={"rows": 4}),
            "bio_en": forms.Textarea(attrs={"rows": 4}),
        }

    field_order = ("login", "code", "field", "name_zh", "name_en", "bio_zh", "bio_en", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_zh"].required = True
        if self.instance.pk:
            del self.fields["login"]

    def clean_login(self) -> str:
        """Puts the person into the profile."""
        login: str = self.cleaned_data["login"]
        person = User.objects.with_login(login)
        if person is None:
            raise ValidationError(_("Nobody with this e-mail or number has signed in yet."))
        if ExpertProfile.objects.filter(user=person).exists():
            raise ValidationError(_("This person has a profile already."))
        self.instance.user = person
        return login


class TermForm(forms.Form):
    """A new letter: its number and its days."""

    letter_no = forms.CharField(
        label=_("Number of the letter"),
        max_length=40,
        help_text=_("As printed on the letter, e.g. 善智聘〔2026〕3号."),
    )
    first = forms.DateField(label=_("First day"), widget=DayInput)
    last = forms.DateField(label=_("Last day"), widget=DayInput)

    def term(self) -> Term:
        """The term, from a valid form."""
        return Term(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why something is ended, returned or taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
