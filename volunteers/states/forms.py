"""Changing a team's state."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.teams.models import WORDS_LENGTH, Team, TeamState


class StateForm(forms.Form):
    """The new state and the reason, which the team's people get to read."""

    use_required_attribute = False

    state = forms.ChoiceField(label=_("New state"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, team: Team, may_disband: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (TeamState.ACTIVE, _("Active: people can join")),
            (TeamState.DORMANT, _("Dormant: nobody joins, the members stay")),
        ]
        if may_disband:
            choices.append((TeamState.DISBANDED, _("Disbanded: everybody's membership ends today")))
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [choice for choice in choices if choice[0] != team.state]
