"""What a member types: a report, an interest; and to whom a draft goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.opening.forms import DayInput
from thinktank.experts.models import ExpertProfile
from thinktank.observations.actions import Report
from thinktank.observations.models import (
    NOTE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Method,
    Observation,
)
from thinktank.subjects.registry import choices


class ReportForm(forms.Form):
    """A report on one subject."""

    subject = forms.ChoiceField(label=_("What you observed"))
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    method = forms.ChoiceField(label=_("How it was observed"), choices=Method.choices)
    observed_on = forms.DateField(label=_("Observed on"), widget=DayInput)
    text = forms.CharField(
        label=pgettext_lazy("think tank", "Report"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Please name no residents. The figures are added when you submit it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = choices()  # type: ignore[attr-defined]  # a ChoiceField

    def report(self) -> Report:
        """The report, from a valid form."""
        return Report(**self.cleaned_data)


def initial_of(observation: Observation) -> dict[str, object]:
    """A draft as the form shows it."""
    return {
        "subject": observation.subject_key,
        "title": observation.title,
        "method": observation.method,
        "observed_on": observation.observed_on,
        "text": observation.text,
    }


class InterestForm(forms.Form):
    """An own interest in a subject."""

    subject = forms.ChoiceField(label=_("What you have an interest in"))
    reason = forms.CharField(
        label=_("What the interest is"),
        max_length=NOTE_LENGTH,
        help_text=_("This is public, e.g. “I advised this team until 2025”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = choices()  # type: ignore[attr-defined]  # a ChoiceField


class HandOverForm(forms.Form):
    """Which member finishes a draft."""

    to = forms.ChoiceField(label=_("Who goes on with it"))

    def __init__(self, *args: Any, takers: list[ExpertProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(taker.pk), f"{taker.name} · {taker.get_field_display()}") for taker in takers
        ]
