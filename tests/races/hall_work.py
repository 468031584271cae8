"""What the racing processes do; imported before Django is set up in them."""

import os

import django
from django.utils import timezone


def _set_up(url: str) -> None:
    """A process of its own, on the test's database."""
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "lishui_center.settings"
    django.setup()


def take(url: str, pool_id: int, key: str, count: int) -> list[int]:
    """The numbers that one kiosk gives, each tapped twice."""
    _set_up(url)
    from services.centres.models import Pool  # noqa: PLC0415
    from services.tickets.actions import Source, Walker, take_number  # noqa: PLC0415

    pool = Pool.objects.select_related("centre").get(pk=pool_id)
    walkers = [Walker(Source.KIOSK, "zh-hans", key=f"{key}-{n}") for n in range(count)]
    for walker in walkers:
        take_number(pool=pool, walker=walker, now=timezone.now())
    return [take_number(pool=pool, walker=walker, now=timezone.now()).number for walker in walkers]


def serve_everybody(url: str, clerk_id: int) -> list[int]:
    """The tickets that one clerk calls and finishes until nobody waits."""
    _set_up(url)
    from lishui_center.accounts.models import User  # noqa: PLC0415
    from services.console.actions import call_next  # noqa: PLC0415
    from services.console.errors import NobodyWaitsError  # noqa: PLC0415
    from services.console.outcomes import finish  # noqa: PLC0415
    from services.tickets.models import Ticket  # noqa: PLC0415

    clerk, called = User.objects.get(pk=clerk_id), []
    while True:
        try:
            called.append(call_next(clerk=clerk, now=timezone.now()).pk)
        except NobodyWaitsError:
            if not Ticket.objects.filter(state="waiting").exists():
                return called
        else:
            finish(clerk=clerk, now=timezone.now())


def call(url: str, clerk_id: int) -> int | str:
    """The ticket that the clerk calls, or why none."""
    _set_up(url)
    from lishui_center.accounts.models import User  # noqa: PLC0415
    from lishui_center.common.errors import RuleError  # noqa: PLC0415
    from services.console.actions import call_next  # noqa: PLC0415

    clerk = User.objects.get(pk=clerk_id)
    try:
        return call_next(clerk=clerk, now=timezone.now()).pk
    except RuleError as refusal:
        return refusal.code


def finish_and_call(url: str, clerk_id: int, ticket_id: int, version: int) -> int | str:
    """The ticket called after finishing the one that was seen, or why none."""
    _set_up(url)
    from lishui_center.accounts.models import User  # noqa: PLC0415
    from lishui_center.common.errors import RuleError  # noqa: PLC0415
    from services.console import outcomes  # noqa: PLC0415
    from services.console.access import Seen  # noqa: PLC0415

    clerk = User.objects.get(pk=clerk_id)
    seen = Seen(ticket_id, version)
    try:
        called = outcomes.finish_and_call(clerk=clerk, now=timezone.now(), seen=seen)
    except RuleError as refusal:
        return refusal.code
    return called.pk if called else "nobody"
