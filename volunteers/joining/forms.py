"""Asking to join a team, the answer, and why somebody is taken out of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.teams.models import WORDS_LENGTH, Membership

STAY = ""


class JoinForm(forms.Form):
    """A word to the team, and whether another team is left for it."""

    use_required_attribute = False

    words = forms.CharField(
        label=_("A word to the team"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who you are, and what you would like to do. Its leaders read this."),
    )
    leaving = forms.ChoiceField(
        label=_("Your other teams"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, memberships: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memberships = {str(member.pk): member for member in memberships}
        if not self.memberships:
            del self.fields["leaving"]
            return
        field = self.fields["leaving"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.initial = STAY
        leave = _("Change over from %(team)s: I leave it when I am accepted")
        field.choices = [
            (STAY, _("I stay in them as well")),
            *((pk, leave % {"team": member.team}) for pk, member in self.memberships.items()),
        ]

    def chosen(self) -> Membership | None:
        """The membership to leave, from a valid form."""
        return self.memberships.get(self.cleaned_data.get("leaving", STAY))


class AnswerForm(forms.Form):
    """What is said with the answer; needed for a refusal."""

    reason = forms.CharField(
        label=_("What you want to say"),
        max_length=WORDS_LENGTH,
        required=False,
        help_text=_("The person gets to read it. Needed when you do not accept."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RemoveForm(forms.Form):
    """Why a membership ends."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"),
        max_length=WORDS_LENGTH,
        help_text=_("The person gets to read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
