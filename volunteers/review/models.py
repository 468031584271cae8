"""Records drawn for a second look, and patterns that were looked into."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import pgettext_lazy

from volunteers.hours.models import NOTE_LENGTH, HourEntry


class SampleState(models.TextChoices):
    OPEN = "open", pgettext_lazy("audit", "To be checked")
    VERIFIED = "verified", pgettext_lazy("audit", "Verified")
    DOUBTED = "doubted", pgettext_lazy("audit", "Doubted")


class SampledEntry(models.Model):
    """An approved record drawn by lot; `day` is that of the approval.

    Neither its volunteer nor who approved it can check it.
    """

    entry = models.OneToOneField(HourEntry, models.PROTECT, related_name="sample")
    day = models.DateField()
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=SampleState, default=SampleState.OPEN)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(state="open", checked_by=None, checked_at=None)
                | (~Q(state="open") & Q(checked_by__isnull=False, checked_at__isnull=False)),
                name="sample_checked_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(checked_by=F("volunteer")) & ~Q(checked_by=F("approved_by")),
                name="sample_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.state}"


class DismissedAnomaly(models.Model):
    """A pattern that somebody looked into and found in order; the reason is kept."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=NOTE_LENGTH)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            UniqueConstraint(fields=["kind", "key"], name="anomaly_dismissed_once"),
            CheckConstraint(condition=~Q(reason=""), name="anomaly_dismissed_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
