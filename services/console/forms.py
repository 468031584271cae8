"""What the console sends."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre, Pool, Window
from services.console.access import Seen
from services.halls.models import HallSettings
from services.notices.rules import LineOutcome
from services.tickets.models import TicketItem
from services.windows.models import PauseReason, WindowSession


class SeenForm(forms.Form):
    """The person at the window as the page showed them."""

    ticket = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def seen(self) -> Seen:
        """What was seen; nobody's ticket when the page showed nobody."""
        given = self.cleaned_data if self.is_valid() else {}
        return Seen(given.get("ticket") or 0, given.get("version") or 0)


class PauseForm(forms.Form):
    """Why nobody is called, and for how long."""

    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason.choices)
    minutes = forms.TypedChoiceField(
        label=_("Back in"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=lambda: [
            ("", _("not known")),
            *[(n, _("%(n)s min") % {"n": n}) for n in (5, 15, 30, 60)],
        ],
    )


class TransferForm(forms.Form):
    """To another group of windows, or straight to one that is open."""

    target = forms.ChoiceField(label=_("Send to"))

    def __init__(self, *args: Any, session: WindowSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centre, own = session.window.centre, session.window
        self.pools = {f"pool-{pool.pk}": pool for pool in Pool.objects.filter(centre=centre)}
        serving = WindowSession.objects.serving().for_page().filter(window__centre=centre)
        self.windows = {
            f"window-{other.window_id}": other.window
            for other in serving.exclude(window=own).order_by("window__number")
        }
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [
            (_("Window"), [(key, self._named(window)) for key, window in self.windows.items()]),
            (_("Window group"), [(key, str(pool)) for key, pool in self.pools.items()]),
        ]

    def chosen(self) -> tuple[Pool | None, Window | None]:
        """The one that was chosen of the two."""
        target = self.cleaned_data["target"]
        return self.pools.get(target), self.windows.get(target)

    @staticmethod
    def _named(window: Window) -> str:
        return _("Window %(number)s") % {"number": window.number}


class PaperForm(forms.Form):
    """A number written by hand while the network was gone."""

    pool: "forms.ModelChoiceField[Pool]" = forms.ModelChoiceField(
        label=_("Window group"), queryset=None
    )
    number = forms.IntegerField(label=_("Number on the paper"), min_value=1)
    time = forms.TimeField(label=_("Taken at"), widget=forms.TimeInput(attrs={"type": "time"}))

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = Pool.objects.filter(centre=centre)  # type: ignore[attr-defined]  # a model's field


class HallSettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What the hall does differently."""

    class Meta:
        model = HallSettings
        fields = ("remote_minutes", "board_names", "board_theme")


def outcomes_in(data: QueryDict) -> dict[int, LineOutcome]:
    """{item id: outcome}; what is unknown is left out.

    Read from the fields `outcome-<item id>`, `missing-<item id>` (keys of documents) and
    `other-<item id>` (in words).
    """
    found = {}
    for name, value in data.items():
        prefix, _dash, number = name.partition("-")
        if prefix == "outcome" and number.isdecimal() and value in TicketItem.Outcome.values:
            documents = data.getlist(f"missing-{number}")
            found[int(number)] = LineOutcome(
                outcome=str(value),
                documents=[int(key) for key in documents if key.isdecimal()],
                other=data.get(f"other-{number}", ""),
            )
    return found
