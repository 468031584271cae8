"""Proposing somebody for a role, and deciding on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.teams.models import WORDS_LENGTH, MemberRole, Membership, MembershipQuerySet


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A member by name, masked unless the names are the person's to know."""

    whole_names = False

    def label_from_instance(self, obj: Any) -> str:
        """The name and the present role."""
        member: Membership = obj
        name = member.user.display_name if self.whole_names else ""
        return f"{name or member.user.masked_name} · {member.get_role_display()}"


class ProposeForm(forms.Form):
    """Whom, for which role, and why."""

    use_required_attribute = False

    candidate = MemberField(
        label=_("Who is proposed"), queryset=None, empty_label=_("Please choose")
    )
    role = forms.ChoiceField(
        label=_("Proposed as"),
        widget=forms.RadioSelect,
        choices=[
            (MemberRole.DEPUTY, MemberRole.DEPUTY.label),
            (MemberRole.LEADER, _("Leader, in place of the present one")),
        ],
    )
    words = forms.CharField(
        label=_("Reason"), max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, candidates: MembershipQuerySet, whole_names: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["candidate"]
        assert isinstance(field, MemberField)  # noqa: S101 - tells mypy
        field.queryset = candidates
        field.whole_names = whole_names


class DecideForm(forms.Form):
    """What is said with the decision; needed for a refusal."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=WORDS_LENGTH,
        required=False,
        help_text=_("Both people get to read it. Needed when you do not accept."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
