"""Reading what is free for a visit."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from lishui_center.common.clock import moment, today
from services.catalogue.access import Visit
from services.centres.models import BookingPolicy
from services.slots import rules
from services.slots.models import Claim, DaySlots

# Someone whose time is gone looks a few days around it, not further.
ALTERNATIVES_WITHIN = timedelta(days=3)


def terms_of(policy: BookingPolicy) -> rules.ReleaseTerms:
    """The part of a centre's policy that says when a start can be booked."""
    return rules.ReleaseTerms(
        days_ahead=policy.release_days_ahead,
        hour=policy.release_hour,
        lead_minutes=policy.min_lead_minutes,
    )


def relaxed(terms: rules.ReleaseTerms, *, by_staff: bool) -> rules.ReleaseTerms:
    """Staff may book up to the last minute: they see the hall."""
    return rules.ReleaseTerms(terms.days_ahead, terms.hour, 0) if by_staff else terms


def days_for(visit: Visit, *, first: date, last: date, now: datetime) -> Iterator[DaySlots]:
    """What can be booked for the visit from `first` to `last`."""
    return Claim.objects.days(
        pool_id=visit.pool.pk,
        first=first,
        last=last,
        cells=rules.cells_for(visit.minutes),
        terms=terms_of(visit.policy),
        now=now,
    )


def nearest_starts(visit: Visit, wanted: datetime, *, now: datetime) -> list[datetime]:
    """The three free starts nearest to the wanted one, in order of time; fewer if there are."""
    first = max(today(now), today(wanted - ALTERNATIVES_WITHIN))
    last = today(wanted + ALTERNATIVES_WITHIN)
    found = [
        moment(day.date, start.cell)
        for day in days_for(visit, first=first, last=last, now=now)
        for start in day.starts
        if start.free
    ]
    return rules.nearest(found, wanted)
