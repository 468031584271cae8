"""Choosing a sheet of members."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from volunteers.importing.errors import TooLargeError
from volunteers.importing.rules import MOST_BYTES


class SheetForm(forms.Form):
    """One Excel file."""

    use_required_attribute = False

    sheet = forms.FileField(
        label=_("Excel file (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("At most 1 MB and 1,000 rows."),
    )

    def clean_sheet(self) -> Any:
        """Refuse what is too large before it is read."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MOST_BYTES:
            raise ValidationError(str(TooLargeError()))
        return sheet
