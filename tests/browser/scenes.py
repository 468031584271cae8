"""What README shows: each screen with somebody who may see it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.dashboards.loop.chain import chain_of
from services.centres.models import Centre, Window
from services.console.actions import begin, call_next
from services.console.sitting import open_window
from services.halls.access import kiosk_token
from services.requests.models import ServiceRequest
from services.tickets.models import Ticket, TicketState
from services.windows.access import session_of
from tests.browser.pictures import DESK, KIOSK, PHONE, SHEET, WALL
from tests.factories.accounts import sign_in_staff

CHINESE, ENGLISH = "zh-hans", "en"
LOOKED_AT = 200
"""So many needs of projects are asked for the one with the longest chain."""


class Scene(NamedTuple):
    """One picture: its file's name, what to open, how large, and as whom."""

    name: str
    address: str
    viewport: dict[str, int]
    cookies: list[tuple[str, str]]


def scenes() -> Iterator[Scene]:
    """In the order of README."""
    town = Centre.objects.get(code="town")
    waiting = Ticket.objects.filter(centre=town, pool__code="C", state=TicketState.WAITING)
    place = reverse("tickets:place", args=[waiting.order_by("-sort_at")[0].secret])
    hall = f"?centre={town.code}"
    roster = reverse("staff:roster", args=[town.code])
    clerk, manager, admin = (account(name) for name in ("clerk", "manager", "admin"))
    yield Scene("kiosk", reverse("kiosk:kiosk", args=[kiosk_token(town)]), KIOSK, seen_in(CHINESE))
    yield Scene("place", place, PHONE, seen_in(CHINESE))
    yield Scene("place-en", place, PHONE, seen_in(ENGLISH))
    sit_down(clerk, town)
    yield Scene("console", reverse("staff:console"), DESK, seen_in(CHINESE, clerk))
    yield Scene("board", reverse("boards:board", args=[town.code]), WALL, seen_in(CHINESE))
    yield Scene("hall", reverse("staff:hall") + hall, DESK, seen_in(CHINESE, admin))
    yield Scene("roster", roster, DESK, seen_in(CHINESE, manager))
    yield Scene("ratings", reverse("staff:ratings"), DESK, seen_in(CHINESE, manager))
    yield Scene("today", reverse("dashboards:staff"), DESK, seen_in(CHINESE, manager))
    yield Scene("today-en", reverse("dashboards:staff"), DESK, seen_in(ENGLISH, manager))
    yield from loop_scenes(manager, admin)


def loop_scenes(manager: User, admin: User) -> Iterator[Scene]:
    """From need to result: what residents, staff, volunteers and everybody see of it."""
    chain = reverse("dashboards:chain", args=[longest_chain(admin).reference])
    hours = reverse("volunteers:my-hours")
    yield Scene("need", reverse("needs:new"), PHONE, seen_in(CHINESE))
    yield Scene("volunteer", hours, PHONE, seen_in(CHINESE, account("volunteer")))
    yield Scene("chain", chain, SHEET, seen_in(CHINESE, admin))
    yield Scene("needs-board", reverse("staff:needs-board"), DESK, seen_in(CHINESE, manager))
    yield Scene("results", reverse("results:page"), DESK, seen_in(CHINESE))
    yield Scene("think-tank", reverse("thinktank:publications"), DESK, seen_in(CHINESE))


def longest_chain(user: User) -> ServiceRequest:
    """The need of which most links are there."""
    day = today(timezone.now())
    needs = ServiceRequest.objects.filter(project_links__isnull=False).order_by("pk").distinct()

    def links(need: ServiceRequest) -> int:
        return sum(link.is_there for link in chain_of(need, user=user, day=day))

    return max(needs[:LOOKED_AT], key=links)


def account(name: str) -> User:
    """One of the demo's accounts."""
    return User.objects.get(email=f"{name}@demo.lishui")


def sit_down(clerk: User, town: Centre) -> None:
    """The clerk opens a free window with people waiting, and somebody has come."""
    if session_of(clerk):  # From an earlier run on the same data.
        return
    now = timezone.now()
    pools = Ticket.objects.filter(centre=town, state=TicketState.WAITING).values("pool")
    window = Window.objects.filter(pool__in=pools, pool__code="C").order_by("number")[0]
    open_window(window=window, clerk=clerk, now=now)
    call_next(clerk=clerk, now=now)
    begin(clerk=clerk, now=now)


def seen_in(language: str, user: User | None = None) -> list[tuple[str, str]]:
    """The cookies of a browser in that language, signed in or not."""
    cookies = [(settings.LANGUAGE_COOKIE_NAME, language)]
    if user:
        client = Client()
        sign_in_staff(client, user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        cookies.append((settings.SESSION_COOKIE_NAME, session.value))
    return cookies
