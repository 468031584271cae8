"""What is looked for among activities, and who a guest is."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.forms import PhoneField
from lishui_center.common.search import LONGEST
from services.centres.models import Centre
from services.reserving.forms import TYPED_LENGTH, CodeField, NameField
from volunteers.activities.access import Wanted
from volunteers.activities.models import ActivityKind


class SearchForm(forms.Form):
    """Wrong or missing values leave nothing out."""

    use_required_attribute = False

    q = forms.CharField(label=_("What are you looking for?"), required=False, max_length=LONGEST)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *ActivityKind.choices]
    )
    centre: "forms.ModelChoiceField[Centre]" = forms.ModelChoiceField(
        label=_("Centre"),
        queryset=Centre.objects.active(),
        empty_label=_("All centres"),
        required=False,
        to_field_name="code",
    )

    def wanted(self) -> Wanted:
        """What to show."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(given.get("centre"), given.get("kind", ""), given.get("q", ""))


class GuestForm(forms.Form):
    """Who comes to an event without an account; once a code was sent, with that."""

    use_required_attribute = False

    name = NameField(
        label=_("Your name"),
        max_length=TYPED_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter your name.")},
    )
    phone = PhoneField(
        help_text=_("We send reminders there, and word if the session is cancelled."),
        error_messages={"required": _("Please enter a mobile number.")},
    )
    language = forms.ChoiceField(
        label=_("Messages in"),
        choices=[
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ],
        widget=forms.RadioSelect,
    )
    code = CodeField()

    def __init__(self, *args: Any, asks_code: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if not asks_code:
            del self.fields["code"]

    def asking_code(self) -> "GuestForm":
        """The same form with a field for the code that was sent; an error on it stays."""
        return self if "code" in self.errors else GuestForm(self.data, asks_code=True)
