"""Entering service on one's phone."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from lishui_center.common.clock import ZONE
from lishui_center.photos.forms import PhotoField
from lishui_center.photos.models import Photo
from services.opening.forms import DayInput
from volunteers.hours.access import Known
from volunteers.hours.actions import Service
from volunteers.hours.errors import UnknownProjectError
from volunteers.hours.models import DEVICE_LENGTH, NOTE_LENGTH

EVENING = time(18)


class TimesForm(forms.Form):
    """A day, from and to, and a word about it."""

    use_required_attribute = False

    day = forms.DateField(label=_("Day"), widget=DayInput)
    start = forms.TimeField(
        label=pgettext_lazy("time", "From"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    end = forms.TimeField(
        label=pgettext_lazy("time", "To"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("An evening may end after midnight."),
    )
    note = forms.CharField(label=_("What you did"), required=False, max_length=NOTE_LENGTH)

    def times(self) -> tuple[datetime, datetime]:
        """From and to, of a valid form; an evening that ends earlier ends the day after."""
        given = self.cleaned_data
        start = datetime.combine(given["day"], given["start"], ZONE)
        end = datetime.combine(given["day"], given["end"], ZONE)
        if end < start and given["start"] >= EVENING:
            end += timedelta(days=1)
        return start, end


class HoursForm(TimesForm):
    """One service: team, maybe its project, day, from, to, a word about it and a photo."""

    # Made when the form opens: the same form sent twice is one record.
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    team = forms.ChoiceField(label=_("Team"))
    project = forms.ChoiceField(
        label=_("Project"),
        required=False,
        help_text=_("Only if it was for one of your team's projects."),
        error_messages={"invalid_choice": UnknownProjectError.message},
    )
    photo = PhotoField(
        label=_("Photo"),
        required=False,
        help_text=_("It shows that the work was done, and where it is needed it speaks for you."),
    )

    # A random number that the phone's outbox keeps; only its hash is stored.
    device = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    field_order = ["id", "team", "project", "day", "start", "end", "note", "photo"]

    def __init__(self, *args: Any, known: Known, today: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(team.code, team.name) for team in known.teams]
        self._choose_from("team", teams)
        projects = [
            (project.code, f"{project.title} · {team.name}" if len(teams) > 1 else project.title)
            for project, team in known.projects
        ]
        self._choose_from("project", [("", pgettext("project", "None")), *projects])
        self.fields["project"].initial = known.last_project
        self.fields["day"].initial = today

    def service(self, photo: Photo | None) -> Service:
        """What was entered, from a valid form."""
        given = self.cleaned_data
        start, end = self.times()
        return Service(
            given["id"],
            given["team"],
            start,
            end,
            project=given["project"],
            note=given["note"],
            photo=photo,
            device=device_key(given["device"]),
        )

    def _choose_from(self, name: str, choices: "list[tuple[str, Any]]") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = choices


def device_key(number: str) -> str:
    """The phone again, without its number; empty for a phone that sent none."""
    if not number:
        return ""
    return salted_hmac("volunteers.device", number).hexdigest()[:DEVICE_LENGTH]


class WordsForm(forms.Form):
    """A few words that somebody else gets to read."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("What you want to say"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label
