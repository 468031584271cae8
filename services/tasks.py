"""The services' scheduled work; each task is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from lishui_center.common.clock import today
from services import privacy as visits
from services.attendance import release
from services.bookings.actions import close_past_items
from services.closing import actions as closing
from services.closures.actions import settle_closure
from services.closures.models import Closure
from services.dispatching import chasing
from services.hours.actions import extend_plans as extend
from services.lending import privacy as lending
from services.lending.actions import remove_spent_places
from services.lending.deciding import close_spent
from services.notices import privacy as notices
from services.ratings import privacy as ratings
from services.resolution import actions as resolution
from services.resolution import rollup
from services.roster import privacy as roster
from services.roster.actions import remove_spent_cells
from services.roster.alarms import raise_gap_alarms
from services.slots.actions import remove_spent_claims
from services.tickets import privacy as tickets
from services.tracking import privacy as needs
from services.waitlist import offers

AT_ONCE = 500
"""Bookings of one closing in a run; the next run takes the rest."""


@shared_task(name="services.extend_plans")
def extend_plans() -> int:
    """Daily: plan the days that the horizon has reached."""
    return extend(now=timezone.now())


@shared_task(name="services.clear_places")
def clear_places() -> int:
    """Every few minutes: remove expired holds and the claims of past days."""
    now = timezone.now()
    return remove_spent_claims(before=today(now), now=now)


@shared_task(name="services.close_past_items")
def close_past_items_daily() -> int:
    """Daily: a visit that is over no longer blocks the same item."""
    return close_past_items(before=today(timezone.now()))


@shared_task(name="services.settle_closures")
def settle_closures() -> None:
    """Every few seconds: go on deciding on the bookings of centres closed at short notice."""
    for closure in Closure.objects.unsettled():
        settle_closure(closure=closure, limit=AT_ONCE, now=timezone.now())


@shared_task(name="services.serve_waitlist")
def serve_waitlist() -> int:
    """Every minute: end the offers nobody took, and offer what is free to those who wait.

    Most places are offered by the process that freed them; this finds what that one missed.
    """
    now = timezone.now()
    offers.close_overtaken(now=now)
    offers.close_unanswered(now=now)
    return offers.offer_everywhere(now=now)


@shared_task(name="services.release_unconfirmed")
def release_unconfirmed() -> int:
    """In the evening: what nobody confirmed for tomorrow goes to those who wait."""
    return release.release_unconfirmed(now=timezone.now())


@shared_task(name="services.close_days")
def close_days() -> int:
    """Every quarter of an hour: settle the days that are over, and freeze their figures."""
    return closing.close_days(now=timezone.now())


@shared_task(name="services.scan_rosters")
def scan_rosters() -> int:
    """Daily: tell managers where somebody is missing in the coming week."""
    now = timezone.now()
    remove_spent_cells(now=now)
    return raise_gap_alarms(now=now)


@shared_task(name="services.close_uses")
def close_uses() -> int:
    """Every quarter of an hour: close the uses that are over, and forget places of past days."""
    now = timezone.now()
    remove_spent_places(before=today(now))
    return close_spent(now=now)


@shared_task(name="services.forget_old")
def forget_old_visits() -> int:
    """Daily: what is older than the law lets us keep no longer says whose it was, or is gone."""
    now = timezone.now()
    forgetting = (visits, tickets, notices, ratings, roster, needs, lending)
    return sum(concept.forget_old(now=now) for concept in forgetting)


@shared_task(name="services.chase_needs")
def chase_needs() -> int:
    """Every few minutes: warn of deadlines of needs, note those that passed, chase up."""
    return chasing.chase_clocks(now=timezone.now())


@shared_task(name="services.close_silent_needs")
def close_silent_needs() -> int:
    """Daily: close the needs that nobody answered, as unanswered, and the confirmed ones."""
    return resolution.close_silent(now=timezone.now())


@shared_task(name="services.roll_up_rates")
def roll_up_rates() -> int:
    """Hourly: count the last weeks' rates of needs anew."""
    return rollup.roll_up_lately(now=timezone.now())
