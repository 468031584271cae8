"""Deciding on an appeal, or ending a pause early."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecideForm(forms.Form):
    """The note goes into the audit trail."""

    note = forms.CharField(label=_("Reason"), max_length=200)
