"""Looking through a day's bookings, and booking for somebody on the phone."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from services.bookings.models import Status
from services.catalogue.models import ServiceItem
from services.centres.models import CentreQuerySet
from services.desk.access import DayFilter
from services.opening.forms import DayInput
from services.slots.bands import Band


class CentreField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A centre by its code in the address, by its short name on the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Centre"), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The short name."""
        return str(obj.short_name)


class DayForm(forms.Form):
    """Which bookings to list; wrong or missing values fall back to today at every centre."""

    centre = CentreField(queryset=None, empty_label=_("All centres"), required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    q = forms.CharField(
        label=_("Reference, phone or name"), required=False, max_length=40, strip=True
    )
    band = forms.ChoiceField(
        label=_("Part of the day"), required=False, choices=[("", _("All day")), *Band.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Status.choices]
    )

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def wanted(self, today: date) -> DayFilter:
        """What to list."""
        self.is_valid()
        chosen = self.cleaned_data
        return DayFilter(
            centre=chosen.get("centre"),
            day=chosen.get("day") or today,
            text=chosen.get("q", ""),
            band=chosen.get("band", ""),
            status=chosen.get("state", ""),
        )


class ReasonForm(forms.Form):
    """Why, for the audit trail."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class VisitForm(forms.Form):
    """Where and for what somebody on the phone wants to come."""

    centre = CentreField(queryset=None, empty_label=None)
    item = forms.ChoiceField(label=_("Service"))
    also = forms.ChoiceField(label=_("In the same visit"), required=False)

    def __init__(
        self, *args: Any, centres: CentreQuerySet, items: Iterable[ServiceItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field
        choices = [(item.code, item.name) for item in items]
        self.fields["item"].choices = [("", _("Please choose")), *choices]  # type: ignore[attr-defined]
        self.fields["also"].choices = [("", _("Nothing else")), *choices]  # type: ignore[attr-defined]

    def codes(self) -> list[str]:
        """The codes of the services, from a valid form."""
        return [code for code in (self.cleaned_data["item"], self.cleaned_data["also"]) if code]


class CallerForm(forms.Form):
    """Who comes."""

    start = forms.DateTimeField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Visitor's name"), max_length=40)
    phone = forms.CharField(
        label=_("Mobile number"), max_length=30, widget=forms.TextInput({"inputmode": "tel"})
    )
    language = forms.ChoiceField(label=_("Messages in"), choices=settings.LANGUAGES)
    concession = forms.BooleanField(label=_("60 or older, or disabled"), required=False)
