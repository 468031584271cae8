"""What the owner types about a step that follows."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from services.opening.forms import DayInput
from thinktank.followup.actions import Step
from thinktank.followup.models import NOTE_LENGTH, ActionKind, ActionState
from thinktank.subjects import links


class StepForm(forms.Form):
    """One step; where a need or milestone can be opened from here, it is offered."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ActionKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput)
    reference = forms.CharField(
        label=_("Number or code of what is there already"),
        max_length=60,
        required=False,
        help_text=_("Of a need, project, course or resource; of a milestone: project/number."),
    )
    opens = forms.BooleanField(
        label=_("Open it now"),
        required=False,
        help_text=_("Makes the need, or the milestone in the plan of the project below."),
    )
    place = forms.ChoiceField(label=_("In which project (for a milestone)"), required=False)

    def __init__(self, *args: Any, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = links.places_of(ActionKind.MILESTONE, user, day) or {}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [("", "—"), *places.items()]
        if not places:
            del self.fields["place"]
        if not any(links.opens(kind) for kind in ActionKind.values):
            del self.fields["opens"]

    def clean(self) -> dict[str, Any]:
        """What is to be opened can be, and is not there yet: nothing is left undone unsaid."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("opens") and not links.opens(cleaned.get("kind", "")):
            self.add_error(
                "opens",
                _("Only a need or a milestone can be opened from here. Please untick this."),
            )
        elif cleaned.get("opens") and cleaned.get("reference"):
            self.add_error("reference", _("Leave this empty: what is opened gets its own number."))
        return cleaned

    def step(self) -> Step:
        """The step, from a valid form."""
        given = dict(self.cleaned_data)
        if given["kind"] == ActionKind.MILESTONE and given.get("place"):
            given["opens"] = True  # whoever chooses a project wants it there
        return Step(**given)


class SettleForm(forms.Form):
    """Whether a step is done, or why not."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[(state, state.label) for state in (ActionState.DONE, ActionState.DROPPED)],
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, required=False)
