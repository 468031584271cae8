"""Closing centres in three clicks."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre, CentreQuerySet
from services.closures.actions import ClosingOrder
from services.opening.forms import GridTimeField
from services.orphans.actions import Notice

# The wording people receive, in both languages; the SMS allows the Chinese a dozen characters.
REASONS = {
    "typhoon": ("台风预警", "typhoon warning"),
    "rainstorm": ("暴雨红色预警", "red rainstorm warning"),
    "power": ("停电", "power cut"),
    "repair": ("设备检修", "urgent repairs"),
}


class CentreChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as the stubs
    """Centres by the name people use."""

    def label_from_instance(self, obj: Any) -> str:
        """The short name."""
        return str(obj.short_name)


class ClosingForm(forms.Form):
    """Where, when and why. Everything has a default, so that a typhoon takes three clicks."""

    scope = forms.ChoiceField(
        label=_("Where"),
        choices=[("all", _("All centres")), ("some", _("Only the centres chosen below"))],
        widget=forms.RadioSelect,
        initial="all",
    )
    centres = CentreChoices(
        label=_("Centres"),
        queryset=Centre.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.ChoiceField(
        label=_("When"),
        choices=[("0", _("Today")), ("1", _("Tomorrow")), ("2", _("The day after tomorrow"))],
        widget=forms.RadioSelect,
        initial="0",
    )
    closes = GridTimeField(label=_("From"), required=False, help_text=_("Empty for the whole day."))
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[
            ("typhoon", _("Typhoon warning")),
            ("rainstorm", _("Red rainstorm warning")),
            ("power", _("Power cut")),
            ("repair", _("Urgent repairs")),
            ("other", _("Something else")),
        ],
        widget=forms.RadioSelect,
        initial="typhoon",
    )
    reason_zh = forms.CharField(label=_("Reason, in Chinese"), max_length=20, required=False)
    reason_en = forms.CharField(label=_("Reason, in English"), max_length=60, required=False)

    def __init__(self, *args: Any, centres: CentreQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.all_centres = centres
        self.fields["centres"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def clean(self) -> dict[str, Any]:
        """The centres and the wording that the choices mean."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("scope") == "all":
            cleaned["centres"] = self.all_centres
        elif not cleaned.get("centres"):
            self.add_error("centres", _("Please choose at least one centre."))
        if cleaned.get("reason") == "other" and not (
            cleaned.get("reason_zh") and cleaned.get("reason_en")
        ):
            raise ValidationError(_("Please enter the reason in both languages."))
        return cleaned

    def order(self) -> ClosingOrder:
        """What is to be closed, from a valid form."""
        chosen = self.cleaned_data
        typed = (chosen["reason_zh"], chosen["reason_en"])
        return ClosingOrder(
            centres=tuple(chosen["centres"].order_by("pk")),
            day=self.today + timedelta(days=int(chosen["day"])),
            closes=chosen["closes"],
            notice=Notice(*REASONS.get(chosen["reason"], typed)),
        )
