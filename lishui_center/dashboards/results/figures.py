"""What each figure is called, how it is counted in plain words, and where its list is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.resolution.rules import Rate


@dataclass(frozen=True)
class Kind:
    """One figure; `name` is that of the function in counting.py. Headlines stand above all."""

    name: str
    label: str | Promise
    how: str | Promise
    list_url: str = ""
    query: str = ""
    is_headline: bool = False

    @property
    def url(self) -> str:
        """The public list behind it; empty where there is none."""
        return f"{reverse(self.list_url)}{self.query}" if self.list_url else ""


@dataclass(frozen=True)
class Group:
    """Figures that are shown together."""

    name: str
    title: str | Promise
    kinds: tuple[Kind, ...]


GROUPS = (
    Group(
        "windows",
        _("At the windows"),
        (
            Kind(
                "bookings_served",
                _("Bookings served"),
                _("Bookings whose visit was finished, from the days that centres have closed."),
            ),
            Kind(
                "numbers_served",
                _("Numbers served"),
                _("Everybody served at a window, with or without a booking."),
                is_headline=True,
            ),
            Kind(
                "numbers_in_the_evening",
                _("Numbers after 18:00"),
                _("Numbers taken at 18:00 or later."),
            ),
            Kind(
                "numbers_at_weekends",
                _("Served at weekends"),
                _("Numbers served on a Saturday or a Sunday."),
            ),
        ),
    ),
    Group(
        "needs",
        _("What people asked us to put right"),
        (
            Kind("needs_received", _("Needs received"), _("Needs reported in these days.")),
            Kind(
                "needs_resolved",
                _("Needs solved"),
                _("Needs said to be done in these days, without those opened again."),
            ),
            Kind(
                "needs_confirmed",
                _("Confirmed by those who asked"),
                _("Needs of which the people themselves said that they are solved."),
                is_headline=True,
            ),
        ),
    ),
    Group(
        "volunteers",
        _("What volunteers did"),
        (
            Kind(
                "volunteers_active",
                _("Volunteers who served"),
                _("People with at least one approved record of service in these days."),
                "volunteers:teams",
            ),
            Kind(
                "hours_approved",
                _("Approved hours"),
                _("Whole hours of records that were approved, with later corrections."),
                "volunteers:board",
                "?span=year",
                is_headline=True,
            ),
            Kind(
                "projects_completed",
                _("Projects completed"),
                _("Projects whose result was accepted in these days."),
                "projects:list",
                "?state=completed",
                is_headline=True,
            ),
            Kind(
                "projects_under_way",
                _("Projects under way"),
                _("Projects that were worked on at some time of these days."),
                "projects:list",
                "?state=active",
            ),
            Kind(
                "stars_awarded",
                _("Stars awarded"),
                _("Stars of volunteers awarded in these days, without those taken back."),
            ),
        ),
    ),
    Group(
        "think-tank",
        _("What the think tank found"),
        (
            Kind(
                "observations_published",
                _("Reports published"),
                _("Reports published in these days that are still public."),
                "thinktank:publications",
            ),
            Kind(
                "recommendations_adopted",
                _("Recommendations adopted"),
                _("Public recommendations that were adopted by an answer of these days."),
                "thinktank:publications",
                "?show=recommendations",
            ),
            Kind(
                "recommendations_verified",
                _("Proven to work"),
                _("Recommendations that somebody independent found to have had their effect."),
                "thinktank:publications",
                "?show=recommendations",
            ),
        ),
    ),
)

RATES = {
    Rate.RESPONSE: _("First answered in time"),
    Rate.RESOLUTION: _("Solved in time"),
    Rate.SATISFACTION: _("Solved and content"),
}
