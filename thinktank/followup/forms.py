"""What the owner types about a step that follows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.opening.forms import DayInput
from thinktank.followup.actions import Step
from thinktank.followup.models import NOTE_LENGTH, ActionKind, ActionState
from thinktank.subjects import links


class StepForm(forms.Form):
    """One step; where a need or project can be opened from here, it is offered."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ActionKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput)
    reference = forms.CharField(
        label=_("Number of the need or project"),
        max_length=60,
        required=False,
        help_text=_("Only if it is there already."),
    )
    opens = forms.BooleanField(
        label=_("Open a new need for it now"),
        required=False,
        help_text=_("Only for a new need: it gets the title and the recommendation's words."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not any(links.opens(kind) for kind in ActionKind.values):
            del self.fields["opens"]

    def clean(self) -> dict[str, Any]:
        """What is to be opened can be, and is not there yet: nothing is left undone unsaid."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("opens") and not links.opens(cleaned.get("kind", "")):
            self.add_error(
                "opens", _("Only a new need can be opened from here. Please untick this.")
            )
        elif cleaned.get("opens") and cleaned.get("reference"):
            self.add_error("reference", _("Leave this empty: the new need gets its own number."))
        return cleaned

    def step(self) -> Step:
        """The step, from a valid form."""
        return Step(**self.cleaned_data)


class SettleForm(forms.Form):
    """Whether a step is done, or why not."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[(state, state.label) for state in (ActionState.DONE, ActionState.DROPPED)],
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, required=False)
