"""The one form that anybody may send: how the site should look to me."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _


class SettingsForm(forms.Form):
    """Both fields may be missing: the buttons at the top of the page send one each."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    senior = forms.ChoiceField(
        label=_("Display"),
        choices=[("0", _("Standard")), ("1", _("Senior mode: large type, one column"))],
        required=False,
        widget=forms.RadioSelect,
    )
