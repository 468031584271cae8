"""By when a need is answered and solved, as it was promised when it came."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import pgettext_lazy

from services.clocks import rules
from services.requests.models import Category, ServiceRequest


class ClockKind(models.TextChoices):
    FIRST_RESPONSE = "first_response", pgettext_lazy("clock", "First answer")
    RESOLUTION = "resolution", pgettext_lazy("clock", "Solution")


class SlaPolicy(models.Model):
    """The working days for needs of a category, from a moment on; a change is a new version."""

    category = models.CharField(max_length=20, choices=Category)
    version = models.PositiveIntegerField()
    first_response_days = models.PositiveSmallIntegerField(default=rules.FIRST_RESPONSE_DAYS)
    resolution_days = models.PositiveSmallIntegerField(default=rules.RESOLUTION_DAYS)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["category", "-version"]
        constraints = [
            UniqueConstraint(fields=["category", "version"], name="sla_policy_version_once"),
            CheckConstraint(
                condition=Q(first_response_days__range=(1, 60), resolution_days__range=(1, 250)),
                name="sla_policy_days_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} v{self.version}"

    def days_of(self, kind: str) -> int:
        """The working days until a clock of the kind is due."""
        is_first = kind == ClockKind.FIRST_RESPONSE
        return self.first_response_days if is_first else self.resolution_days


class SlaClockQuerySet(models.QuerySet["SlaClock"]):
    """The questions asked of clocks."""

    def running(self) -> Self:
        return self.filter(ended_at=None, paused_at=None)

    def to_warn(self, now: datetime) -> Self:
        return self.running().filter(warned_at=None, warn_at__lte=now, due_at__gt=now)

    def to_breach(self, now: datetime) -> Self:
        return self.running().filter(breached_at=None, due_at__lte=now)

    def to_escalate(self, now: datetime) -> Self:
        return self.running().filter(escalated_at=None, escalate_at__lte=now)

    def overdue(self, now: datetime) -> Self:
        return self.running().filter(due_at__lte=now)


class SlaClock(models.Model):
    """One deadline of one need; `round` counts how often the need was opened again.

    The policy's version and days are frozen: a later change does not touch what was promised.
    `met_at` empty and `ended_at` given means stopped: the need went elsewhere.
    """

    request = models.ForeignKey(
        ServiceRequest, models.CASCADE, related_name="clocks", db_index=False
    )
    kind = models.CharField(max_length=15, choices=ClockKind)
    round = models.PositiveSmallIntegerField(default=0)
    policy_version = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalate_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_total = models.PositiveIntegerField(
        default=0, help_text="In ticks of working time, see the rules."
    )
    warned_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SlaClockQuerySet.as_manager()

    class Meta:
        ordering = ["request", "kind", "round"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at=None, paused_at=None),
                name="clock_running_by_due",
            ),
            models.Index(
                fields=["warn_at"],
                condition=Q(ended_at=None, paused_at=None, warned_at=None),
                name="clock_to_warn",
            ),
            models.Index(fields=["ended_at"], name="clock_by_end"),
        ]
        constraints = [
            UniqueConstraint(fields=["request", "kind", "round"], name="clock_once"),
            CheckConstraint(
                condition=Q(warn_at__gte=F("starts_at"), due_at__gte=F("warn_at")),
                name="clock_in_order",
            ),
            CheckConstraint(
                condition=Q(met_at=None) | Q(ended_at__isnull=False), name="clock_met_is_over"
            ),
            CheckConstraint(
                condition=Q(paused_at=None) | Q(ended_at=None), name="clock_over_is_not_paused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and self.paused_at is None

    @property
    def is_in_time(self) -> bool:
        """Whether it was met before it was due."""
        return self.met_at is not None and self.met_at <= self.due_at

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been met by now."""
        return self.is_running and self.due_at <= now
