"""Asking whether it is solved, and how satisfied the person is."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.ratings.models import Score
from services.requests.models import NOTE_LENGTH
from services.resolution.actions import Opinion

YES, NO = "yes", "no"


class OpinionForm(forms.Form):
    """Two questions and a few words."""

    use_required_attribute = False

    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=[
            (YES, pgettext_lazy("solved", "Yes, it is solved")),
            (NO, pgettext_lazy("solved", "No, not yet: please look at it again")),
        ],
        widget=forms.RadioSelect,
    )
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied are you with what was done?"),
        choices=Score.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("In your own words"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please leave out names, telephone numbers and identity numbers."),
    )

    def opinion(self) -> Opinion:
        """What was said, from a valid form."""
        given = self.cleaned_data
        return Opinion(given["solved"] == YES, Score(given["satisfaction"]), given["text"])


class CallForm(OpinionForm):
    """The same, as it was said on the phone."""

    prefix = "call"
