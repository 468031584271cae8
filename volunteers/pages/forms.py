"""Narrowing a list of teams, and what staff type about one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.centres.models import CentreQuerySet
from services.desk.forms import CentreField
from volunteers.pages.access import TeamFilter
from volunteers.teams.models import Team, TeamKind, TeamState

RESERVED = {"add", "import"}
"""Words that stand in the address where a team's code would."""


class FindForm(forms.Form):
    """Which teams to list for everybody; wrong or missing values do not narrow."""

    q = forms.CharField(label=_("Name or purpose"), required=False, max_length=40)
    centre = CentreField(queryset=None, empty_label=_("All centres"), required=False)

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def wanted(self) -> TeamFilter:
        """What to list."""
        self.is_valid()
        chosen = self.cleaned_data
        return TeamFilter(
            centre=chosen.get("centre"),
            kind=chosen.get("kind", ""),
            state=chosen.get("state", ""),
            text=chosen.get("q", ""),
        )


class StaffFindForm(FindForm):
    """The same for staff, by kind and state as well."""

    kind = forms.ChoiceField(
        label=_("Kind of team"), required=False, choices=[("", _("All")), *TeamKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *TeamState.choices]
    )


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A team's name, purpose and place; the code stays once it is given."""

    class Meta:
        model = Team
        fields = ("code", "name_zh", "name_en", "kind", "centre", "about_zh", "about_en")
        labels = {
            "code": pgettext_lazy("team", "Code"),
            "name_zh": _("Name in Chinese"),
            "name_en": _("Name in English"),
            "kind": _("Kind of team"),
            "centre": _("Centre"),
            "about_zh": _("What the team does, in Chinese"),
            "about_en": _("What the team does, in English"),
        }
        help_texts = {"code": _("Small letters, digits and hyphens; it cannot be changed later.")}
        widgets = {
            "about_zh": forms.Textarea(attrs={"rows": 4}),
            "about_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(
        self, *args: Any, centres: CentreQuerySet, may_be_town_wide: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        centre = self.fields["centre"]
        assert isinstance(centre, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        centre.queryset = centres
        centre.required = not may_be_town_wide
        centre.empty_label = _("Whole town") if may_be_town_wide else _("Please choose")
        if self.instance.pk:
            del self.fields["code"]

    def clean_code(self) -> str:
        """Small letters, and none of the words the addresses need."""
        code: str = self.cleaned_data["code"].lower()
        if code in RESERVED:
            raise ValidationError(_("Please choose another code."))
        if Team.objects.filter(code=code).exists():
            raise ValidationError(_("There is a team with this code already."))
        return code
