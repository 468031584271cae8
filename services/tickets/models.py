"""Tickets: who waits in which queue, in what order, and what happened to them."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.bookings.models import Booking
from services.catalogue.models import ServiceItem
from services.centres.models import Centre, Pool, Window
from services.tickets.lookups import SpeltIn
from services.tickets.rules import number_text


class TicketState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("ticket", "Waiting")
    CALLED = "called", _("Called")
    SERVING = "serving", _("At the window")
    HELD = "held", _("On hold")
    DONE = "done", pgettext_lazy("ticket", "Done")
    NO_SHOW = "no_show", _("Missed the call")
    LEFT = "left", _("Left")


LIVE = [TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.HELD]
AT_WINDOW = [TicketState.CALLED, TicketState.SERVING]


class Source(models.TextChoices):
    """How the number was taken."""

    KIOSK = "kiosk", _("Kiosk")
    DESK = "desk", _("Front desk")
    REMOTE = "remote", _("From afar")
    PAPER = "paper", _("Paper")


class TicketCounter(models.Model):
    """The last number given with a prefix that day; the row's lock makes numbers follow on."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    prefix = models.CharField(max_length=4)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["centre", "date", "prefix"], name="ticket_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.date} {self.prefix}{self.last}"


class TicketQuerySet(models.QuerySet["Ticket"]):
    def live(self) -> "TicketQuerySet":
        return self.filter(state__spelt_in=LIVE)

    def at_windows(self) -> "TicketQuerySet":
        """Those who are at a window or called to one."""
        return self.filter(state__spelt_in=AT_WINDOW)

    def waiting_in(self, centre: Centre) -> "TicketQuerySet":
        """All who wait in the hall, of whichever pool."""
        return self.live().filter(centre=centre, state=TicketState.WAITING)

    def waiting(self, pool_ids: Sequence[int]) -> "TicketQuerySet":
        """The queue of these pools in calling order."""
        return self.filter(state=TicketState.WAITING, pool__in=pool_ids).order_by("sort_at", "pk")

    def of_day(self, centre: Centre, day: date) -> "TicketQuerySet":
        return self.filter(centre=centre, date=day)

    def for_queue(self) -> "TicketQuerySet":
        """With what a queue, a board and a console show."""
        return self.select_related("pool", "window", "booking")

    def last_served(self, phone_hash: str) -> "Ticket | None":
        """The latest finished visit of whoever gave this phone."""
        # Also says that the hash is not empty, for SQLite to use the index.
        named = self.exclude(phone_hash="").filter(phone_hash=phone_hash, state=TicketState.DONE)
        return named.order_by("-ended_at").first()

    def left_over(self, before: date) -> "TicketQuerySet":
        """Live tickets of days gone by."""
        return self.live().filter(date__lt=before)


class Ticket(models.Model):
    """One person's place in the queue of a pool, from taking the number to leaving the window.

    `sort_at` orders everybody: see rules.sort_at. `secret` opens the person's own page. What was
    forecast when the number was taken is kept, so that its error can be measured.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    prefix = models.CharField(max_length=4)
    number = models.PositiveIntegerField()
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+", db_index=False)
    booking = models.ForeignKey(
        Booking, models.SET_NULL, null=True, blank=True, related_name="tickets", db_index=False
    )
    state = models.CharField(max_length=10, choices=TicketState, default=TicketState.WAITING)
    has_priority = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=Source)
    sort_at = models.BigIntegerField()
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    calls = models.PositiveSmallIntegerField(default=0)
    returns = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    forecast_p50 = models.PositiveSmallIntegerField(null=True, blank=True)
    forecast_p90 = models.PositiveSmallIntegerField(null=True, blank=True)
    secret = models.CharField(max_length=24)
    key = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 - staff's have none
    phone_sealed = models.CharField(max_length=255, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(default=1)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["sort_at", "pk"]
        indexes = [
            models.Index(
                fields=["pool", "sort_at", "id"],
                condition=Q(state="waiting"),
                name="ticket_waiting",
            ),
            models.Index(
                fields=["pool", "-ended_at"], condition=Q(state="done"), name="ticket_done"
            ),
            models.Index(
                fields=["phone_hash", "-ended_at"],
                condition=~Q(phone_hash=""),
                name="ticket_by_phone",
            ),
            models.Index(
                fields=["centre", "state"],
                condition=Q(state__in=["waiting", "called", "serving", "held"]),
                name="ticket_live",
            ),
        ]
        constraints = [
            UniqueConstraint(
                fields=["centre", "date", "prefix", "number"], name="ticket_number_once"
            ),
            UniqueConstraint(fields=["secret"], name="ticket_secret_once"),
            UniqueConstraint(fields=["key"], name="ticket_key_once"),
            UniqueConstraint(
                fields=["booking"],
                condition=Q(state__in=["waiting", "called", "serving", "held"]),
                name="ticket_live_once_per_booking",
            ),
            UniqueConstraint(
                fields=["window"],
                condition=Q(state__in=["called", "serving"]),
                name="ticket_one_at_a_window",
            ),
            CheckConstraint(
                condition=Q(state__in=["called", "serving"], window__isnull=False)
                | ~Q(state__in=["called", "serving"]),
                name="ticket_called_to_a_window",
            ),
            CheckConstraint(
                condition=Q(state__in=["done", "no_show", "left"], ended_at__isnull=False)
                | (~Q(state__in=["done", "no_show", "left"]) & Q(ended_at=None)),
                name="ticket_ended_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """'RA012'."""
        return number_text(self.prefix, self.number)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def waited_minutes(self) -> int | None:
        """From taking the number to the first call."""
        if self.called_at is None:
            return None
        return max(0, round((self.called_at - self.taken_at).total_seconds() / 60))


Ticket._meta.get_field("state").register_lookup(SpeltIn)


class TicketItem(models.Model):
    """One service of a visit and how it ended; several in one visit stay one ticket."""

    class Outcome(models.TextChoices):
        RESOLVED = "resolved", _("Done")
        MISSING = "missing", _("Documents missing")
        REFERRED = "referred", _("Referred elsewhere")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="items", db_index=False)
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [UniqueConstraint(fields=["ticket", "item"], name="ticket_item_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.item_id}"


class TicketEvent(models.Model):
    """What happened to a ticket, by whom: never changed, never removed.

    `before` holds the fields as they were, so that the last step can be taken back; `version` is
    the ticket's after the step.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    window = models.ForeignKey(
        Window, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["window", "-id"], name="ticket_event_by_window")]
        constraints = [
            UniqueConstraint(fields=["ticket", "version"], name="ticket_event_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"
