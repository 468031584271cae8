"""Which ratings to look at, and what to note of a bad one."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre, CentreQuerySet
from services.ratings.access import RatingFilter
from services.ratings.models import NOTE_LENGTH, CallBack, FollowUpState

PERIODS = (7, 30, 90)
USUAL = 30
"""Days looked back unless told."""


class PeriodForm(forms.Form):
    """Wrong or missing values fall back to the last month at every centre."""

    centre: "forms.ModelChoiceField[Centre]" = forms.ModelChoiceField(
        label=_("Centre"),
        queryset=None,
        empty_label=_("All centres"),
        required=False,
        to_field_name="code",
    )
    days = forms.TypedChoiceField(
        label=_("Period"),
        coerce=int,
        required=False,
        choices=lambda: [(days, _("Last %(days)s days") % {"days": days}) for days in PERIODS],
    )
    only = forms.ChoiceField(
        label=_("Ratings"),
        required=False,
        choices=[("", _("All")), ("bad", _("Dissatisfied and worse"))],
    )

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def wanted(self, today: date) -> RatingFilter:
        """What to show."""
        self.is_valid()
        chosen = self.cleaned_data
        days = int(chosen.get("days") or USUAL)
        return RatingFilter(
            centre=chosen.get("centre"),
            first=today - timedelta(days=days - 1),
            last=today,
            only_bad=chosen.get("only") == "bad",
        )


class NoteForm(forms.Form):
    """What was found or done, and how far the case is with it."""

    prefix = "note"

    state = forms.ChoiceField(
        label=_("State"),
        choices=[choice for choice in FollowUpState.choices if choice[0] != FollowUpState.CLOSED],
    )
    text = forms.CharField(
        label=_("What you found or did"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(forms.Form):
    """What came of the call-back."""

    prefix = "close"

    call_back = forms.ChoiceField(
        label=_("The person, called back"), choices=CallBack.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What was said"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PhoneForm(forms.Form):
    """Why the number is needed, for the audit trail."""

    prefix = "phone"

    reason = forms.CharField(label=_("Reason"), max_length=200)
