"""People waiting for a place on a full day; an offer is a real hold."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lishui_center.common.clock import cell_at, moment, today
from lishui_center.common.encryption import unseal
from services.catalogue.models import ServiceItem
from services.centres.models import Centre, Pool


class WaitState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("Offered")
    TAKEN = "taken", _("Taken")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = [WaitState.WAITING, WaitState.OFFERED]


class WaitlistQuerySet(models.QuerySet["WaitlistEntry"]):
    def waiting(self, pool_id: int, day: date) -> "WaitlistQuerySet":
        """Those to serve that day, first come first."""
        return self.filter(pool_id=pool_id, date=day, state=WaitState.WAITING).order_by(
            "created_at", "pk"
        )

    def fits_into(
        self, *, pool_id: int, day: date, start_cell: int, cells: int
    ) -> "WaitlistQuerySet":
        """Those who could come at this start for no more than so many cells."""
        return self.waiting(pool_id, day).filter(
            earliest_cell__lte=start_cell, latest_cell__gte=start_cell, cells__lte=cells
        )

    def days_waited_for(self, first: date) -> "models.QuerySet[WaitlistEntry, tuple[int, date]]":
        """(pool id, date) from `first` on for which somebody waits."""
        waiting = self.filter(state=WaitState.WAITING, date__gte=first)
        return waiting.values_list("pool_id", "date").distinct().order_by("date", "pool_id")

    def unanswered(self, now: datetime) -> "WaitlistQuerySet":
        """Offers whose time is over."""
        return self.filter(state=WaitState.OFFERED, offer_expires_at__lte=now)

    def overtaken(self, now: datetime) -> "WaitlistQuerySet":
        """Still waiting for a start that has passed."""
        day = today(now)
        return self.filter(state=WaitState.WAITING, date__lte=day).filter(
            Q(date__lt=day) | Q(latest_cell__lte=cell_at(now))
        )

    def ahead_of(self, entry: "WaitlistEntry") -> "WaitlistQuerySet":
        """Those who wait for the same day and came before."""
        earlier = Q(created_at__lt=entry.created_at)
        same_moment = Q(created_at=entry.created_at, pk__lt=entry.pk)
        return self.waiting(entry.pool_id, entry.date).filter(earlier | same_moment)

    def for_page(self) -> "WaitlistQuerySet":
        """With what a page, an offer and a message show: centre, pool, items, booking."""
        return self.select_related("centre__policy", "pool", "booking", "user").prefetch_related(
            "items"
        )


class WaitlistEntry(models.Model):
    """One person's wish for a start between two cells of a day, served first come first."""

    reference = models.CharField(max_length=6, unique=True)
    link_nonce = models.CharField(max_length=16)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    items = models.ManyToManyField(ServiceItem, related_name="+")
    date = models.DateField()
    earliest_cell = models.PositiveSmallIntegerField()
    latest_cell = models.PositiveSmallIntegerField()
    cells = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    phone_sealed = models.CharField(max_length=255)
    phone_hash = models.CharField(max_length=64)
    person_hash = models.CharField(max_length=64)
    concession = models.BooleanField(default=False)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=WaitState, default=WaitState.WAITING)
    version = models.PositiveIntegerField(default=1)
    hold = models.CharField(max_length=32, blank=True)
    offered_cell = models.PositiveSmallIntegerField(null=True, blank=True)
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    booking = models.ForeignKey(
        "services.Booking", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = WaitlistQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["pool", "date", "created_at"],
                condition=Q(state="waiting"),
                name="waitlist_waiting",
            ),
            models.Index(
                fields=["offer_expires_at"],
                condition=Q(state="offered"),
                name="waitlist_unanswered",
            ),
            models.Index(fields=["phone_hash"], name="waitlist_by_phone"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["person_hash", "pool", "date"],
                condition=Q(state__in=["waiting", "offered"]),
                name="waitlist_once_per_person_and_day",
            ),
            CheckConstraint(
                condition=Q(earliest_cell__lte=F("latest_cell")), name="waitlist_range_in_order"
            ),
            CheckConstraint(
                condition=~Q(state="offered")
                | Q(~Q(hold=""), offered_cell__isnull=False, offer_expires_at__isnull=False),
                name="waitlist_offer_has_a_place",
            ),
            UniqueConstraint(
                fields=["hold"], condition=~Q(hold=""), name="waitlist_hold_offered_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def stage(self, now: datetime) -> str:
        """Where the person stands at this moment: the state, but that time ends an offer."""
        if self.state == WaitState.OFFERED and (self.offer_expires_at or now) <= now:
            return WaitState.EXPIRED
        if self.state == WaitState.WAITING and self.latest_start <= now:
            return WaitState.EXPIRED
        return self.state

    @property
    def token(self) -> str:
        """The secret of the entry's link: derived, so that an offer can carry it, and not stored.

        Whoever has it may take the offer or leave the list without signing in.
        """
        seed = f"{self.reference}.{self.link_nonce}"
        return salted_hmac("waitlist-link", seed, algorithm="sha256").hexdigest()[:32]

    @property
    def phone(self) -> str:
        return unseal(self.phone_sealed)

    @property
    def earliest_start(self) -> datetime:
        return moment(self.date, self.earliest_cell)

    @property
    def latest_start(self) -> datetime:
        return moment(self.date, self.latest_cell)

    @property
    def offered_start(self) -> datetime | None:
        """The start that is or was offered."""
        return None if self.offered_cell is None else moment(self.date, self.offered_cell)

    @property
    def offered_end(self) -> datetime | None:
        return (
            None if self.offered_cell is None else moment(self.date, self.offered_cell + self.cells)
        )

    @property
    def book_query(self) -> str:
        """The same visit as the query of a new booking."""
        items = [("item", item.code) for item in self.items.all()]
        return urlencode([("centre", self.centre.code), *items, ("day", self.date.isoformat())])
