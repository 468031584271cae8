"""What a check of a drawn record comes to, and why a pattern is in order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.hours import rules
from volunteers.hours.models import NOTE_LENGTH


class CheckForm(forms.Form):
    """The button says whether it is true; a doubt says how many minutes are right, and why."""

    use_required_attribute = False

    remark = forms.CharField(
        label=_("What you found"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("For example: asked the leader and one resident, both say so."),
    )
    after = forms.IntegerField(
        label=_("Minutes that are right, where you doubt it"),
        required=False,
        min_value=0,
        max_value=rules.DAY_MINUTES,
        help_text=_("60 is one hour; 0 makes the record void."),
    )

    def __init__(self, *args: Any, is_doubt: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = is_doubt


class DismissForm(forms.Form):
    """Why a pattern is in order."""

    use_required_attribute = False

    reason = forms.CharField(label=_("Why this is in order"), max_length=NOTE_LENGTH)
