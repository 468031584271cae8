"""Who sees a place in the waiting list, and what can be offered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import Q
from django.http import Http404
from django.utils.crypto import constant_time_compare

from lishui_center.accounts.models import User
from services.hours.models import DayPlan
from services.hours.rules import lane_table
from services.slots import rules
from services.slots.models import Claim
from services.waitlist.models import WaitlistEntry, WaitlistQuerySet


def get_entry_by_link(reference: str, token: str) -> WaitlistEntry:
    """The entry, or 404: a wrong token learns nothing, not even that it exists."""
    entry = WaitlistEntry.objects.for_page().filter(reference=reference.upper()).first()
    if entry is None or not constant_time_compare(entry.token, token):
        raise Http404
    return entry


def entries_of(user: User, today: date) -> WaitlistQuerySet:
    """Where the person waits from today on: joined while signed in, or with the proven phone."""
    own = Q(user=user)
    if user.phone_verified_at:
        own |= Q(phone_hash=user.phone_hash)
    return WaitlistEntry.objects.for_page().filter(own, date__gte=today).order_by("date", "pk")


def people_ahead(entry: WaitlistEntry) -> int:
    """How many who wait for the same day came before."""
    return WaitlistEntry.objects.ahead_of(entry).count()


class Wished(Protocol):
    """A start between two cells of a day, for a visit of so many cells."""

    @property
    def date(self) -> date: ...
    @property
    def earliest_cell(self) -> int: ...
    @property
    def latest_cell(self) -> int: ...
    @property
    def cells(self) -> int: ...


@dataclass(frozen=True)
class DayPlaces:
    """One pool's day at one moment: bookable lanes and lanes taken by cell."""

    lanes: Mapping[int, int]
    taken: Mapping[int, int]


def read_places(pool_id: int, day: date, now: datetime) -> DayPlaces:
    """The day as it is now: two queries."""
    plan = DayPlan.objects.for_days(pool_id, day, day).first()
    taken = Claim.objects.taken(pool_id, day, day, now)
    return DayPlaces(lane_table(plan.spans) if plan else {}, taken.get(day, {}))


def wished_starts(
    wish: Wished, places: DayPlaces, terms: rules.ReleaseTerms, now: datetime
) -> Iterator[rules.Start]:
    """The starts of the wish that are open and far enough ahead, free or not, in order."""
    first_bookable = rules.first_bookable_cell(terms, wish.date, now)
    for start in rules.starts(
        places.lanes,
        places.taken,
        cells=wish.cells,
        earliest=max(first_bookable, wish.earliest_cell),
    ):
        if start.cell <= wish.latest_cell:
            yield start
