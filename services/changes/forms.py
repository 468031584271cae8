"""What is sent to move or cancel a visit."""

from django import forms


class ChangeForm(forms.Form):
    """The version of the booking that the person looked at: another tab may have changed it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
