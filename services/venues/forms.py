"""What residents look for, and what they say to ask for it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.common.clock import LAST_DAY, clock_text, moment
from services.centres.models import Centre
from services.lending.models import PURPOSE_LENGTH
from services.lending.rules import Stretch
from services.opening.forms import DayInput
from services.reserving.forms import DetailsForm
from services.resources.models import Kind, Resource, ResourceQuerySet, State

MOST = 5000
USUAL_CELLS = 8
"""Two hours are proposed."""


class LookForm(forms.Form):
    """Wrong or missing values narrow nothing."""

    centre: "forms.ModelChoiceField[Centre]" = forms.ModelChoiceField(
        label=_("Centre"),
        queryset=Centre.objects.none(),
        empty_label=_("All centres"),
        required=False,
        to_field_name="code",
    )
    kind = forms.ChoiceField(
        label=_("What you look for"), required=False, choices=[("", _("All")), *Kind.choices]
    )
    capacity = forms.IntegerField(
        label=_("For how many people or pieces"), required=False, min_value=1, max_value=MOST
    )
    day = forms.DateField(label=_("Free on"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Centre.objects.active().filter(
            resources__open_to_residents=True, resources__state=State.AVAILABLE
        )
        self.fields["centre"].queryset = here.distinct()  # type: ignore[attr-defined]  # a model's field

    def found(self) -> ResourceQuerySet:
        """What residents may ask for and fits, whether free or not."""
        self.is_valid()
        asked = self.cleaned_data
        found = Resource.objects.for_residents().for_list()
        if asked.get("centre"):
            found = found.filter(centre=asked["centre"])
        if asked.get("kind"):
            found = found.filter(kind=asked["kind"])
        if asked.get("capacity"):
            found = found.filter(capacity__gte=asked["capacity"])
        return found

    def wanted_day(self, today: date) -> date | None:
        """The day on which it is to be free; no day that is over."""
        self.is_valid()
        day: date | None = self.cleaned_data.get("day")
        return min(max(day, today), LAST_DAY) if day else None


class UseForm(DetailsForm):
    """When and what for, and who is reached."""

    begins = forms.TypedChoiceField(label=_("From"), coerce=int)
    ends = forms.TypedChoiceField(label=_("Until"), coerce=int)
    units = forms.IntegerField(label=_("How many pieces"), min_value=1, initial=1)
    people = forms.IntegerField(
        label=_("How many people come"), min_value=1, max_value=MOST, required=False
    )
    purpose = forms.CharField(
        label=_("What it is for"), max_length=PURPOSE_LENGTH, widget=forms.TextInput
    )

    def __init__(
        self,
        *args: Any,
        resource: Resource,
        starts: Sequence[int],
        runs: Sequence[Stretch],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.shown: dict[str, Any] = {"resource": resource, "starts": starts, "runs": runs}
        del self.fields["concession"]
        self.fields["name"].label = _("Your name")
        self.fields["phone"].help_text = _("We send our answer and a reminder there.")
        if resource.is_in_pieces:
            del self.fields["people"]
            self.fields["units"].help_text = _("%(count)s in all") % {"count": resource.capacity}
        else:
            del self.fields["units"]
        self._offer(starts, runs)
        self.order_fields(["begins", "ends", "units", "people", "purpose", "who"])

    def clean(self) -> dict[str, Any]:
        """Nobody needs to wait at a window here."""
        return {"concession": False, **(super().clean() or {})}

    def asking_code(self) -> "UseForm":
        """The same form with a field for the code that was sent; an error on it stays."""
        if "code" in self.errors:
            return self
        return UseForm(self.data, user=self.user, asks_code=True, **self.shown)

    def _offer(self, starts: Sequence[int], runs: Sequence[Stretch]) -> None:
        ends = sorted(
            {
                cell
                for run in runs
                if run.free
                for cell in range(run.first + 1, run.end + 1)
                if cell % 2 == 0 and starts and cell > starts[0]
            }
        )
        for name, cells in (("begins", starts), ("ends", ends)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
            field.choices = [(cell, clock_text(cell)) for cell in cells]
        if starts:
            self.initial.setdefault("begins", starts[0])
            until = [cell for cell in ends if cell <= int(self.initial["begins"]) + USUAL_CELLS]
            self.initial.setdefault("ends", until[-1] if until else ends[-1])


def moments(form: UseForm, day: date) -> tuple[datetime, datetime]:
    """The chosen beginning and end."""
    return moment(day, form.cleaned_data["begins"]), moment(day, form.cleaned_data["ends"])
