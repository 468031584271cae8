"""Which centre and which days a report is about."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lishui_center.common.clock import FIRST_DAY
from lishui_center.dashboards.reports.access import Asked
from services.centres.models import Centre
from services.desk.forms import CentreField
from services.opening.forms import DayInput

PERIODS = (7, 28, 60)
USUAL = 28
LONGEST = 366


class ReportForm(forms.Form):
    """A centre, and so many days back or from one day to another; it stays in the address.

    A wrong value is told beside its field, and the usual period is shown.
    """

    centre = CentreField(queryset=None, empty_label=gettext_lazy("All centres"), required=False)
    days = forms.TypedChoiceField(label=gettext_lazy("Period"), coerce=int, required=False)

    def __init__(self, *args: Any, centres: list[Centre], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centres, self.today = centres, today
        self.fields["centre"].queryset = Centre.objects.filter(  # type: ignore[attr-defined]  # a model's field
            pk__in=[centre.pk for centre in centres]
        )
        self.fields["days"].choices = [  # type: ignore[attr-defined]  # a choice's field
            (days, _("Last %(days)s days") % {"days": days}) for days in PERIODS
        ]
        # Words of the language cannot be names of a class's fields.
        for name, label in (("from", _("Or from")), ("to", _("Up to and including"))):
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                widget=DayInput,
                validators=[MinValueValidator(FIRST_DAY)],
            )

    def clean(self) -> dict[str, Any]:
        """Turn the period round or shorten it? Neither: say what is wrong with it."""
        first, last = self._period()
        if first > last:
            self.add_error("from", _("The first day is after the last, or not reached yet."))
        elif (last - first).days >= LONGEST:
            self.add_error(
                "from", _("At most %(days)s days: choose a later day.") % {"days": LONGEST}
            )
        return self.cleaned_data

    def asked(self) -> Asked:
        """What to report on."""
        first, last = self._period() if self.is_valid() else self._days_back(USUAL)
        centre = self.cleaned_data.get("centre")
        return Asked([centre] if centre else self.centres, first, last)

    def _period(self) -> tuple[date, date]:
        """From one day to the other; one left out, or both, mean the days back."""
        chosen = self.cleaned_data
        usual, _today = self._days_back(chosen.get("days") or USUAL)
        last = min(chosen.get("to") or self.today, self.today)
        first = chosen.get("from") or usual - (self.today - last)
        return first, last

    def _days_back(self, days: int) -> tuple[date, date]:
        return self.today - timedelta(days=days - 1), self.today
