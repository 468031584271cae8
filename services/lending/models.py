"""Uses: who has which resource when, without ever two at once."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Count, F, Q, UniqueConstraint
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.clock import CELLS_PER_DAY, moment, today
from lishui_center.common.encryption import unseal
from services.centres.models import Centre
from services.lending.rules import Terms, cells_of
from services.resources.models import Resource

CODE_LENGTH = 40
PURPOSE_LENGTH = 200
NOTE_LENGTH = 200


class ForKind(models.TextChoices):
    """What a use is for."""

    RESIDENT = "resident", pgettext_lazy("use for", "A resident")
    NEED = "need", pgettext_lazy("use for", "A need")
    PROJECT = "project", pgettext_lazy("use for", "A project")
    ACTIVITY = "activity", pgettext_lazy("use for", "An activity")
    NONE = "none", pgettext_lazy("use for", "The centre's own work")


NAMED = frozenset({ForKind.NEED, ForKind.PROJECT, ForKind.ACTIVITY})
"""Kinds that say by a code what exactly it is for."""


class UseState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("use", "Asked for")
    CONFIRMED = "confirmed", pgettext_lazy("use", "Confirmed")
    REFUSED = "refused", pgettext_lazy("use", "Refused")
    CANCELLED = "cancelled", pgettext_lazy("use", "Cancelled")
    DONE = "done", pgettext_lazy("use", "Done")


OPEN = [UseState.ASKED, UseState.CONFIRMED]


class CancelledBy(models.TextChoices):
    HOLDER = "holder", _("Whoever asked")
    CENTRE = "centre", _("Centre")


class LendingPolicy(models.Model):
    """What residents may ask for at one centre; the defaults hold while nothing is stored."""

    centre = models.OneToOneField(
        Centre, models.CASCADE, primary_key=True, related_name="lending_policy"
    )
    max_hours = models.PositiveSmallIntegerField(default=Terms.max_hours)
    max_open = models.PositiveSmallIntegerField(default=Terms.max_open)
    lead_hours = models.PositiveSmallIntegerField(default=Terms.lead_hours)
    days_ahead = models.PositiveSmallIntegerField(default=Terms.days_ahead)

    class Meta:
        verbose_name_plural = "lending policies"
        constraints = [
            CheckConstraint(
                condition=Q(max_hours__range=(1, 12), max_open__range=(1, 20)),
                name="lending_limits_sane",
            ),
            # Day plans reach no further.
            CheckConstraint(condition=Q(days_ahead__range=(1, 60)), name="lending_days_sane"),
            CheckConstraint(condition=Q(lead_hours__lte=336), name="lending_lead_sane"),
        ]

    def __str__(self) -> str:
        return f"lending policy of {self.centre_id}"

    @property
    def terms(self) -> Terms:
        return Terms(self.max_hours, self.max_open, self.lead_hours, self.days_ahead)


class UseQuerySet(models.QuerySet["Use"]):
    def open(self) -> "UseQuerySet":
        """Asked for or confirmed, hence taking a place."""
        return self.filter(state__in=OPEN)

    def to_come(self, now: datetime) -> "UseQuerySet":
        """Open, and not over yet."""
        return self.open().filter(ends_at__gt=now)

    def not_begun(self, now: datetime) -> "UseQuerySet":
        """Open, and still to begin."""
        return self.open().filter(starts_at__gt=now)

    def spent(self, now: datetime) -> "UseQuerySet":
        """Open, though its time is over; or asked for, though it should have begun."""
        is_late = Q(state=UseState.ASKED, starts_at__lte=now)
        return self.filter(Q(state=UseState.CONFIRMED, ends_at__lte=now) | is_late)

    def between(self, first: date, last: date) -> "UseQuerySet":
        """With a part on the days from `first` to `last`, both included."""
        begins, ends = moment(first, 0), moment(last, CELLS_PER_DAY)
        return self.filter(starts_at__lt=ends, ends_at__gt=begins)

    def for_target(self, kind: ForKind, code: str) -> "UseQuerySet":
        """All that was ever asked for one need, project or activity."""
        return self.filter(for_kind=kind, for_code=code).order_by("starts_at", "pk")

    def for_list(self) -> "UseQuerySet":
        """With what a list shows, by time."""
        loaded = self.select_related("resource__centre", "user", "entered_by")
        return loaded.order_by("starts_at", "pk")


class Use(models.Model):
    """One resource for a stretch of time, of `units` pieces where it comes in pieces.

    Open uses of a phone are numbered by `nth`, which keeps to the limit also when two ask at
    once. What staff enter has no number, and may have neither name nor phone.
    """

    reference = models.CharField(max_length=6)
    link_nonce = models.CharField(max_length=16)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="uses", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    units = models.PositiveSmallIntegerField(default=1)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=PURPOSE_LENGTH)
    for_kind = models.CharField(max_length=10, choices=ForKind)
    for_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    state = models.CharField(max_length=10, choices=UseState)
    name = models.CharField(max_length=40, blank=True)
    phone_sealed = models.CharField(max_length=255, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    nth = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    idempotency_key = models.CharField(max_length=80, null=True, blank=True)  # noqa: DJ001 - many have none
    created_at = models.DateTimeField()

    objects = UseQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["resource", "starts_at"], name="use_by_resource"),
            models.Index(fields=["for_kind", "for_code"], name="use_by_target"),
            models.Index(fields=["phone_hash"], name="use_by_phone"),
            models.Index(
                fields=["starts_at"],
                condition=Q(state__in=["asked", "confirmed"]),
                name="use_open_by_start",
            ),
        ]
        constraints = [
            UniqueConstraint(fields=["reference"], name="use_reference_once"),
            UniqueConstraint(fields=["idempotency_key"], name="use_key_once"),
            UniqueConstraint(
                fields=["phone_hash", "nth"],
                condition=Q(state__in=["asked", "confirmed"], nth__isnull=False),
                name="use_open_limit",
            ),
            CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="use_ends_after_start"),
            CheckConstraint(condition=Q(units__gte=1), name="use_of_something"),
            CheckConstraint(
                condition=Q(decided_by=None)
                | (
                    (Q(user=None) | ~Q(decided_by=F("user")))
                    & (Q(entered_by=None) | ~Q(decided_by=F("entered_by")))
                ),
                name="use_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_one_day(self) -> bool:
        """Whether it ends on the day it begins, as most do."""
        return today(self.starts_at) == today(self.ends_at)

    @property
    def token(self) -> str:
        """The secret of the use's link: derived, so that a reminder can carry it."""
        seed = f"{self.reference}.{self.link_nonce}"
        return salted_hmac("use-link", seed, algorithm="sha256").hexdigest()[:32]

    @property
    def phone(self) -> str:
        return unseal(self.phone_sealed)

    @property
    def cells(self) -> dict[date, range]:
        """What it takes: {day: cells}."""
        return cells_of(self.starts_at, self.ends_at)


class UseCellQuerySet(models.QuerySet["UseCell"]):
    def taken(
        self, resource_ids: "list[int]", first: date, last: date
    ) -> dict[tuple[int, date], dict[int, int]]:
        """Lanes taken: {(resource id, date): {cell: lanes}}. One query."""
        rows = (
            self.filter(resource__in=resource_ids, date__range=(first, last))
            .values_list("resource_id", "date", "cell")
            .annotate(lanes=Count("pk"))
            .order_by()
        )
        counts: dict[tuple[int, date], dict[int, int]] = {}
        for resource_id, day, cell, lanes in rows:
            counts.setdefault((resource_id, day), {})[cell] = lanes
        return counts


class UseCell(models.Model):
    """One piece of a resource for one quarter of an hour, taken by an open use.

    The unique constraint is the only guard against double use, on every database. Cells of past
    days are removed.
    """

    use = models.ForeignKey(Use, models.CASCADE, related_name="places")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    cell = models.PositiveSmallIntegerField()
    lane = models.PositiveSmallIntegerField()

    objects = UseCellQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["resource", "date", "cell", "lane"], name="use_cell_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.date} cell {self.cell} lane {self.lane}"
