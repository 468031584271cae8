"""Bookings: a person's visit to a pool of a centre."""

from datetime import date, datetime

from django.conf import settings
from django.db import connection, models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lishui_center.common.clock import CELLS_PER_DAY, as_utc, moment
from lishui_center.common.encryption import unseal
from lishui_center.common.language import in_language
from services.bookings.rules import History, Past
from services.catalogue.models import ServiceItem
from services.centres.models import Centre, Pool


class Status(models.TextChoices):
    BOOKED = "booked", _("Booked")
    CHECKED_IN = "checked_in", _("Checked in")
    DONE = "done", _("Done")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED = "cancelled", _("Cancelled")


class Channel(models.TextChoices):
    WEB = "web", _("Web")
    API = "api", _("API")
    STAFF = "staff", _("By staff")


class CancelledBy(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    CENTRE = "centre", _("Centre")


ACTIVE = [Status.BOOKED, Status.CHECKED_IN]


# By hand, because every booking asks it and composing it takes longer than the database.
PAST_SQL = """
    SELECT pause.ends_at, line.item_id, booking.id, booking.idempotency_key, booking.person_hash,
      booking.date, booking.nth, booking.status, booking.cancelled_at, booking.cancelled_by,
      booking.kept_free
    FROM (SELECT 1) AS phone
    LEFT JOIN services_suspension pause ON pause.phone_hash = %s
      AND pause.lifted_at IS NULL AND pause.starts_at <= %s AND pause.ends_at > %s
    LEFT JOIN services_booking booking ON booking.phone_hash = %s AND booking.date >= %s
    LEFT JOIN services_bookingitem line ON line.booking_id = booking.id
"""


class BookingQuerySet(models.QuerySet["Booking"]):
    def active(self) -> "BookingQuerySet":
        return self.filter(status__in=ACTIVE)

    def upcoming(self, now: datetime) -> "BookingQuerySet":
        return self.active().filter(starts_at__gte=now)

    def over(self, now: datetime) -> "BookingQuerySet":
        """All the others, the latest first."""
        ended = self.exclude(status__in=ACTIVE, starts_at__gte=now)
        return ended.order_by("-starts_at", "-pk")

    def past_of(self, phone_hash: str, since: date, now: datetime) -> History:
        """The phone's bookings from `since` on, and its suspension in force: one query."""
        past: dict[int, Past] = {}
        ends: list[datetime | None] = []
        with connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(now)
            cursor.execute(PAST_SQL, [phone_hash, moment, moment, phone_hash, since])
            for until, item_id, pk, key, person, day, nth, status, cancelled_at, by, kept in cursor:
                ends.append(as_utc(until))
                if pk is not None:
                    at = as_utc(cancelled_at)
                    facts = (pk, key, person, day, nth, status, at, by, bool(kept))
                    past.setdefault(pk, Past(*facts)).item_ids.add(item_id)
        return History(list(past.values()), max(filter(None, ends), default=None))

    def for_list(self) -> "BookingQuerySet":
        """With what a list shows: centre, pool and items."""
        return self.select_related("centre", "pool").prefetch_related("items__item")


class Booking(models.Model):
    """A reservation of k consecutive cells of one pool, for one person and visit.

    `person_hash` identifies the person for the limits: the phone, and the family member when
    a relative books for someone without one. `nth` is which of the day's bookings it is.
    """

    reference = models.CharField(max_length=6)
    link_nonce = models.CharField(max_length=16, help_text=_("Changing it voids shared links."))
    # Indexes cost every booking: keys that no page looks up by have none of their own.
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="bookings", db_index=False)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="bookings", db_index=False)
    date = models.DateField()
    start_cell = models.PositiveSmallIntegerField()
    cells = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    channel = models.CharField(max_length=10, choices=Channel)
    name = models.CharField(max_length=40)
    phone_sealed = models.CharField(max_length=255)
    phone_hash = models.CharField(max_length=64)
    person_hash = models.CharField(max_length=64)
    nth = models.PositiveSmallIntegerField()
    concession = models.BooleanField(default=False)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="bookings"
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    version = models.PositiveIntegerField(default=1)
    idempotency_key = models.CharField(max_length=80, null=True, blank=True)  # noqa: DJ001 - many have none
    request_hash = models.CharField(max_length=64, blank=True)
    attendance_confirmed_at = models.DateTimeField(null=True, blank=True)
    kept_free = models.BooleanField(
        default=False, help_text=_("The centre closed: free to move, never a no-show.")
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    created_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["phone_hash", "date"], name="booking_by_phone"),
            models.Index(fields=["centre", "date", "start_cell"], name="booking_by_day"),
            models.Index(
                fields=["starts_at"],
                condition=Q(status__in=["booked", "checked_in"]),
                name="booking_active_by_start",
            ),
        ]
        constraints = [
            UniqueConstraint(fields=["reference"], name="booking_reference_once"),
            UniqueConstraint(fields=["idempotency_key"], name="booking_key_once"),
            UniqueConstraint(
                fields=["person_hash", "date", "nth"],
                condition=Q(status__in=["booked", "checked_in"]),
                name="booking_daily_limit",
            ),
            CheckConstraint(
                condition=Q(start_cell__lt=CELLS_PER_DAY, cells__gte=1),
                name="booking_cells_in_the_day",
            ),
            CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at=None)),
                name="booking_cancelled_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def must_confirm(self) -> bool:
        """Whether the place may go to the waiting list unless the visitor says "I will come".

        Never with a concession, and never what staff booked for someone on the phone.
        """
        may_ask = not (self.concession or self.kept_free or self.booked_by_id)
        return may_ask and self.centre.policy.releases_unconfirmed

    @property
    def token(self) -> str:
        """The secret of the manage link: whoever has it may move or cancel without signing in.

        Derived, so that a reminder sent days later can carry it, and not stored.
        """
        seed = f"{self.reference}.{self.link_nonce}"
        return salted_hmac("booking-link", seed, algorithm="sha256").hexdigest()[:32]

    @property
    def phone(self) -> str:
        """The whole number; pages mask it, and looking at it is audited."""
        return unseal(self.phone_sealed)

    @property
    def services_text(self) -> str:
        """The short names of what the visit is for, as a list loads them."""
        return in_language("、", ", ").join(line.item.short_name for line in self.items.all())

    @property
    def cell_range(self) -> range:
        return range(self.start_cell, self.start_cell + self.cells)

    @property
    def ends_at(self) -> datetime:
        return moment(self.date, self.start_cell + self.cells)


class BookingItem(models.Model):
    """One of the services of a visit; `open_key` is the person while the booking is active."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="items", db_index=False)
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    open_key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["booking", "position"]
        constraints = [
            UniqueConstraint(fields=["booking", "item"], name="booking_item_once"),
            UniqueConstraint(
                fields=["open_key", "item"],
                condition=~Q(open_key=""),
                name="booking_item_open_once_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.item_id}"
