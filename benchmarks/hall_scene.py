"""A town's halls at work: every window with its clerk, open around the clock of the run."""

import time
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role, Scope
from lishui_center.common.clock import today
from lishui_center.demo.places import make_network
from services.centres.models import Pool, Window
from services.hours.models import DayPlan
from services.windows.models import WindowSession

CELLS_A_DAY = 96


def open_halls() -> list[Pool]:
    """The demo's 41 halls with a clerk at each window; the pools in the order of their keys."""
    pools = Pool.objects.all() if Pool.objects.exists() else make_network().pools
    found = list(Pool.objects.filter(pk__in=[pool.pk for pool in pools]).order_by("pk"))
    for pool in found:
        _open_all_day(pool)
    for window in Window.objects.order_by("pk"):
        sit_down(window)
    return found


def sit_down(window: Window) -> User:
    """A clerk of the window's centre, at the window."""
    clerk = User.objects.create_user(email=f"window-{window.pk}@bench.lishui")
    RoleGrant.objects.create(
        user=clerk,
        role=Role.CENTRE_STAFF,
        scope=Scope.CENTRE,
        scope_id=window.centre_id,
        valid_from=date(2020, 1, 1),
    )
    WindowSession.objects.create(window=window, clerk=clerk, opened_at=timezone.now())
    return clerk


def session_of(clerk: User) -> str:
    """The session cookie of the clerk, signed in with both factors."""
    client = Client()
    client.force_login(clerk)
    session = client.session
    at = time.time()
    session["account_authentication_methods"] = [
        {"method": method, "at": at} for method in ("password", "code")
    ]
    session["account_authentication_methods_user"] = str(clerk.pk)
    session.save()
    return str(session.session_key)


def _open_all_day(pool: Pool) -> None:
    """Yesterday to tomorrow: a run may meet midnight."""
    day = today(timezone.now())
    for n in (-1, 0, 1):
        DayPlan.objects.update_or_create(
            pool=pool,
            date=day + timedelta(days=n),
            defaults={"spans": [[0, CELLS_A_DAY, pool.lanes_online, pool.lanes_total]]},
        )
