"""What is asked of somebody who reports a need: three fields, and more if they like."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from lishui_center.common.phones import BadPhoneError, normalise_phone
from lishui_center.photos.actions import keep_photo
from lishui_center.photos.forms import PhotosField
from lishui_center.photos.models import Photo
from services.desk.forms import CentreField
from services.intake.access import alike
from services.intake.actions import Contact, Report
from services.requests.access import centres_to_report_at
from services.requests.models import (
    MOST_PHOTOS,
    PLACE_LENGTH,
    TEXT_LENGTH,
    Category,
    Channel,
    ServiceRequest,
)
from services.reserving.forms import CodeField

SALT = "need-photos"
KEPT_FOR = 2 * 24 * 60 * 60
"""Seconds that a half filled-in form keeps its photos; then they are removed."""

BY_STAFF = (Channel.PHONE, Channel.COUNTER, Channel.VISIT)


class ContactFields(forms.Form):
    """Where to tell; everything may stay empty."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("We send you a text message at every step. Nobody else sees the number."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_phone(self) -> str:
        """The bare number."""
        typed: str = self.cleaned_data["phone"]
        try:
            return normalise_phone(typed) if typed else ""
        except BadPhoneError as refusal:
            raise ValidationError(str(refusal)) from None


class NeedForm(ContactFields):
    """A need of a resident; once a code was sent to their phone, with that."""

    use_required_attribute = False

    category = forms.ChoiceField(label=_("What is it about?"), choices=Category.choices)
    text = forms.CharField(
        label=_("What happened?"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please leave out names, telephone numbers and identity numbers."),
        error_messages={"required": _("Please say in a few words what happened.")},
    )
    centre = CentreField(queryset=None, empty_label=None)
    place = forms.CharField(
        label=_("Where exactly?"),
        max_length=PLACE_LENGTH,
        required=False,
        help_text=_("A street and number, or what is next to it."),
    )
    photos = PhotosField(label=_("Photos"), most=MOST_PHOTOS, required=False)
    without_account = forms.BooleanField(
        label=_("Send it without my account"),
        required=False,
        help_text=_("Then nobody here knows who you are, and only the link leads back to it."),
    )
    code = CodeField(autofocus=True)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order: tuple[str, ...] = (
        "category",
        "text",
        "centre",
        "place",
        "photos",
        "phone",
        "email",
        "without_account",
    )

    def __init__(
        self, *args: Any, user: User | None = None, asks_code: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not asks_code:
            del self.fields["code"]
        field = self.fields["centre"]
        field.label = _("Where is it?")
        field.queryset = centres_to_report_at()  # type: ignore[attr-defined]  # a model's field
        if user is None:
            del self.fields["without_account"]

    def kept_ids(self) -> list[str]:
        """The photos that an earlier send of this form brought; none when out of date."""
        try:
            ids = signing.loads(self.data.get("kept", ""), salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            return []
        return [str(one) for one in ids][:MOST_PHOTOS]

    @property
    def carried(self) -> list[Any]:
        """What the page in between hands on unseen."""
        names = set(self.fields) - {"photos", "kept", "code"}
        return [self[name] for name in self.fields if name in names]

    def asking_code(self) -> "NeedForm":
        """The same form with a field for the code that was sent; an error on it stays."""
        return (
            self if "code" in self.errors else NeedForm(self.data, user=self.user, asks_code=True)
        )

    def contact(self, language: str) -> Contact:
        """Where to tell, from a valid form."""
        given = self.cleaned_data
        user = None if given.get("without_account") else self.user
        return Contact(language, user, given["phone"], given.get("email", ""))

    def alike(self, now: datetime) -> list[ServiceRequest]:
        """What is known already and says nearly the same; nothing once the person is sure."""
        if "sure" in self.data:
            return []
        given = self.cleaned_data
        return alike(
            centre=given["centre"], category=given["category"], text=given["text"], now=now
        )

    def report(self, photos: Sequence[Photo], language: str) -> Report:
        """What is asked for, from a valid form."""
        given = self.cleaned_data
        return Report(
            centre=given["centre"],
            category=given["category"],
            text=given["text"],
            place=given["place"],
            contact=self.contact(language),
            channel=Channel.WEB,
            photos=photos,
        )


class StaffNeedForm(NeedForm):
    """A need that staff write down for somebody."""

    channel = forms.ChoiceField(
        label=pgettext_lazy("need", "How it came"),
        choices=[(channel.value, channel.label) for channel in BY_STAFF],
    )

    field_order = ("channel", *NeedForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("without_account", None)
        self.staff, self.user = self.user, None

    def report(self, photos: Sequence[Photo], language: str) -> Report:
        """With whoever wrote it down."""
        channel = Channel(self.cleaned_data["channel"])
        plain = super().report(photos, language)
        return replace(plain, channel=channel, entered_by=self.staff)


def take_photos(form: NeedForm, by: User | None, *, now: datetime) -> list[Photo]:
    """What was kept before and what comes now; refused ones become the form's error."""
    form.is_valid()
    kept = list(Photo.objects.filter(pk__in=form.kept_ids()).order_by("created_at"))
    for upload in form.cleaned_data.get("photos") or []:
        if len(kept) >= MOST_PHOTOS:
            break
        try:
            kept.append(keep_photo(upload=upload, by=by, now=now))
        except RuleError as refusal:
            form.add_error("photos", str(refusal))
    return list({photo.pk: photo for photo in kept}.values())


def sealed_ids(photos: Sequence[Photo]) -> str:
    """The photos' numbers for the hidden field `kept`."""
    return signing.dumps([photo.pk.hex for photo in photos], salt=SALT) if photos else ""
