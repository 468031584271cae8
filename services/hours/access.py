"""Whether centres are open now, and until or from when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishui_center.common.clock import cell_at, moment, today
from lishui_center.common.language import in_language
from services.centres.models import Centre, Tier
from services.hours.models import DayPlan
from services.hours.rules import span_union

# How far a centre's own page looks, and a list of many: over a weekend.
SIGHT = timedelta(days=13)
LIST_SIGHT = timedelta(days=3)


@dataclass(frozen=True)
class Opening:
    """A centre's day as all its pools together: cells, with any break at noon left in."""

    date: date
    spans: tuple[tuple[int, int], ...]
    closed_reason: str
    now: datetime

    @property
    def opens(self) -> datetime | None:
        """The first opening of the day."""
        return moment(self.date, self.spans[0][0]) if self.spans else None

    @property
    def closes(self) -> datetime | None:
        """The last closing of the day."""
        return moment(self.date, self.spans[-1][1]) if self.spans else None

    @property
    def is_open(self) -> bool:
        return self.open_until is not None

    @property
    def open_until(self) -> datetime | None:
        """When the present stretch ends; None while closed."""
        if today(self.now) != self.date:
            return None
        cell = cell_at(self.now)
        return next(
            (moment(self.date, end) for first, end in self.spans if first <= cell < end), None
        )

    @property
    def opens_next(self) -> datetime | None:
        """The next opening still ahead on this day."""
        starts = (moment(self.date, first) for first, _ in self.spans)
        return next((start for start in starts if start > self.now), None)


def openings(
    centre_ids: Iterable[int], first: date, last: date, *, now: datetime
) -> dict[int, list[Opening]]:
    """Each centre's days from `first` to `last`, in order; centres without windows are left out.

    One query: {centre id: [Opening, ...]}.
    """
    plans = (
        DayPlan.objects.filter(pool__centre__in=list(centre_ids), date__range=(first, last))
        .order_by("date")
        .values_list("pool__centre_id", "date", "spans", "closed_reason_zh", "closed_reason_en")
    )
    grouped: dict[tuple[int, date], tuple[list[list[int]], str]] = {}
    for centre_id, day, spans, reason_zh, reason_en in plans:
        known, reason = grouped.get((centre_id, day), ([], ""))
        grouped[centre_id, day] = (known + spans, reason or in_language(reason_zh, reason_en))
    result: dict[int, list[Opening]] = {}
    for (centre_id, day), (spans, reason) in grouped.items():
        opening = Opening(day, span_union(spans), "" if spans else reason, now)
        result.setdefault(centre_id, []).append(opening)
    return result


def openings_today(centre_ids: Iterable[int], *, now: datetime) -> dict[int, Opening]:
    """Today's opening of each centre that has windows."""
    day = today(now)
    return {pk: days[0] for pk, days in openings(centre_ids, day, day, now=now).items()}


@dataclass(frozen=True)
class DoorSign:
    """What the sign on the door would say at this moment: open until, or closed until, and why."""

    open_until: datetime | None
    opens_next: datetime | None
    is_break: bool
    closed_reason: str
    today: date

    @property
    def opens_later(self) -> bool:
        """Whether the next opening is on another day."""
        return self.opens_next is not None and self.opens_next.date() != self.today


def door_sign(days: Sequence[Opening]) -> DoorSign:
    """The sign from the openings of today and the days after."""
    first = days[0]
    opens_next = next((day.opens_next for day in days if day.opens_next), None)
    return DoorSign(
        open_until=first.open_until,
        opens_next=opens_next,
        is_break=bool(first.opens and first.opens <= first.now and first.opens_next),
        closed_reason=first.closed_reason,
        today=first.date,
    )


def keeper_of(centre: Centre) -> Centre:
    """Whose hours and services count there: a station is kept by its parent."""
    return centre.parent if centre.tier == Tier.STATION and centre.parent else centre


def days_of(centre: Centre, *, now: datetime) -> list[Opening]:
    """The opening of the centre for two weeks from today; empty without windows. One query."""
    keeper, first = keeper_of(centre).pk, today(now)
    return openings([keeper], first, first + SIGHT, now=now).get(keeper, [])


def sign_of(centre: Centre, *, now: datetime) -> DoorSign | None:
    """The sign on the centre's door; None where there are no windows. One query."""
    days = days_of(centre, now=now)
    return door_sign(days) if days else None


def signs_of(centres: Iterable[Centre], *, now: datetime) -> dict[int, DoorSign]:
    """{centre id: sign} of those that have windows, or whose parent has. One query."""
    keepers = {centre.pk: keeper_of(centre).pk for centre in centres}
    first = today(now)
    days = openings(set(keepers.values()), first, first + LIST_SIGHT, now=now)
    signs = {keeper: door_sign(its_days) for keeper, its_days in days.items()}
    return {pk: signs[keeper] for pk, keeper in keepers.items() if keeper in signs}
