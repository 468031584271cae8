"""What makers type: what an activity is, and when it takes place."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.clock import ZONE
from services.centres.models import Centre, CentreQuerySet
from services.opening.forms import DayInput
from volunteers.activities import rules
from volunteers.activities.actions import Plan, Times
from volunteers.activities.models import (
    ABOUT_LENGTH,
    AUDIENCE_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    TEXT_FIELDS,
    TITLE_LENGTH,
    ActivityKind,
    Session,
)
from volunteers.making.access import projects_of
from volunteers.teams.models import Team

HOURS_BEFORE = [0, 2, 24, 48]
USUAL_PLACES = 20


def _time(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


class TextsForm(forms.Form):
    """What the activity says of itself; Chinese first, English if there is any."""

    use_required_attribute = False

    title_zh = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    about_zh = forms.CharField(
        label=pgettext_lazy("activity", "What it is"),
        max_length=ABOUT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience_zh = forms.CharField(
        label=_("For whom"),
        max_length=AUDIENCE_LENGTH,
        required=False,
        help_text=_("For example: people over 60. Empty means everybody."),
    )
    title_en = forms.CharField(
        label=_("Title in English"), max_length=TITLE_LENGTH * 2, required=False
    )
    about_en = forms.CharField(
        label=_("What it is, in English"),
        max_length=ABOUT_LENGTH * 2,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience_en = forms.CharField(
        label=_("For whom, in English"), max_length=AUDIENCE_LENGTH * 2, required=False
    )

    def texts(self) -> dict[str, str]:
        """The texts, from a valid form."""
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}


class ProjectField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A project by its code in the form, by its title on the page."""

    def label_from_instance(self, obj: Any) -> str:
        """The title."""
        return str(obj.title)


class ActivityForm(TextsForm):
    """A new activity: also its kind, where, and whose."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=ActivityKind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Meetings, lectures and duty never count as service: make them an event. What people "
            "learn goes into the training ledger, apart from the hours of service."
        ),
    )
    centre: "forms.ModelChoiceField[Centre]" = forms.ModelChoiceField(
        label=_("Centre"), queryset=None, to_field_name="code"
    )
    team = forms.ChoiceField(
        label=_("Team"),
        required=False,
        help_text=_("Service belongs to a team, which vouches for the hours."),
    )

    project = ProjectField(
        label=_("Project"),
        queryset=None,
        to_field_name="code",
        required=False,
        help_text=_("Only if it is for one of the team's projects: its hours count there."),
    )

    def __init__(
        self, *args: Any, centres: CentreQuerySet, teams: Sequence[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.code: team for team in teams}
        centre, team = self.fields["centre"], self.fields["team"]
        centre.queryset = centres  # type: ignore[attr-defined]  # a model's field
        project = self.fields["project"]
        project.queryset = projects_of(teams)  # type: ignore[attr-defined]  # the same
        assert isinstance(team, forms.ChoiceField)  # noqa: S101 - tells mypy
        names = [(known.code, known.name) for known in teams]
        team.choices = [("", pgettext_lazy("team", "None")), *names]
        first = ["kind", "title_zh", "about_zh", "audience_zh", "centre", "team", "project"]
        self.order_fields(first)

    def plan(self) -> Plan:
        """The activity, from a valid form."""
        given = self.cleaned_data
        return Plan(
            kind=ActivityKind(given["kind"]),
            centre=given["centre"],
            team=self.teams.get(given["team"]),
            project=given["project"],
            **self.texts(),
        )


class SessionForm(forms.Form):
    """One time at which it takes place; one that ends earlier than it starts ends the day after."""

    use_required_attribute = False

    day = forms.DateField(label=_("Day"), widget=DayInput)
    start = _time(pgettext_lazy("time", "From"))
    end = _time(
        pgettext_lazy("time", "To"),
        help_text=_("A time before the start means the day after."),
    )
    place = forms.CharField(
        label=_("Room or meeting point"), max_length=PLACE_LENGTH, required=False
    )
    capacity = forms.IntegerField(
        label=_("Number of places"),
        min_value=1,
        max_value=rules.MOST_PLACES,
        initial=USUAL_PLACES,
    )
    closes = forms.TypedChoiceField(
        label=_("Sign-up closes"),
        coerce=int,
        initial=2,
        choices=[
            (0, _("at the start")),
            (2, _("2 hours before")),
            (24, _("1 day before")),
            (48, _("2 days before")),
        ],
    )

    @classmethod
    def initial_of(cls, session: Session) -> dict[str, object]:
        """The form's values for a session that is there."""
        start, end = session.starts_at.astimezone(ZONE), session.ends_at.astimezone(ZONE)
        before = (session.starts_at - session.signup_closes_at) // timedelta(hours=1)
        return {
            "day": start.date(),
            "start": start.time(),
            "end": end.time(),
            "place": session.place,
            "capacity": session.capacity,
            "closes": min(HOURS_BEFORE, key=lambda hours: abs(hours - before)),
        }

    def times(self) -> Times:
        """When, from a valid form."""
        given = self.cleaned_data
        start, end = self._moment("start"), self._moment("end")
        if end <= start:
            end += timedelta(days=1)
        return Times(
            start=start,
            end=end,
            closes=start - timedelta(hours=given["closes"]),
            capacity=given["capacity"],
            place=given["place"],
        )

    def _moment(self, name: str) -> datetime:
        day: date = self.cleaned_data["day"]
        return datetime.combine(day, self.cleaned_data[name], ZONE)


class CopyForm(forms.Form):
    """For how many weeks a session is made again."""

    use_required_attribute = False

    weeks = forms.IntegerField(
        label=_("For how many weeks"), min_value=1, max_value=rules.MOST_COPIES, initial=4
    )


class CancelForm(forms.Form):
    """Why something does not take place: everybody who signed up reads it."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        help_text=_("Everybody who signed up is told, with these words."),
    )
