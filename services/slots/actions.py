"""Taking and freeing places. Only this file writes claims."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import get_random_string

from lishui_center.common.clock import moment
from lishui_center.common.inserting import insert
from lishui_center.common.retries import retry_on_conflict
from services.catalogue.access import Visit
from services.hours.models import DayPlan
from services.hours.rules import lane_table
from services.slots import rules
from services.slots.access import terms_of
from services.slots.errors import SlotClosedError, SlotFullError
from services.slots.models import Claim, Places
from services.slots.pulse import beat_on_commit


@dataclass(frozen=True)
class Hold:
    """A place kept while its holder types; whoever has the token may book it."""

    token: str
    start: datetime
    expires_at: datetime


@retry_on_conflict
@transaction.atomic
def hold_slot(*, visit: Visit, start: datetime, now: datetime, replaces: str = "") -> Hold:
    """Keep the time for the visit, ten minutes by default, and give back the hold it replaces.

    Raises:
        SlotOffGridError, SlotPastError, SlotTooSoonError, SlotTooFarError, SlotClosedError,
        SlotFullError: nothing changed, the replaced hold is still there.
    """
    day, cell = rules.split_start(start)
    rules.check_bookable(terms_of(visit.policy), day, cell, now)
    hold = Hold(
        token=get_random_string(32),
        start=moment(day, cell),
        expires_at=now + timedelta(minutes=visit.policy.hold_minutes),
    )
    release_hold(hold=replaces)
    take_places(
        pool_id=visit.pool.pk,
        day=day,
        cells=range(cell, cell + rules.cells_for(visit.minutes)),
        now=now,
        hold=hold,
    )
    return hold


def take_places(
    *,
    pool_id: int,
    day: date,
    cells: Iterable[int],
    now: datetime,
    booking_id: int | None = None,
    hold: Hold | None = None,
) -> None:
    """Claim one lane in each of the cells, for a booking or for a hold.

    Call inside a transaction that retries: when another claims the same lane first, the
    unique constraint raises IntegrityError. Expired holds in these cells are removed on the
    way, so nothing depends on a clean-up having run.

    Raises:
        SlotClosedError, SlotFullError: nothing was written.
    """
    wanted = sorted(cells)
    if not wanted:
        return
    places = Claim.objects.places(pool_id, day, wanted)
    if not all(places.lanes.get(cell, 0) for cell in wanted):
        raise SlotClosedError
    taken = _live_lanes(places, now)
    insert(
        [
            Claim(
                pool_id=pool_id,
                date=day,
                cell=cell,
                lane=_free_lane(places.lanes[cell], taken[cell]),
                booking_id=booking_id,
                hold=hold.token if hold else "",
                expires_at=hold.expires_at if hold else None,
            )
            for cell in wanted
        ]
    )
    beat_on_commit(pool_id)


def keep_hold(
    *, hold: str, pool_id: int, day: date, cells: range, booking_id: int, now: datetime
) -> bool:
    """Turn a hold of exactly these places into the booking's claims.

    False, and nothing claimed, when it has run out or is for something else.
    """
    kept = (
        Claim.objects.in_cells(pool_id, day, cells.start, len(cells))
        .filter(hold=hold, expires_at__gt=now)
        .update(booking_id=booking_id, hold="", expires_at=None)
    )
    if kept == len(cells):
        return True
    Claim.objects.filter(booking_id=booking_id).delete()
    release_hold(hold=hold)
    return False


def check_still_open(*, pool_id: int, day: date, cells: range) -> None:
    """Refuse places of a day that closed after they were held.

    Raises:
        SlotClosedError
    """
    if not rules.fits(_open_lanes(pool_id, day), cells.start, len(cells)):
        raise SlotClosedError


def free_places(
    *, pool_id: int, booking_id: int, except_cells: Iterable[int] = (), day: date | None = None
) -> None:
    """Give back a booking's places, but for those cells of `day` that it keeps."""
    kept = Q(date=day, cell__in=list(except_cells)) if day else Q(pk=None)
    Claim.objects.filter(booking_id=booking_id).exclude(kept).delete()
    beat_on_commit(pool_id)


def release_hold(*, hold: str) -> None:
    """Give back a hold; one that is gone already is no error."""
    held = Claim.objects.filter(hold=hold) if hold else Claim.objects.none()
    for pool_id in held.values_list("pool_id", flat=True).distinct():
        beat_on_commit(pool_id)
    held.delete()


def fit_lanes(days: Mapping[tuple[int, date], Mapping[int, int]]) -> None:
    """Move claims beyond the lanes of days that changed to free ones.

    `days` is {(pool id, date): {cell: lanes}}. Without this, a claim in a lane that is gone
    would not count against those that are left. Where more is claimed than there are lanes,
    the rest stays: services.orphans lists it.
    """
    pools, dates = {pool_id for pool_id, _ in days}, {day for _, day in days}
    claims: dict[tuple[int, date, int], list[Claim]] = defaultdict(list)
    for claim in Claim.objects.filter(pool__in=pools, date__in=dates).order_by("pk"):
        claims[claim.pool_id, claim.date, claim.cell].append(claim)
    moved = []
    for (pool_id, day, cell), taken in claims.items():
        lanes = days.get((pool_id, day), {}).get(cell, 0)
        free = set(range(lanes)) - {claim.lane for claim in taken}
        beyond = [claim for claim in taken if claim.lane >= lanes]
        for claim, lane in zip(beyond, sorted(free), strict=False):
            claim.lane = lane
            moved.append(claim)
    Claim.objects.bulk_update(moved, ["lane"], batch_size=500)
    for pool_id in pools:
        beat_on_commit(pool_id)


def remove_spent_claims(*, before: date, now: datetime) -> int:
    """Remove claims of past days and expired holds; returns how many. Safe to run twice."""
    removed, _ = Claim.objects.filter(Q(date__lt=before) | Q(expires_at__lte=now)).delete()
    return removed


def remove_claims_of_day(*, centre_id: int, day: date) -> int:
    """Remove what is left of a centre's day once it is over; returns how many."""
    removed, _ = Claim.objects.filter(pool__centre=centre_id, date=day).delete()
    return removed


def _open_lanes(pool_id: int, day: date) -> Mapping[int, int]:
    spans = DayPlan.objects.filter(pool_id=pool_id, date=day).values_list("spans", flat=True)
    return lane_table(spans[0]) if spans else {}


def _live_lanes(places: Places, now: datetime) -> dict[int, set[int]]:
    """The lanes taken in each cell, once holds past their time are removed."""
    live: dict[int, set[int]] = defaultdict(set)
    expired = []
    for claim in places.taken:
        if claim.expires_at is not None and claim.expires_at <= now:
            expired.append(claim.pk)
        else:
            live[claim.cell].add(claim.lane)
    if expired:
        Claim.objects.filter(pk__in=expired, expires_at__lte=now).delete()
    return live


def _free_lane(lanes: int, taken: set[int]) -> int:
    free = rules.free_lanes(lanes, taken)
    if not free:
        raise SlotFullError
    # Any will do; a random one keeps two bookers from racing for the first.
    return random.choice(free)  # noqa: S311 - not a secret
