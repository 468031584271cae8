"""The bookings of the demo: 60 days back, and as far ahead as days are released."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice, starmap
from random import Random

from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE, moment, today
from lishui_center.demo.demand import FULL, Menu, Slip, fill_day, level_of
from lishui_center.demo.diary import Cast, Diary
from lishui_center.demo.residents import Resident
from services.bookings.models import Booking, BookingItem, CancelledBy, Channel, Status
from services.catalogue.models import Offering, ServiceItem
from services.centres.models import BookingPolicy
from services.hours.models import DayPlan
from services.hours.rules import lane_table
from services.slots.access import terms_of
from services.slots.models import Claim
from services.slots.rules import last_released

NO_SHOW = 0.10
BY_TELEPHONE = 0.2
FROM_OTHER_SITES = 0.1
CONFIRMED = 0.6
CENTRE_CANCELS = 0.05
RELEASED = (7, time(8))  # So many days before, at this time.
ASKED_AT = time(10)
TRIES = 20
BATCH = 2_000
LEAD = timedelta(hours=2)


@dataclass(frozen=True)
class Wish:
    """A visit that a certain person is to have: the first that fits."""

    resident: Resident
    centre_id: int
    days_ahead: int
    pool_code: str
    status: Status
    earliest_cell: int = 0

    def fits(self, booking: Booking, days_ahead: int) -> bool:
        """Whether this is the visit."""
        return (
            booking.centre_id == self.centre_id
            and days_ahead == self.days_ahead
            and booking.pool.code == self.pool_code
            and booking.status == self.status
            and booking.start_cell >= self.earliest_cell
        )


@dataclass(frozen=True)
class Draft:
    """A booking before it is stored, with its lane and items."""

    booking: Booking
    slip: Slip


@dataclass
class Historian:
    """Writes the bookings of one run; `clerks` book by telephone: {centre id: user}."""

    rng: Random
    now: datetime
    cast: Cast
    clerks: dict[int, User]
    wishes: list[Wish]

    def __post_init__(self) -> None:
        self.diary = Diary()
        self.full_days: list[DayPlan] = []

    def write(self, first: date) -> None:
        """Store all bookings from `first` on, with claims for today and later."""
        drafts = chain.from_iterable(starmap(self._drafts, self._plans(first)))
        while batch := list(islice(drafts, BATCH)):
            _store(batch, today(self.now))

    def _plans(self, first: date) -> Iterator[tuple[DayPlan, Menu]]:
        menus = _menus()
        last = last_released(terms_of(BookingPolicy()), self.now)
        plans = DayPlan.objects.filter(date__range=(first, last)).select_related("pool")
        for plan in plans.order_by("date", "pool"):
            yield plan, menus[plan.pool_id]

    def _drafts(self, plan: DayPlan, menu: Menu) -> Iterator[Draft]:
        days_ahead = (plan.date - today(self.now)).days
        level = level_of(self.rng, weekday=plan.date.isoweekday(), days_ahead=days_ahead)
        if level == FULL and plan.spans:
            self.full_days.append(plan)
        for slip in fill_day(lane_table(plan.spans), level=level, menu=menu, rng=self.rng):
            booking = self._booking(plan, slip)
            resident = self._wished(booking, days_ahead) or self._found(booking, slip)
            if resident:
                self._give(booking, resident)
                self.diary.enter(booking, slip.items)
                yield Draft(booking, slip)

    def _booking(self, plan: DayPlan, slip: Slip) -> Booking:
        starts_at = moment(plan.date, slip.cell)
        ends_at = moment(plan.date, slip.cell + slip.cells)
        booking = Booking(
            reference=self.diary.new_reference(self.rng),
            link_nonce=f"{self.rng.getrandbits(64):016x}",
            centre_id=plan.pool.centre_id,
            pool=plan.pool,
            date=plan.date,
            start_cell=slip.cell,
            cells=slip.cells,
            starts_at=starts_at,
            status=self._status(slip, starts_at, ends_at),
        )
        self._date(booking)
        return booking

    def _date(self, booking: Booking) -> None:
        """When it was made, confirmed or cancelled: from the release to two hours before."""
        days, hour = RELEASED
        opened = datetime.combine(booking.date - timedelta(days=days), hour, ZONE)
        last = min(self.now, booking.starts_at - LEAD)
        booking.created_at = self._between(opened, last)
        if booking.status == Status.CANCELLED:
            by_centre = self.rng.random() < CENTRE_CANCELS
            booking.version = 2
            booking.cancelled_by = CancelledBy.CENTRE if by_centre else CancelledBy.RESIDENT
            booking.cancelled_at = self._between(booking.created_at, last)
        else:
            self._confirm(booking, last)

    def _confirm(self, booking: Booking, last: datetime) -> None:
        """Most people answer that they will come, from the morning before on."""
        asked = datetime.combine(booking.date - timedelta(days=1), ASKED_AT, ZONE)
        asked = max(asked, booking.created_at)
        if asked < last and self.rng.random() < CONFIRMED:
            booking.attendance_confirmed_at = self._between(asked, last)

    def _status(self, slip: Slip, starts_at: datetime, ends_at: datetime) -> Status:
        if slip.lane is None:
            return Status.CANCELLED
        if ends_at <= self.now:
            return Status.NO_SHOW if self.rng.random() < NO_SHOW else Status.DONE
        return Status.CHECKED_IN if starts_at <= self.now else Status.BOOKED

    def _between(self, first: datetime, last: datetime) -> datetime:
        """A moment between the two, more often an early one."""
        share = self.rng.random() ** 2
        return (first + (last - first) * share).replace(microsecond=0)

    def _wished(self, booking: Booking, days_ahead: int) -> Resident | None:
        """The resident whose wish this visit fulfils, once."""
        wish = next((wish for wish in self.wishes if wish.fits(booking, days_ahead)), None)
        if wish:
            self.wishes.remove(wish)
        return wish.resident if wish else None

    def _found(self, booking: Booking, slip: Slip) -> Resident | None:
        """Somebody who may have this visit; None when the limits stop everyone asked."""
        asked = (self.cast.someone(self.rng, booking.centre_id) for _ in range(TRIES))
        admitted = (
            resident for resident in asked if self.diary.admits(resident, booking.date, slip.items)
        )
        return next(admitted, None)

    def _give(self, booking: Booking, resident: Resident) -> None:
        booking.name = resident.name
        booking.phone_sealed = resident.phone_sealed
        booking.phone_hash = resident.phone_hash
        booking.person_hash = resident.person_hash
        booking.language = resident.language
        booking.concession = resident.concession
        booking.user = resident.user
        booking.nth = self.diary.visits[resident.person_hash, booking.date] + 1
        clerk = self.clerks.get(booking.centre_id)
        if clerk and not resident.user and self.rng.random() < BY_TELEPHONE:
            booking.channel, booking.booked_by = Channel.STAFF, clerk
        else:
            elsewhere = self.rng.random() < FROM_OTHER_SITES
            booking.channel = Channel.API if elsewhere else Channel.WEB


def _menus() -> dict[int, Menu]:
    """What each pool takes bookings for: {pool id: menu}."""
    offerings = Offering.objects.filter(item__online=True).select_related("item")
    by_pool: dict[int, list[ServiceItem]] = defaultdict(list)
    for offering in offerings.order_by("pool", "item"):
        by_pool[offering.pool_id].append(offering.item)
    return {pool_id: Menu(items) for pool_id, items in by_pool.items()}


def _store(drafts: list[Draft], from_day: date) -> None:
    """One INSERT each for bookings, their items, and their claims from `from_day` on."""
    Booking.objects.bulk_create(draft.booking for draft in drafts)
    BookingItem.objects.bulk_create(
        BookingItem(
            booking=draft.booking,
            item=item,
            position=position,
            open_key=draft.booking.person_hash if draft.booking.is_active else "",
        )
        for draft in drafts
        for position, item in enumerate(draft.slip.items)
    )
    Claim.objects.bulk_create(
        Claim(
            pool_id=draft.booking.pool_id,
            date=draft.booking.date,
            cell=cell,
            lane=draft.slip.lane,
            booking=draft.booking,
        )
        for draft in drafts
        if draft.booking.date >= from_day and draft.slip.lane is not None
        for cell in draft.booking.cell_range
    )
