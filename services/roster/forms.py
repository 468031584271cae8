"""What managers and staff type about the roster."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from lishui_center.common.clock import cell_of, clock_text
from lishui_center.common.dates import short_date
from services.centres.models import Centre, CentreQuerySet, Window
from services.opening.forms import DayInput, GridTimeField
from services.roster.access import name_on_roster
from services.roster.actions import Duty
from services.roster.models import LeaveKind, RosterPolicy, Shift, place_of
from services.roster.rules import Hours

MOST_WEEKS = 4
FRONT_DESK = "desk"
"""Stands for no window, so that nobody is put there for want of a choice."""


class ShiftForm(forms.Form):
    """Who is where, and from when to when."""

    staff = forms.ChoiceField(label=_("Person"))
    window = forms.ChoiceField(label=_("Place"))
    date = forms.DateField(label=_("Day"), widget=DayInput)
    starts = GridTimeField(label=_("Begins"))
    ends = GridTimeField(label=_("Ends"), help_text=_("23:59 for midnight."))
    break_starts = GridTimeField(label=_("Break begins"), required=False)
    break_ends = GridTimeField(label=_("Break ends"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: Iterable[User], windows: Iterable[Window], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.windows = {str(window.pk): window for window in windows}
        self.fields["staff"].choices = [  # type: ignore[attr-defined]  # a choice field's
            ("", _("Please choose")),
            *((pk, name_on_roster(person)) for pk, person in self.people.items()),
        ]
        self.fields["window"].choices = [  # type: ignore[attr-defined]  # as above
            ("", _("Please choose")),
            (FRONT_DESK, place_of(None)),
            *((pk, f"{place_of(window)} · {window.pool}") for pk, window in self.windows.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """A break has a beginning and an end."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = [name for name in ("break_starts", "break_ends") if cleaned.get(name)]
        if len(given) == 1 and not self.errors:
            raise ValidationError(_("Please enter when the break begins and when it ends."))
        return cleaned

    def duty(self) -> Duty:
        """What to plan, from a valid form."""
        typed = self.cleaned_data
        rest = None
        if typed["break_starts"] and typed["break_ends"]:
            rest = (cell_of(typed["break_starts"]), cell_of(typed["break_ends"]))
        return Duty(
            staff=self.people[typed["staff"]],
            window=self.windows.get(typed["window"]),
            date=typed["date"],
            hours=Hours(cell_of(typed["starts"]), cell_of(typed["ends"]), rest),
        )


class VersionForm(forms.Form):
    """Which version of a shift was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CopyForm(forms.Form):
    """How often to repeat the week."""

    weeks = forms.IntegerField(
        label=_("Into so many of the following weeks"),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
    )


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What the centre's roster is for."""

    class Meta:
        model = RosterPolicy
        fields = ("lanes_follow_roster", "front_desk")
        labels = {
            "lanes_follow_roster": _("Only windows with somebody on duty take bookings"),
            "front_desk": _("Somebody is at the front desk while windows are open"),
        }
        help_texts = {
            "lanes_follow_roster": _(
                "Days after the last one on the roster keep their usual windows."
            ),
            "front_desk": "",
        }


class CentreField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A centre by its code in the address, by its short name on the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Centre"), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The short name."""
        return str(obj.short_name)


class LeaveForm(forms.Form):
    """When, and what kind of leave."""

    centre = CentreField(queryset=None, empty_label=None)
    first = forms.DateField(label=_("First day"), widget=DayInput)
    last = forms.DateField(label=_("Last day"), widget=DayInput)
    kind = forms.ChoiceField(label=_("Kind of leave"), choices=LeaveKind.choices)

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def days(self) -> tuple[date, date]:
        """From the first to the last, from a valid form."""
        return self.cleaned_data["first"], self.cleaned_data["last"]

    def asked_of(self) -> Centre:
        """The centre whose manager decides."""
        centre: Centre = self.cleaned_data["centre"]
        return centre


class DecideForm(forms.Form):
    """The note goes to the person."""

    note = forms.CharField(label=_("Note for the person"), max_length=40, required=False)


class SwapForm(forms.Form):
    """Who should take the shift, and for which of theirs."""

    hand = forms.ChoiceField(
        label=_("Who takes it"),
        help_text=_("A colleague for nothing in return, or in exchange for one of their shifts."),
    )

    def __init__(
        self, *args: Any, people: Iterable[User], shifts: Iterable[Shift], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hands: dict[str, tuple[User, Shift | None]] = {}
        by_person: dict[int, list[Shift]] = {}
        for shift in shifts:
            by_person.setdefault(shift.staff_id, []).append(shift)
        for person in people:
            self.hands[f"{person.pk}"] = (person, None)
            for shift in by_person.get(person.pk, []):
                self.hands[f"{person.pk}-{shift.pk}"] = (person, shift)
        self.fields["hand"].choices = [  # type: ignore[attr-defined]  # a choice field's
            ("", _("Please choose")),
            *((key, _told(*hand)) for key, hand in self.hands.items()),
        ]

    def chosen(self) -> tuple[User, Shift | None]:
        """The colleague and the shift in return, from a valid form."""
        return self.hands[self.cleaned_data["hand"]]


def _told(person: User, shift: Shift | None) -> str:
    name = name_on_roster(person)
    if shift is None:
        return name
    times = f"{clock_text(shift.from_cell)}-{clock_text(shift.to_cell)}"
    return f"{name} ⇄ {short_date(shift.date)} {times} {shift.place}"
