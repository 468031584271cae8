"""The rules to look at, and one rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.centres.models import CentreQuerySet
from services.desk.forms import CentreField
from services.requests.models import BODY_LENGTH, Category
from services.routing.access import Choices, lasting_units
from services.routing.actions import Target
from services.routing.models import OUTSIDE, OWN, Route


def target_choices() -> Choices:
    """What a rule can name."""
    special = [
        (OWN, pgettext_lazy("route", "The need's own centre")),
        (OUTSIDE, pgettext_lazy("route", "Another authority, such as 12345")),
    ]
    in_general = [(value, str(name)) for value, name in special]
    return [("", [("", "—")]), (pgettext_lazy("route", "In general"), in_general), *lasting_units()]


class FindForm(forms.Form):
    """Which rules to list; wrong or missing values narrow nothing."""

    category = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("All")), *Category.choices]
    )
    centre = CentreField(queryset=None, empty_label=_("All centres"), required=False)

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def wanted(self) -> dict[str, Any]:
        """What to list."""
        self.is_valid()
        return dict(self.cleaned_data)


class TargetForm(forms.Form):
    """To whom."""

    target = forms.ChoiceField(
        label=pgettext_lazy("route", "Usually goes to"),
        choices=target_choices,
        help_text=_("It is only proposed: somebody confirms each time."),
    )
    body = forms.CharField(
        label=_("Which authority"),
        max_length=BODY_LENGTH,
        required=False,
        help_text=_("Only for another authority: 12345, or the name of a department."),
    )

    def asked_target(self) -> Target:
        """The target, from a valid form."""
        kind, _colon, code = self.cleaned_data["target"].partition(":")
        return Target(kind, code, self.cleaned_data["body"])


class RouteForm(TargetForm):
    """A new rule; only the town's administrators set one for the whole town."""

    category = forms.ChoiceField(label=_("About"), choices=Category.choices)
    centre = CentreField(queryset=None, required=False)

    field_order = ("category", "centre", "target", "body")

    def __init__(
        self, *args: Any, centres: CentreQuerySet, is_for_town: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["centre"]
        assert isinstance(field, CentreField)  # noqa: S101 - tells mypy
        field.queryset = centres
        field.required = not is_for_town
        field.empty_label = str(_("All centres")) if is_for_town else None


def initial_of(route: Route) -> dict[str, str]:
    """The form as the rule stands."""
    has_code = bool(route.target_code)
    target = f"{route.target_kind}:{route.target_code}" if has_code else route.target_kind
    return {"target": target, "body": route.body}
