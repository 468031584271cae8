"""The staff's navigation. `{% load staff %}{% staff_nav %}` shows what is open to the person."""

from datetime import date
from typing import NamedTuple

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lishui_center.accounts.access import centre_ids_staffed_by, roles_of, works_town_wide
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import MANAGER_ROLES, TRAIL_READERS, Role
from lishui_center.common.clock import today
from lishui_center.common.dates import weekday

register = template.Library()

RUN = 3


class Place(NamedTuple):
    """A page with everything below it; `below` where that is more than the page's own address."""

    label: str
    url: str
    below: tuple[str, ...] = ()

    def match(self, path: str) -> int:
        """How many signs of the path lie within the place: the longest match is the nearest."""
        if self.url == reverse("dashboards:staff"):
            return len(path) if path == self.url else 0
        return max((len(url) for url in (self.url, *self.below) if path.startswith(url)), default=0)


Groups = list[tuple[str, list[Place]]]


@register.inclusion_tag("services/staff/nav.html", takes_context=True)
def staff_nav(context: RequestContext) -> dict[str, object]:
    """The groups open to the person, and the tabs of the one that holds the present page.

    A group leads to its first page; one with a single page bears that page's name.
    """
    user, path = context["request"].user, context["request"].path
    day = today(timezone.now())
    groups = [(name, places) for name, places in _groups(user, day) if places]
    nearest = max(
        (place for _name, places in groups for place in places), key=lambda p: p.match(path)
    )
    here = nearest if nearest.match(path) else None
    firsts, tabs, within = [], [], ""
    for name, places in groups:
        holds, is_alone = here in places, len(places) == 1
        firsts.append((places[0].label if is_alone else name, places[0].url, holds, is_alone))
        if holds and not is_alone:
            within = name
            tabs = [(place.label, place.url, place is here) for place in places]
    return {"groups": firsts, "within": within, "tabs": tabs}


def _groups(user: User, day: date) -> Groups:
    """Seven at the most, each with what the person may open of it."""
    roles = roles_of(user, day)
    works = works_town_wide(user, day) or bool(centre_ids_staffed_by(user, day))
    manages, audits = bool(roles & MANAGER_ROLES), Role.AUDITOR in roles
    needs = Place(pgettext("needs", "Needs"), reverse("staff:needs-board"))
    loop = Place(_("From need to result"), reverse("dashboards:loop"))
    return [
        (_("Today"), [Place(_("Today"), reverse("dashboards:staff"))]),
        (_("Windows and hall"), _hall() if works else []),
        (_("Bookings"), _bookings() if works else []),
        (needs.label, [needs, loop] if works or audits else []),
        (_("Volunteers"), _volunteers(works=works, manages=manages, audits=audits)),
        (_("Think tank"), _think_tank(roles)),
        (pgettext("staff", "Manage"), _manage(manages=manages, audits=audits)),
    ]


def _hall() -> list[Place]:
    return [
        Place(_("Console"), reverse("staff:console")),
        Place(_("Hall"), reverse("staff:hall")),
        Place(_("Roster"), reverse("staff:my-shifts")),
    ]


def _bookings() -> list[Place]:
    return [
        Place(_("Bookings"), reverse("staff:bookings")),
        Place(_("Book for somebody"), reverse("staff:book")),
        Place(_("To decide"), reverse("staff:orphans")),
        Place(_("Suspensions"), reverse("staff:suspensions")),
        Place(_("Resources"), reverse("staff:resources")),
        Place(_("Uses"), reverse("staff:uses")),
    ]


def _volunteers(*, works: bool, manages: bool, audits: bool) -> list[Place]:
    """Auditors begin with the second look at hours; projects are for everybody here."""
    hours, places = reverse("hours:waiting"), []
    if works:
        places += [
            Place(_("Volunteer hours"), hours),
            Place(_("Volunteer teams"), reverse("volunteer-staff:teams")),
            Place(_("Activities"), reverse("activity_desk:list")),
        ]
    elif audits:
        places.append(Place(_("Volunteer hours"), reverse("hours:audit"), (hours,)))
    places.append(Place(_("Projects"), reverse("projects-staff:list")))
    if manages:
        places += [
            Place(_("Stars of volunteers"), reverse("volunteer-staff:stars")),
            Place(_("Certificates"), reverse("volunteer-staff:certificates")),
            Place(_("Return of hours"), reverse("volunteer-staff:returns")),
        ]
    return places


def _think_tank(roles: frozenset[str]) -> list[Place]:
    """The town and auditors see all of it; managers answer what is recommended to them."""
    home, received = reverse("thinktank-staff:home"), reverse("thinktank-staff:recommendations")
    if roles & TRAIL_READERS:
        return [Place(_("Think tank"), home)]
    return [Place(_("Think tank"), received, (home,))] if roles & MANAGER_ROLES else []


def _manage(*, manages: bool, audits: bool) -> list[Place]:
    reports = Place(_("Reports"), reverse("dashboards:reports"))
    if not manages:
        return [reports] if audits else []
    days = (reverse("staff:calendar"), reverse("staff:close"))
    return [
        reports,
        Place(_("Ratings"), reverse("staff:ratings")),
        Place(_("Closed days"), reverse("staff:days")),
        Place(_("Centres and hours"), reverse("staff:centres"), days),
        Place(_("Services"), reverse("staff:items")),
    ]


@register.filter
def weekday_names(digits: str) -> str:
    """'周一 周二' or 'Mon Tue' for "12"; runs of three and more as '周一–周五'."""
    days = sorted({int(digit) for digit in digits})
    if len(days) >= RUN and days[-1] - days[0] == len(days) - 1:
        return f"{_day_name(days[0])}–{_day_name(days[-1])}"
    return " ".join(_day_name(day) for day in days)


def _day_name(number: int) -> str:
    return weekday(date.fromisocalendar(2026, 1, number))
