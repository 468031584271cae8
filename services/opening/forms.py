"""What staff type to change the opening."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lishui_center.common.clock import CELL_MINUTES
from services.centres.models import Centre, Pool
from services.hours.models import CalendarDay, HoursException, HoursRule

WEEKDAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
]
LAST_MINUTE = (23, 59)


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class GridTimeField(forms.TimeField):
    """A wall time on the grid of quarters of an hour; 23:59 is the end of the day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": CELL_MINUTES * 60})
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse a time between two quarters."""
        super().validate(value)
        on_grid = value is None or value.minute % CELL_MINUTES == 0
        if not on_grid and (value.hour, value.minute) != LAST_MINUTE:
            raise ValidationError(_("Please enter a full quarter of an hour, such as 14:15."))


class CentreRowForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A row that belongs to one centre, and maybe to one of its pools."""

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.centre = centre
        if isinstance(field := self.fields.get("pool"), forms.ModelChoiceField):
            field.queryset = Pool.objects.filter(centre=centre)
            field.empty_label = _("All windows")

    def _get_validation_exclusions(self) -> set[str]:
        # Django would skip the unique constraints that name the centre: it is not a field here.
        return super()._get_validation_exclusions() - {"centre"}  # type: ignore[no-any-return,misc]


class RuleForm(CentreRowForm):
    """One weekly stretch of opening."""

    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    opens = GridTimeField(label=_("Opens"))
    closes = GridTimeField(label=_("Closes"), help_text=_("23:59 for midnight."))

    class Meta:
        model = HoursRule
        fields = (
            "weekdays",
            "opens",
            "closes",
            "pool",
            "valid_from",
            "valid_to",
            "on_holidays",
            "lanes_total",
            "lanes_online",
        )
        labels = {
            "pool": _("Windows"),
            "valid_from": _("First day"),
            "valid_to": _("Last day"),
            "on_holidays": _("Also on statutory holidays"),
            "lanes_total": _("Windows open"),
            "lanes_online": _("Of these, for bookings"),
        }
        help_texts = {
            "lanes_total": _("Only if it differs from the usual number."),
            "lanes_online": _("Only if it differs from the usual number."),
        }
        widgets = {"valid_from": DayInput, "valid_to": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["weekdays"] = list(self.instance.weekdays)

    def clean_weekdays(self) -> str:
        """The column keeps the digits in one text."""
        return "".join(self.cleaned_data["weekdays"])

    def clean(self) -> dict[str, Any]:
        """Opening comes first."""
        cleaned: dict[str, Any] = super().clean() or {}
        check_in_order(cleaned)
        return cleaned


class DayChange(TextChoices):
    """What is different about one date."""

    CLOSED = "closed", _("Closed all day")
    EARLY = "early", _("Closes early")
    LATE = "late", _("Opens late")
    HOURS = "hours", _("Other hours instead of the usual ones")


TIMES_OF = {
    DayChange.CLOSED: (),
    DayChange.EARLY: ("closes",),
    DayChange.LATE: ("opens",),
    DayChange.HOURS: ("opens", "closes"),
}


class ExceptionForm(CentreRowForm):
    """One date that differs."""

    change = forms.ChoiceField(
        label=_("What changes"), choices=DayChange.choices, widget=forms.RadioSelect
    )
    opens = GridTimeField(label=_("Opens"), required=False)
    closes = GridTimeField(label=_("Closes"), required=False)

    field_order = ("date", "change", "opens", "closes")

    class Meta:
        model = HoursException
        fields = ("date", "opens", "closes", "pool", "reason_zh", "reason_en", "source", "verified")
        labels = {
            "date": _("Date"),
            "pool": _("Windows"),
            "reason_zh": _("Reason, in Chinese"),
            "reason_en": _("Reason, in English"),
            "source": _("Source, such as the notice's number"),
            "verified": _("Checked against the source"),
        }
        widgets = {"date": DayInput}

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first
        opens, closes = self.instance.opens, self.instance.closes
        named = tuple(name for name, value in (("opens", opens), ("closes", closes)) if value)
        self.initial["change"] = next(kind for kind, names in TIMES_OF.items() if names == named)

    def clean_date(self) -> date:
        """The past is history."""
        day: date = self.cleaned_data["date"]
        if day < self.first:
            raise ValidationError(_("This day is over. Please choose today or a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        """Exactly the times that the kind of change needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("change")
        wanted = TIMES_OF[DayChange(chosen)] if chosen else ()
        for name in ("opens", "closes"):
            if name not in wanted:
                cleaned[name] = None
            elif cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Please enter the time."))
        check_in_order(cleaned)
        return cleaned


class PoolForm(CentreRowForm):
    """Interchangeable windows that share a queue."""

    class Meta:
        model = Pool
        fields = ("code", "name_zh", "name_en", "lanes_total", "lanes_online")
        labels = {
            "code": _("Letter"),
            "name_zh": _("Name in Chinese"),
            "name_en": _("Name in English"),
            "lanes_total": _("Windows open"),
            "lanes_online": _("Of these, for bookings"),
        }
        help_texts = {"lanes_total": "", "lanes_online": ""}


class CalendarDayForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A holiday or make-up workday of the State Council's notice."""

    class Meta:
        model = CalendarDay
        fields = ("date", "kind", "name_zh", "name_en", "source", "verified")
        labels = {
            "date": _("Date"),
            "kind": _("Kind of day"),
            "name_zh": _("Name in Chinese"),
            "name_en": _("Name in English"),
            "source": _("Source, such as the notice's number"),
            "verified": _("Checked against the source"),
        }
        widgets = {"date": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Another date is another day: remove this one and add that.
        self.fields["date"].disabled = self.instance.pk is not None


def check_in_order(cleaned: dict[str, Any]) -> None:
    """Refuse an opening that ends before it begins.

    Raises:
        ValidationError
    """
    opens, closes = cleaned.get("opens"), cleaned.get("closes")
    if opens and closes and opens >= closes:
        raise ValidationError({"closes": _("Please enter a time after the opening.")})
