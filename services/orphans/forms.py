"""Deciding on bookings that are left without a window."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.orphans.actions import Notice
from services.orphans.rules import Decision


class DecisionForm(forms.Form):
    """What the bookings left without a window get."""

    decision = forms.ChoiceField(
        label=_("What happens to these bookings"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
        initial=Decision.KEEP,
        required=False,
    )

    def clean_decision(self) -> Decision:
        """Without bookings to decide on there is nothing to choose."""
        return Decision(self.cleaned_data["decision"] or Decision.KEEP)


class SettleForm(DecisionForm):
    """The decision, and what people are told as the reason."""

    reason_zh = forms.CharField(
        label=_("Reason, in Chinese"), max_length=20, initial="开放时间调整"
    )
    reason_en = forms.CharField(
        label=_("Reason, in English"), max_length=60, initial="opening hours changed"
    )

    def notice(self) -> Notice:
        """The reason, from a valid form."""
        return Notice(self.cleaned_data["reason_zh"], self.cleaned_data["reason_en"])
