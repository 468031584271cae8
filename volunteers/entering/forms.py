"""Entering service for others."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from lishui_center.common.masking import mask_phone
from services.opening.forms import DayInput
from volunteers.entering.actions import Evening, Grounds
from volunteers.hours.actions import Service
from volunteers.hours.forms import TimesForm
from volunteers.hours.models import NOTE_LENGTH, Evidence
from volunteers.teams.models import Team


class EveningForm(TimesForm):
    """One evening of several people: those who were there are ticked."""

    # Made when the form opens; each person's record has an id made of it.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    people = forms.MultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, members: list[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        people = self.fields["people"]
        assert isinstance(people, forms.MultipleChoiceField)  # noqa: S101 - tells mypy
        people.choices = [(pk, str(member.display_name)) for pk, member in self._members.items()]
        self.fields["day"].initial = today
        self.fields["note"].label = _("What you did together")

    def evening(self) -> Evening:
        """What was entered, from a valid form."""
        start, end = self.times()
        return Evening(self.cleaned_data["key"], start, end, self.cleaned_data["note"])

    def ticked(self) -> list[User]:
        """Who was there."""
        return [self._members[pk] for pk in self.cleaned_data["people"]]


class MemberField(forms.ChoiceField):
    """One of a team's people, with masked name and phone: two can share a name."""

    def show(self, members: list[User]) -> None:
        """Offer these people."""
        self.choices = [
            (str(member.pk), f"{member.masked_name} {mask_phone(member.phone)}".strip())
            for member in members
        ]


class LateForm(TimesForm):
    """Service that staff enter for one of the team's people, with its grounds."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    volunteer = MemberField(label=_("Volunteer"))
    reason = forms.CharField(label=_("Why it is entered now"), max_length=NOTE_LENGTH)
    basis = forms.CharField(
        label=_("What it rests on"),
        max_length=NOTE_LENGTH,
        help_text=_("For example: the sign-in sheet of that day, and where it is kept."),
    )
    evidence = forms.ChoiceField(
        label=_("Evidence"),
        choices=[(level.value, level.label) for level in (Evidence.STATEMENT, Evidence.PHOTO)],
    )

    field_order = ["id", "volunteer", "day", "start", "end", "note", "reason", "basis", "evidence"]

    def __init__(self, *args: Any, members: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        people = self.fields["volunteer"]
        assert isinstance(people, MemberField)  # noqa: S101 - tells mypy
        people.show(members)
        self.fields["note"].label = _("What the person did")

    def person(self) -> User:
        """For whom it is entered."""
        return self._members[self.cleaned_data["volunteer"]]

    def service(self, team: Team) -> Service:
        """What was entered, from a valid form."""
        start, end = self.times()
        given = self.cleaned_data
        return Service(given["id"], team.code, start, end, note=given["note"])

    def grounds(self) -> Grounds:
        """Why, and what it rests on."""
        given = self.cleaned_data
        return Grounds(given["reason"], given["basis"], Evidence(given["evidence"]))


class AllowanceForm(forms.Form):
    """One person's one day above the limit, and why."""

    use_required_attribute = False

    volunteer = MemberField(label=_("Volunteer"))
    day = forms.DateField(label=_("Day"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=NOTE_LENGTH)

    def __init__(self, *args: Any, members: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        people = self.fields["volunteer"]
        assert isinstance(people, MemberField)  # noqa: S101 - tells mypy
        people.show(members)

    def person(self) -> User:
        """For whom the day is allowed."""
        return self._members[self.cleaned_data["volunteer"]]
