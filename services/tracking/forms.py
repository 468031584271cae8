"""What somebody answers to a question about their need."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.requests.models import NOTE_LENGTH


class AnswerForm(forms.Form):
    """The answer in words."""

    text = forms.CharField(
        label=_("Your answer"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
