"""Adding a picture to a project."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.photos.forms import PhotoField
from services.opening.forms import DayInput
from volunteers.evidence.models import CAPTION_LENGTH, EvidenceKind


class EvidenceForm(forms.Form):
    """One picture, and what it shows."""

    use_required_attribute = False

    photo = PhotoField(label=_("Photo"))
    kind = forms.ChoiceField(
        label=_("What does it show?"), choices=EvidenceKind.choices, widget=forms.RadioSelect
    )
    caption = forms.CharField(
        label=_("In a few words"),
        max_length=CAPTION_LENGTH,
        help_text=_("Everybody may read this: please name nobody."),
    )
    taken_on = forms.DateField(label=_("Taken on"), widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_on"].initial = today
