"""The staff's navigation. `{% load staff %}{% staff_nav %}` shows the places open to the person."""

from datetime import date

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lishui_center.accounts.access import (
    centre_ids_staffed_by,
    grants_of,
    roles_of,
    works_town_wide,
)
from lishui_center.accounts.rules import MANAGER_ROLES, TRAIL_READERS, Role
from lishui_center.common.clock import today
from lishui_center.common.dates import weekday

register = template.Library()

RUN = 3


@register.inclusion_tag("services/staff/nav.html", takes_context=True)
def staff_nav(context: RequestContext) -> dict[str, object]:
    """The tabs: each a label, its address, and whether it holds the present page."""
    user, path = context["request"].user, context["request"].path
    day = today(timezone.now())
    works = works_town_wide(user, day) or bool(centre_ids_staffed_by(user, day))
    manages = any(grant.role in MANAGER_ROLES for grant in grants_of(user, day))
    places = [(_("Today"), reverse("dashboards:staff"))]
    if works:
        places += [
            (_("Console"), reverse("staff:console")),
            (_("Hall"), reverse("staff:hall")),
            (_("Bookings"), reverse("staff:bookings")),
            (_("Book for somebody"), reverse("staff:book")),
            (pgettext("needs", "Needs"), reverse("staff:needs-board")),
            (_("To decide"), reverse("staff:orphans")),
            (_("Suspensions"), reverse("staff:suspensions")),
            (_("Roster"), reverse("staff:my-shifts")),
            (_("Volunteer teams"), reverse("volunteer-staff:teams")),
            (_("Volunteer hours"), reverse("hours:waiting")),
            (_("Activities"), reverse("activity_desk:list")),
            (_("Resources"), reverse("staff:resources")),
            (_("Uses"), reverse("staff:uses")),
        ]
    places.append((_("Projects"), reverse("projects-staff:list")))
    places.append((_("From need to result"), reverse("dashboards:loop")))
    if manages:
        places += [
            (_("Reports"), reverse("dashboards:reports")),
            (_("Ratings"), reverse("staff:ratings")),
            (_("Closed days"), reverse("staff:days")),
            (_("Stars of volunteers"), reverse("volunteer-staff:stars")),
            (_("Certificates"), reverse("volunteer-staff:certificates")),
            (_("Return of hours"), reverse("volunteer-staff:returns")),
            (_("Centres and hours"), reverse("staff:centres")),
            (_("Services"), reverse("staff:items")),
        ]
    elif any(grant.role == Role.AUDITOR for grant in grants_of(user, day)):
        places += [
            (pgettext("needs", "Needs"), reverse("staff:needs-board")),
            (_("Reports"), reverse("dashboards:reports")),
            (_("Volunteer hours"), reverse("hours:audit")),
        ]
    places += _think_tank(roles_of(user, day))
    return {"tabs": [(label, url, _holds(url, path)) for label, url in places]}


def _think_tank(roles: frozenset[str]) -> list[tuple[str, str]]:
    """The town and auditors see all of it; managers answer what is recommended to them."""
    if roles & TRAIL_READERS:
        return [(_("Think tank"), reverse("thinktank-staff:home"))]
    if roles & MANAGER_ROLES:
        return [(_("Think tank"), reverse("thinktank-staff:recommendations"))]
    return []


@register.filter
def weekday_names(digits: str) -> str:
    """'周一 周二' or 'Mon Tue' for "12"; runs of three and more as '周一–周五'."""
    days = sorted({int(digit) for digit in digits})
    if len(days) >= RUN and days[-1] - days[0] == len(days) - 1:
        return f"{_day_name(days[0])}–{_day_name(days[-1])}"
    return " ".join(_day_name(day) for day in days)


def _day_name(number: int) -> str:
    return weekday(date.fromisocalendar(2026, 1, number))


def _holds(url: str, path: str) -> bool:
    is_home = url == reverse("dashboards:staff")
    return path == url if is_home else path.startswith(url)
