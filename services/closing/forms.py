"""Which centre's days to look at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre, CentreQuerySet
from services.desk.forms import CentreField


class CentreForm(forms.Form):
    """A wrong or missing value means every centre."""

    centre = CentreField(queryset=None, empty_label=_("All centres"), required=False)

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def chosen(self) -> Centre | None:
        """The centre; None for all."""
        self.is_valid()
        centre: Centre | None = self.cleaned_data.get("centre")
        return centre
