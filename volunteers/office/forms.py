"""What staff say about records of hours, and which part of the ledger they want to see."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.clock import ZONE
from services.opening.forms import DayInput
from volunteers.hours import rules
from volunteers.hours.models import NOTE_LENGTH, HourEntryQuerySet, HourState
from volunteers.teams.models import Team


class CorrectionForm(forms.Form):
    """What should stand of an approved record, and why."""

    use_required_attribute = False

    after = forms.IntegerField(
        label=_("Minutes that are right"),
        min_value=0,
        max_value=rules.DAY_MINUTES,
        help_text=_("60 is one hour; 0 makes the record void."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=NOTE_LENGTH)


class LedgerForm(forms.Form):
    """A part of the ledger: a team, a state, days."""

    use_required_attribute = False

    team = forms.ChoiceField(label=_("Team"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("hours", "All")), *HourState.choices],
    )
    first = forms.DateField(label=pgettext_lazy("date", "From"), required=False, widget=DayInput)
    last = forms.DateField(label=pgettext_lazy("date", "To"), required=False, widget=DayInput)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ChoiceField)  # noqa: S101 - tells mypy
        self.keys = {known.code: known.pk for known in teams}
        every = ("", pgettext_lazy("hours", "All"))
        team.choices = [every, *((known.code, known.name) for known in teams)]

    def narrow(self, entries: HourEntryQuerySet) -> HourEntryQuerySet:
        """The records asked for; what cannot be read narrows nothing."""
        self.is_valid()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        # By the team's key and the moment it began, as the indexes have them.
        wanted: dict[str, str | int | datetime | None] = {
            "team": self.keys.get(self.cleaned_data.get("team", "")),
            "state": self.cleaned_data.get("state"),
            "starts_at__gte": first and datetime.combine(first, time(), ZONE),
            "starts_at__lt": last and datetime.combine(last + timedelta(days=1), time(), ZONE),
        }
        return entries.filter(**{name: value for name, value in wanted.items() if value})
