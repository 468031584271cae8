"""What staff type about resources and their uses."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.clock import CELLS_PER_DAY, LAST_DAY, cell_of, moment
from lishui_center.common.encryption import seal
from services.centres.models import Centre, CentreQuerySet
from services.lending.models import CODE_LENGTH, NOTE_LENGTH, PURPOSE_LENGTH, ForKind, LendingPolicy
from services.opening.forms import WEEKDAYS, DayInput, GridTimeField, check_in_order
from services.resources.models import (
    CONTACT_LENGTH,
    WORDS_LENGTH,
    Kind,
    Resource,
    ResourceClosure,
    ResourceHours,
    State,
)

MIDNIGHT = time(23, 59)
WORDS = forms.Textarea(attrs={"rows": 2})


class ResourceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """One resource; its code and kind stay, for links and uses go by them."""

    contact = forms.CharField(
        label=_("Contact, for staff only"),
        max_length=CONTACT_LENGTH,
        required=False,
        help_text=_("Kept encrypted. Leave it empty to keep what is stored."),
    )

    class Meta:
        model = Resource
        fields = (
            "code",
            "kind",
            "centre",
            "name_zh",
            "name_en",
            "capacity",
            "description_zh",
            "description_en",
            "terms_zh",
            "terms_en",
            "needs_approval",
            "open_to_residents",
        )
        labels = {
            "code": pgettext_lazy("resource", "Code"),
            "kind": _("Kind of resource"),
            "centre": _("Centre"),
            "name_zh": _("Name in Chinese"),
            "name_en": _("Name in English"),
            "capacity": _("Seats, pieces or people"),
            "description_zh": _("Description in Chinese"),
            "description_en": _("Description in English"),
            "terms_zh": _("Rules of use in Chinese"),
            "terms_en": _("Rules of use in English"),
            "needs_approval": _("Staff agree to each use"),
            "open_to_residents": _("Residents may ask for it"),
        }
        help_texts = {"code": _("Small letters, digits and hyphens, such as town-hall-1.")}
        widgets = dict.fromkeys(("description_zh", "description_en", "terms_zh", "terms_en"), WORDS)

    def __init__(self, *args: Any, centres: CentreQuerySet, town_too: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("code", "kind"):
            self.fields[name].disabled = self.instance.pk is not None
        field = self.fields["centre"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset, field.required = centres, not town_too
        field.empty_label = _("Whole town") if town_too else "---------"

    def clean(self) -> dict[str, Any]:
        """The contact goes sealed into its column."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("contact"):
            self.instance.contact_sealed = seal(cleaned["contact"])
        return cleaned


class HoursForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A weekly stretch in which the resource can be used."""

    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    opens = GridTimeField(label=_("From"))
    closes = GridTimeField(label=_("Until"), help_text=_("23:59 for midnight."))

    class Meta:
        model = ResourceHours
        fields = ("weekdays", "opens", "closes", "on_holidays")
        labels = {"on_holidays": _("Also on statutory holidays")}

    def clean_weekdays(self) -> str:
        """The column keeps the digits in one text."""
        return "".join(self.cleaned_data["weekdays"])

    def clean(self) -> dict[str, Any]:
        """The beginning comes first."""
        cleaned: dict[str, Any] = super().clean() or {}
        check_in_order(cleaned)
        return cleaned


class SpanForm(forms.Form):
    """From a day and time to a day and time; without a last day, on the same one."""

    first_day = forms.DateField(label=_("Day"), widget=DayInput)
    begins = GridTimeField(label=_("From"))
    last_day = forms.DateField(
        label=_("Until the day"),
        widget=DayInput,
        required=False,
        help_text=_("Only if it ends on a later day."),
    )
    ends = GridTimeField(label=_("Until"), help_text=_("23:59 for midnight."))

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning, and neither is far beyond any calendar."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if max(cleaned["first_day"], cleaned["last_day"] or cleaned["first_day"]) > LAST_DAY:
            raise ValidationError({"first_day": _("Enter a valid date.")})
        starts_at, ends_at = self.span(cleaned)
        if ends_at <= starts_at:
            raise ValidationError({"ends": _("Please choose an end after the beginning.")})
        return cleaned | {"starts_at": starts_at, "ends_at": ends_at}

    @staticmethod
    def span(given: dict[str, Any]) -> tuple[datetime, datetime]:
        """Both moments."""
        first, last = given["first_day"], given["last_day"] or given["first_day"]
        return _moment(first, given["begins"]), _moment(last, given["ends"], is_end=True)


class ClosureForm(SpanForm):
    """When the resource cannot be used, and why."""

    reason_zh = forms.CharField(label=_("Reason, in Chinese"), max_length=60)
    reason_en = forms.CharField(label=_("Reason, in English"), max_length=100, required=False)

    def closure_of(self, resource: Resource) -> ResourceClosure:
        """What is to be stored."""
        names = ("starts_at", "ends_at", "reason_zh", "reason_en")
        given = {name: self.cleaned_data[name] for name in names}
        return ResourceClosure(resource=resource, **given)


class EnterForm(SpanForm):
    """A use that staff enter: what for, when, and who is told."""

    for_kind = forms.ChoiceField(label=_("For"), choices=ForKind.choices)
    for_code = forms.CharField(
        label=_("Its number"),
        max_length=CODE_LENGTH,
        required=False,
        help_text=_("Of the need, project or activity."),
    )
    purpose = forms.CharField(label=_("What it is for"), max_length=PURPOSE_LENGTH)
    units = forms.IntegerField(label=_("How many pieces"), min_value=1, initial=1)
    people = forms.IntegerField(label=_("How many people come"), min_value=1, required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        required=False,
        help_text=_("Of a resident; else you are told yourself."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    def __init__(self, *args: Any, resource: Resource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["people" if resource.is_in_pieces else "units"]
        self.order_fields(["for_kind", "for_code", "purpose"])

    def clean(self) -> dict[str, Any]:
        """A resident has a name and a phone, both or neither for all others."""
        cleaned = super().clean()
        is_resident = cleaned.get("for_kind") == ForKind.RESIDENT
        for name, other in (("name", "phone"), ("phone", "name")):
            if not cleaned.get(name) and (is_resident or cleaned.get(other)):
                self.add_error(name, _("This field is required."))
        return cleaned


class ReasonForm(forms.Form):
    """Why, for the person who gets to read it."""

    reason = forms.CharField(
        label=_("Reason, sent to whoever asked"), max_length=NOTE_LENGTH, widget=WORDS
    )


class ShowForm(forms.Form):
    """Why personal data is needed, for the audit trail."""

    prefix = "show"

    reason = forms.CharField(label=_("Reason"), max_length=WORDS_LENGTH // 2)


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What residents may ask for at one centre."""

    class Meta:
        model = LendingPolicy
        fields = ("max_hours", "max_open", "lead_hours", "days_ahead")
        labels = {
            "max_hours": _("Hours at a time"),
            "max_open": _("Uses to come of one phone"),
            "lead_hours": _("Hours to ask before"),
            "days_ahead": _("Days ahead"),
        }


class UsesForm(forms.Form):
    """Which uses to look at; those to decide unless told."""

    show = forms.ChoiceField(
        label=_("Uses"),
        required=False,
        choices=[
            ("decide", pgettext_lazy("uses", "To decide")),
            ("coming", pgettext_lazy("uses", "To come")),
            ("past", pgettext_lazy("uses", "Past")),
        ],
    )

    def wanted(self) -> str:
        """What to show."""
        self.is_valid()
        return str(self.cleaned_data.get("show") or "decide")


class FindForm(forms.Form):
    """Which resources; with a day, only those free then. Wrong values narrow nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=40)
    kind = forms.ChoiceField(
        label=_("Kind of resource"), required=False, choices=[("", _("All")), *Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *State.choices]
    )
    centre: "forms.ModelChoiceField[Centre]" = forms.ModelChoiceField(
        label=_("Centre"),
        queryset=Centre.objects.active(),
        empty_label=_("All centres"),
        required=False,
        to_field_name="code",
    )
    day = forms.DateField(label=_("Free on"), required=False, widget=DayInput)
    begins = GridTimeField(label=_("From"), required=False)
    ends = GridTimeField(label=_("Until"), required=False)
    # What it is to be used for: kept until the use is entered.
    for_kind = forms.ChoiceField(choices=ForKind.choices, required=False, widget=forms.HiddenInput)
    for_code = forms.CharField(max_length=CODE_LENGTH, required=False, widget=forms.HiddenInput)


def _moment(day: date, at: time, *, is_end: bool = False) -> datetime:
    """The local moment; 23:59 as an end is the midnight after."""
    return moment(day, CELLS_PER_DAY) if is_end and at == MIDNIGHT else moment(day, cell_of(at))
