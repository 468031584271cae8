"""What staff type to change the catalogue."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.catalogue.models import Offering, RequiredDocument, ServiceItem
from services.centres.models import Centre, Pool


class LinesField(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(widget=forms.Textarea({"rows": 5}), required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """The lines that are not empty."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.longest for line in lines):
            raise ValidationError(
                _("A line may have %(longest)s characters."), params={"longest": self.longest}
            )
        return lines


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """One service with the documents it takes."""

    minutes = forms.IntegerField(
        label=_("Minutes at the window"), min_value=5, max_value=240, initial=15
    )
    documents_zh = LinesField(label=_("Documents to bring, in Chinese, one a line"), longest=80)
    documents_en = LinesField(label=_("The same in English, in the same order"), longest=120)

    class Meta:
        model = ServiceItem
        fields = (
            "code",
            "name_zh",
            "name_en",
            "short_name_zh",
            "short_name_en",
            "category",
            "audience",
            "minutes",
            "online",
            "is_active",
            "keywords",
        )
        labels = {
            "code": pgettext_lazy("service", "Code"),
            "name_zh": _("Name in Chinese"),
            "name_en": _("Name in English"),
            "short_name_zh": _("Short name in Chinese"),
            "short_name_en": _("Short name in English"),
            "category": _("Category"),
            "audience": _("For whom"),
            "online": _("Can be booked"),
            "is_active": _("In use"),
            "keywords": _("Other words people search for"),
        }
        help_texts = {"short_name_zh": _("At most 6 characters: text messages are short.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            documents = list(RequiredDocument.objects.filter(item=self.instance))
            self.initial["documents_zh"] = "\n".join(row.name_zh for row in documents)
            self.initial["documents_en"] = "\n".join(row.name_en for row in documents)

    def clean(self) -> dict[str, Any]:
        """Every document has both names."""
        cleaned: dict[str, Any] = super().clean() or {}
        chinese, english = cleaned.get("documents_zh", []), cleaned.get("documents_en", [])
        if len(chinese) != len(english):
            raise ValidationError(
                {"documents_en": _("Please enter as many documents in English as in Chinese.")}
            )
        return cleaned

    def documents(self) -> list[tuple[str, str]]:
        """(Chinese, English) in order, from a valid form."""
        return list(
            zip(self.cleaned_data["documents_zh"], self.cleaned_data["documents_en"], strict=True)
        )


class OfferingsForm(forms.Form):
    """For each item of the catalogue, the group of windows that handles it here, or none."""

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pools = [(pool.pk, str(pool)) for pool in Pool.objects.filter(centre=centre)]
        known = dict(Offering.objects.filter(centre=centre).values_list("item_id", "pool_id"))
        for item in ServiceItem.objects.active():
            self.fields[f"item_{item.pk}"] = forms.TypedChoiceField(
                label=f"{item.code} {item.name}",
                choices=[("", _("Not handled here")), *pools],
                coerce=int,
                empty_value=None,
                required=False,
                initial=known.get(item.pk),
            )

    def pools(self) -> dict[int, int]:
        """{item id: pool id} of what is handled, from a valid form."""
        return {
            int(name.removeprefix("item_")): pool
            for name, pool in self.cleaned_data.items()
            if pool is not None
        }
