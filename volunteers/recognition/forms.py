"""The words that go with an objection or a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from volunteers.recognition.models import REASON_LENGTH, AwardState


class WordsForm(forms.Form):
    """A few words, wanted."""

    text = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class StateForm(forms.Form):
    """Which stars to look at; anything unknown means all."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", pgettext_lazy("stars", "All")), *AwardState.choices],
        required=False,
    )

    def wanted(self) -> str:
        """The chosen state, or nothing."""
        return str(self.cleaned_data.get("state", "")) if self.is_valid() else ""
