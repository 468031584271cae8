"""Narrowing the message log down, and saying why a message is sent again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.notifications.models import NotificationQuerySet, State
from lishui_center.notifications.rules import KINDS


class FilterForm(forms.Form):
    """What needs a person is shown first, that is, when nothing is chosen."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Failed or uncertain")), ("all", _("All")), *State.choices],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *((name, kind.title) for name, kind in KINDS.items())],
    )

    def narrow(self, messages: NotificationQuerySet) -> NotificationQuerySet:
        """The messages asked for; those in trouble while a field is wrong."""
        chosen = self.cleaned_data if self.is_valid() else {"state": "", "kind": ""}
        return messages.narrowed(state=chosen["state"], kind=chosen["kind"])


class ResendForm(forms.Form):
    """The reason goes into the audit trail."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
