"""Suspension of online booking after repeated no-shows, and the appeal against it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _


class AppealState(models.TextChoices):
    NONE = "none", _("No appeal")
    OPEN = "open", _("Waiting for a decision")
    UPHELD = "upheld", _("Appeal granted")
    REFUSED = "refused", _("Appeal refused")


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def in_force(self, now: datetime) -> "SuspensionQuerySet":
        return self.filter(lifted_at=None, starts_at__lte=now, ends_at__gt=now)

    def for_list(self) -> "SuspensionQuerySet":
        """With what a list shows: centre and the missed visit."""
        return self.select_related("centre", "cause")


class Suspension(models.Model):
    """A time-limited loss of online booking; walk-in stays open (domain.md, fairness)."""

    phone_hash = models.CharField(max_length=64)
    centre = models.ForeignKey("services.Centre", models.PROTECT, related_name="+")
    cause = models.ForeignKey("services.Booking", models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    appeal_until = models.DateTimeField()
    appeal = models.CharField(max_length=10, choices=AppealState, default=AppealState.NONE)
    appeal_text = models.CharField(max_length=500, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=200, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["phone_hash", "ends_at"], name="suspension_by_phone")]
        constraints = [
            UniqueConstraint(
                fields=["cause"], condition=~Q(cause=None), name="suspension_once_per_cause"
            ),
            CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="suspension_has_a_term"),
            CheckConstraint(
                condition=~Q(appeal="open") | Q(appealed_at__isnull=False),
                name="suspension_open_appeal_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} - {self.ends_at:%Y-%m-%d}"

    def is_in_force(self, now: datetime) -> bool:
        """Whether online booking is paused at this moment."""
        return self.lifted_at is None and self.starts_at <= now < self.ends_at

    def may_appeal(self, now: datetime) -> bool:
        """Whether an appeal would be heard."""
        return (
            self.is_in_force(now) and self.appeal == AppealState.NONE and now <= self.appeal_until
        )
