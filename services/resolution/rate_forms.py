"""Which rates to look at."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.centres.models import CentreQuerySet
from services.desk.forms import CentreField
from services.requests.models import Category
from services.resolution.access import RateFilter

PERIODS = (7, 30, 90, 365)
USUAL = 30
"""Days looked back unless told."""


class RateForm(forms.Form):
    """Wrong or missing values fall back to the last month of everything."""

    days = forms.TypedChoiceField(
        label=_("Period"),
        coerce=int,
        required=False,
        choices=lambda: [(days, _("Last %(days)s days") % {"days": days}) for days in PERIODS],
    )
    centre = CentreField(queryset=None, empty_label=_("All centres"), required=False)
    category = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("All")), *Category.choices]
    )

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def wanted(self, today: date) -> RateFilter:
        """What to show."""
        self.is_valid()
        given = self.cleaned_data
        days = int(given.get("days") or USUAL)
        return RateFilter(
            first=today - timedelta(days=days - 1),
            last=today,
            centre=given.get("centre"),
            category=given.get("category", ""),
        )
