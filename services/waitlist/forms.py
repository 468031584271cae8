"""Between which times somebody would come, and who."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.common.clock import clock_text
from services.reserving.forms import DetailsForm


class JoinForm(DetailsForm):
    """The details of a booking, with a range of starts instead of one."""

    earliest = forms.TypedChoiceField(label=_("I could start from"), coerce=int)
    latest = forms.TypedChoiceField(
        label=_("and no later than"),
        coerce=int,
        help_text=_("The longer the stretch, the better your chance."),
    )

    def __init__(self, *args: Any, cells: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = cells
        choices = [(cell, clock_text(cell)) for cell in cells]
        for name in ("earliest", "latest"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
            field.choices = choices
        self.order_fields(["earliest", "latest", "who"])

    def asking_code(self) -> "JoinForm":
        """The same form with a field for the code that was sent; an error on it stays."""
        if "code" in self.errors:
            return self
        return JoinForm(self.data, user=self.user, cells=self.cells, asks_code=True)
