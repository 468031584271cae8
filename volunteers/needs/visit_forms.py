"""A need noted on a visit, on the phone: as short as it can be."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from lishui_center.photos.models import Photo
from services.desk.forms import CentreField
from services.intake.actions import Contact, Report
from services.intake.forms import NeedForm
from services.requests.models import Channel
from volunteers.needs.access import centres_of_team
from volunteers.teams.models import Team

CONSENT = "visit-1"
"""Which wording of the consent below somebody agreed to; a new wording gets a new number."""


class VisitForm(NeedForm):
    """The need, where it is, and a number if the person agreed."""

    consent = forms.BooleanField(
        label=_("The person agrees"),
        required=False,
        help_text=_("The centre keeps this number, and uses it only to send news of this need."),
    )

    field_order = ("category", "text", "centre", "place", "photos", "phone", "consent")

    def __init__(self, *args: Any, team: Team, member: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.team, self.member = team, member
        field = self.fields["centre"]
        assert isinstance(field, CentreField)  # noqa: S101 - tells mypy
        field.queryset = centres_of_team(team)
        self.fields["phone"].label = _("Mobile number of the person")
        self.fields["phone"].help_text = _("May stay empty. Only the centre's staff can see it.")

    def clean(self) -> dict[str, Any]:
        """No number without a yes."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("phone") and not given.get("consent"):
            refusal = _("Please ask the person. Without a yes, leave the number empty.")
            self.add_error("consent", refusal)
        return given

    def contact(self, language: str) -> Contact:
        """With what the person agreed to."""
        contact = super().contact(language)
        return replace(contact, consent=CONSENT) if contact.phone else contact

    def report(self, photos: Sequence[Photo], language: str) -> Report:
        """With the team whose visit it was, and who wrote it down."""
        return replace(
            super().report(photos, language),
            channel=Channel.VISIT,
            entered_by=self.member,
            visited_by=self.team.code,
        )
