"""The appeal, in the person's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.standing.actions import APPEAL_LENGTH


class AppealForm(forms.Form):
    """Why the visits were missed."""

    text = forms.CharField(
        label=_("What kept you from coming?"),
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few words are enough. Please name no illness or other private matter."),
    )
