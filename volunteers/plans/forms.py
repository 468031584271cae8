"""Planning steps and money."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.opening.forms import DayInput
from volunteers.plans.actions import Cost, Target
from volunteers.plans.models import MOST_WEIGHT, USUAL_WEIGHT, Source
from volunteers.projects.models import REASON_LENGTH
from volunteers.projects.rules import MilestoneState

FEN = 100
MOST_YUAN = Decimal(100_000_000)


class YuanField(forms.DecimalField):
    """An amount in yuan; `fen` makes whole numbers of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_YUAN, decimal_places=2, **kwargs)


def fen(yuan: Decimal) -> int:
    """125 for 1.25."""
    return int(yuan * FEN)


class MilestoneForm(forms.Form):
    """One more step."""

    use_required_attribute = False
    prefix = "step"

    title = forms.CharField(label=pgettext_lazy("milestone", "What is done then?"), max_length=100)
    due_on = forms.DateField(label=_("By when?"), widget=DayInput)
    weight = forms.IntegerField(
        label=_("How much of the work is it?"),
        min_value=1,
        max_value=MOST_WEIGHT,
        initial=USUAL_WEIGHT,
        help_text=_("Twice the number counts twice in the progress of the project."),
    )

    def target(self) -> Target:
        """The step, from a valid form."""
        return Target(**self.cleaned_data)


class SettleForm(forms.Form):
    """How a step ended."""

    state = forms.ChoiceField(choices=MilestoneState.choices)
    reason = forms.CharField(required=False, max_length=REASON_LENGTH)


class CostForm(forms.Form):
    """One more cost."""

    use_required_attribute = False
    prefix = "cost"

    title = forms.CharField(label=_("What for?"), max_length=100)
    planned = YuanField(label=_("Planned, in yuan"))
    source = forms.ChoiceField(label=_("Who pays?"), choices=Source.choices)

    def cost(self) -> Cost:
        """The line, from a valid form."""
        given = self.cleaned_data
        return Cost(given["title"], Source(given["source"]), fen(given["planned"]))


class SpentForm(forms.Form):
    """What it has cost so far."""

    spent = YuanField()
