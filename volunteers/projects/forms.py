"""Looking through projects, writing one down, and taking a step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from services.centres.models import Centre, CentreQuerySet
from services.desk.forms import CentreField
from services.opening.forms import DayInput
from volunteers.projects.access import ProjectFilter
from volunteers.projects.actions import Idea
from volunteers.projects.models import (
    REASON_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Category,
    Project,
    ProjectKind,
)
from volunteers.projects.rules import WITH_REASON, Act, State
from volunteers.teams.models import Team

PUBLIC_STATES = [choice for choice in State.choices if choice[0] not in ("idea", "proposed")]


class FilterForm(forms.Form):
    """Which projects to list; wrong or missing values narrow nothing."""

    use_required_attribute = False

    q = forms.CharField(label=_("Search projects"), required=False, max_length=40)
    category = forms.ChoiceField(
        label=pgettext_lazy("project", "About"),
        required=False,
        choices=[("", _("All")), *Category.choices],
    )
    centre = CentreField(queryset=None, empty_label=_("All centres"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *State.choices]
    )

    def __init__(
        self, *args: Any, centres: CentreQuerySet, only_public: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field
        if only_public:
            states = [("", _("All")), *PUBLIC_STATES]
            self.fields["state"].choices = states  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> ProjectFilter:
        """What to list."""
        self.is_valid()
        chosen = self.cleaned_data
        return ProjectFilter(
            text=chosen.get("q", ""),
            category=chosen.get("category", ""),
            centre=chosen.get("centre"),
            state=chosen.get("state", ""),
        )


def all_centres() -> CentreQuerySet:
    """Those that a public list can be narrowed to."""
    return Centre.objects.active()


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Somebody by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The whole name: they are in one team."""
        return str(obj.display_name or obj.masked_name)


class TeamField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Teams to tick."""

    widget = forms.CheckboxSelectMultiple


class IdeaForm(forms.Form):
    """A project in its people's words; what a proposal needs more is on its page."""

    use_required_attribute = False

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=TITLE_LENGTH)
    title_en = forms.CharField(label=_("Title in English"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("project", "Kind"),
        choices=ProjectKind.choices,
        help_text=_("A demonstration project is the whole town's; the town decides on it."),
    )
    category = forms.ChoiceField(label=pgettext_lazy("project", "About"), choices=Category.choices)
    summary = forms.CharField(
        label=_("What is it about?"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
    target = forms.CharField(
        label=_("What shall be different at the end?"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Something that can be counted or seen."),
    )
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DayInput)
    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("Responsible team"), queryset=None, empty_label=None, to_field_name="code"
    )
    lead = PersonField(label=_("Who leads the project?"), queryset=None, empty_label=None)
    others = TeamField(
        label=_("Teams that take part"), queryset=None, required=False, to_field_name="code"
    )

    def __init__(self, *args: Any, teams: list[Team], partners: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Team.objects.filter(pk__in=[team.pk for team in teams])
        self._field("team").queryset = known.select_related("centre")
        people = User.objects.filter(memberships__team__in=teams, is_active=True)
        self._field("lead").queryset = people.distinct().order_by("display_name", "pk")
        near = Team.objects.filter(pk__in=[team.pk for team in partners])
        self._field("others").queryset = near.select_related("centre")

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot come before the first."))
        return cleaned

    def idea(self) -> Idea:
        """What was written, from a valid form."""
        given = dict(self.cleaned_data)
        return Idea(**given | {"kind": ProjectKind(given["kind"]), "others": [*given["others"]]})

    def _field(self, name: str) -> "forms.ModelChoiceField[Any]":
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        return field


def written(project: Project) -> dict[str, Any]:
    """A project's words as IdeaForm shows them first; load `links__team`."""
    names = ("title_zh", "title_en", "kind", "category", "summary", "target")
    return {name: getattr(project, name) for name in names} | {
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "lead": project.lead_id,
        "team": project.team.code if project.team else None,
        "others": [link.team.code for link in project.links.all() if not link.is_responsible],
    }


class StepForm(forms.Form):
    """The version that was read, and why, where the act wants a reason."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The people of the project get to read it, and it stays in the history."),
    )

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act not in WITH_REASON:
            del self.fields["reason"]


class ResultForm(forms.Form):
    """What came of it."""

    text = forms.CharField(
        label=_("What is different now?"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Set it against the target, with figures where there are any."),
    )
