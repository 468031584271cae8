"""What is asked of somebody who takes a number by phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.forms import PhoneField
from services.centres.models import Centre, Pool

STEPS = (10, 15, 20, 30, 45, 60, 90, 120)


class RemoteForm(forms.Form):
    """Which windows, how far away, and where to send word."""

    use_required_attribute = False

    pool: "forms.ModelChoiceField[Pool]" = forms.ModelChoiceField(
        label=_("Window group"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    minutes = forms.TypedChoiceField(
        label=_("I will be there in"), coerce=int, widget=forms.RadioSelect
    )
    phone = PhoneField(required=False, help_text=_("We send a message when 3 are ahead of you."))
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, centre: Centre, furthest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = Pool.objects.filter(centre=centre)  # type: ignore[attr-defined]  # a model's field
        minutes = self.fields["minutes"]
        assert isinstance(minutes, forms.ChoiceField)  # noqa: S101 - tells mypy
        minutes.choices = [
            (step, _("%(n)s min") % {"n": step}) for step in STEPS if step <= furthest
        ]
