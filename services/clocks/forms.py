"""Working days promised for a category."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.clocks.models import SlaPolicy
from services.requests.models import Category

MOST_FIRST, MOST_DAYS = 60, 250


class PolicyForm(forms.Form):
    """A new version for one category."""

    category = forms.ChoiceField(label=_("About"), choices=Category.choices)
    first_response_days = forms.IntegerField(
        label=_("Working days until the first answer"), min_value=1, max_value=MOST_FIRST
    )
    resolution_days = forms.IntegerField(
        label=_("Working days until it is solved"), min_value=1, max_value=MOST_DAYS
    )

    def clean(self) -> dict[str, Any]:
        """The first answer does not come after the solution."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first_response_days"), given.get("resolution_days")
        if first and last and first > last:
            self.add_error("first_response_days", _("This is longer than until it is solved."))
        return given


def initial_of(policy: SlaPolicy) -> dict[str, object]:
    """The form as the policy stands."""
    return {
        "category": policy.category,
        "first_response_days": policy.first_response_days,
        "resolution_days": policy.resolution_days,
    }
