"""The six digits, scanned or typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 12
"""Long enough for digits typed in groups."""


class CodeForm(forms.Form):
    """What the organiser's phone shows now."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("The 6 digits shown by the organiser"),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
