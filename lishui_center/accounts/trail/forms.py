"""Narrowing the audit trail down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.audit.models import EventFilter


class TrailForm(forms.Form):
    """Every field may stay empty."""

    action = forms.CharField(label=_("Action begins with"), max_length=60, required=False)
    target_type = forms.CharField(label=_("Target"), max_length=60, required=False)
    target_id = forms.CharField(label=_("Target's number"), max_length=64, required=False)
    actor_id = forms.IntegerField(label=_("Person's number"), min_value=1, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def wanted(self) -> EventFilter:
        """What to look for; everything while a field is wrong."""
        return EventFilter(**self.cleaned_data) if self.is_valid() else EventFilter()
