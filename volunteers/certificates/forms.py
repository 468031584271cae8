"""Which days a certificate is for, and which code is looked up."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.opening.forms import DayInput
from volunteers.certificates.models import REASON_LENGTH
from volunteers.certificates.rules import Period

CODE_TYPED = 40


class PeriodForm(forms.Form):
    """From one day to another; `key` is the form's own, so that sending twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    first = forms.DateField(label=pgettext_lazy("certificate", "From"), widget=DayInput())
    last = forms.DateField(label=_("Up to and including"), widget=DayInput())

    def __init__(self, data: QueryDict | None, *, usual: Period, today: date) -> None:
        usually = {"key": uuid4(), "first": usual.first, "last": usual.last}
        super().__init__(data, initial=usually)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Days that have been, in their order."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if last and last > self._today:
            self.add_error("last", _("Please choose a day that has been."))
        elif first and last and last < first:
            self.add_error("last", _("The last day must not be before the first."))
        return given

    def period(self) -> Period:
        """The days, from a valid form."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


class StarForm(forms.Form):
    """One star that was awarded."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    level = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=5)


class CodeForm(forms.Form):
    """The code as it stands on the paper."""

    code = forms.CharField(
        label=_("Number of the certificate"),
        max_length=CODE_TYPED,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("12 letters and digits, with or without dashes."),
    )


class RevokeForm(forms.Form):
    """Why it no longer holds."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the audit trail; whoever checks the certificate does not read it."),
    )
