"""What the town types to keep meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre
from services.opening.forms import DayInput
from thinktank.experts.models import ExpertProfile
from thinktank.meetings.models import NOTE_LENGTH, Decision, DecisionState, Meeting


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar and clock, in the centres' local time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MemberChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # only in the stubs
    """Members by name and field."""

    def label_from_instance(self, obj: Any) -> str:
        """'Name · field'."""
        return f"{obj.name} · {obj.get_field_display()}"


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """The announcement, and afterwards the minutes."""

    starts_at = forms.DateTimeField(label=_("Begins"), widget=MomentInput)
    participants = MemberChoices(
        label=_("Members taking part"),
        queryset=ExpertProfile.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Meeting
        fields = ("title", "starts_at", "place", "participants", "guests", "agenda", "minutes")
        widgets = {
            "agenda": forms.Textarea(attrs={"rows": 4}),
            "minutes": forms.Textarea(attrs={"rows": 8}),
        }


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A centre that sees to something; none means the town."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Centre.objects.active(),
            empty_label=_("The town"),
            required=False,
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        """The short name."""
        return str(obj.short_name)


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What was decided, who sees to it, and by when."""

    centre = OwnerField(label=_("Who sees to it"))

    class Meta:
        model = Decision
        fields = ("text", "centre", "due_on")
        widgets = {"due_on": DayInput(), "text": forms.Textarea(attrs={"rows": 2})}


class SettleForm(forms.Form):
    """Whether it is carried out, or why not."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[(state, state.label) for state in (DecisionState.DONE, DecisionState.DROPPED)],
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, required=False)
