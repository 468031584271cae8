"""What managers type to change a centre's windows and booking rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.centres.models import BookingPolicy, Centre, Pool, Window


class WindowForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A counter and the group it belongs to."""

    class Meta:
        model = Window
        fields = ("number", "pool")
        labels = {"number": _("Number above the window"), "pool": _("Group")}

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.centre = centre
        self.fields["pool"].queryset = Pool.objects.filter(centre=centre)  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        # Django would skip the unique constraint that names the centre: it is not a field here.
        return super()._get_validation_exclusions() - {"centre"}  # type: ignore[no-any-return,misc]


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What the centre allows (domain.md, "Booking policy")."""

    class Meta:
        model = BookingPolicy
        fields = (
            "release_days_ahead",
            "release_hour",
            "min_lead_minutes",
            "cancel_before_minutes",
            "per_person_per_day",
            "cancel_limit",
            "cancel_limit_days",
            "no_show_limit",
            "no_show_limit_days",
            "suspension_days",
            "appeal_days",
            "grace_minutes",
            "walk_in_percent",
            "hold_minutes",
            "offer_minutes",
            "releases_unconfirmed",
        )
        labels = {
            "release_days_ahead": _("Days ahead that can be booked"),
            "release_hour": _("Hour at which a new day opens"),
            "min_lead_minutes": _("Earliest booking before a visit, minutes"),
            "cancel_before_minutes": _("Latest change before a visit, minutes"),
            "per_person_per_day": _("Bookings for one person and day"),
            "cancel_limit": _("Cancellations allowed"),
            "cancel_limit_days": _("Days in which cancellations count"),
            "no_show_limit": _("Missed visits until online booking pauses"),
            "no_show_limit_days": _("Days in which missed visits count"),
            "suspension_days": _("Days of the pause"),
            "appeal_days": _("Days to appeal"),
            "grace_minutes": _("Minutes a visitor may be late"),
            "walk_in_percent": _("Share of windows for people without a booking, per cent"),
            "hold_minutes": _("Minutes a time is kept while typing"),
            "offer_minutes": _("Minutes a waitlist offer is kept"),
            "releases_unconfirmed": _("Give places nobody confirmed to the waitlist"),
        }
        help_texts = {"releases_unconfirmed": ""}
