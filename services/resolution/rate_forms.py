"""Which rates to look at."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.centres.models import CentreQuerySet
from services.desk.forms import CentreField
from services.requests.models import Category
from services.resolution.access import NO_TEAM, RateFilter, team_name, team_names

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

    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field
        team = self.fields["team"]
        assert isinstance(team, forms.ChoiceField)  # noqa: S101 - tells mypy
        self.team_names = team_names()
        asked = self.data.get("team", "")
        if asked and asked not in {NO_TEAM, *self.team_names}:  # disbanded, and its past is asked
            self.team_names[asked] = team_name(asked)
        team.choices = [("", _("All")), *self.team_names.items(), (NO_TEAM, _("No team"))]

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
            team=given.get("team", ""),
        )
