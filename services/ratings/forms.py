"""What a visitor may say of a visit: one of five buttons, and more if they like."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.ratings.actions import Opinion
from services.ratings.models import TEXT_LENGTH, Score, Tag


class RatingForm(forms.Form):
    """The score is the button that is pressed; the rest may stay empty."""

    use_required_attribute = False

    tags = forms.MultipleChoiceField(
        label=_("What was it about?"),
        choices=Tag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=_("In your own words"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please name nobody, and no illness or other private matter."),
    )
    score = forms.TypedChoiceField(
        choices=Score.choices,
        coerce=int,
        widget=forms.HiddenInput,
        error_messages={"required": _("Please press one of the five buttons.")},
    )

    @property
    def scores(self) -> list[Any]:
        """The five buttons: (value, words), best first."""
        return list(Score.choices)

    def opinion(self) -> Opinion:
        """What was said, from a valid form."""
        given = self.cleaned_data
        return Opinion(Score(given["score"]), tuple(given["tags"]), given["text"])
