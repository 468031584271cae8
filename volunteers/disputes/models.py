"""What volunteers dispute, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from volunteers.hours.models import NOTE_LENGTH, HourEntry


class About(models.TextChoices):
    """What is disputed: that somebody entered it, or that somebody rejected it."""

    ENTRY = "entry", _("A record that somebody entered for the volunteer")
    REJECTION = "rejection", _("A rejection")


class DisputeState(models.TextChoices):
    OPEN = "open", pgettext_lazy("dispute", "Waits for an answer")
    UPHELD = "upheld", pgettext_lazy("dispute", "The volunteer was right")
    REFUSED = "refused", pgettext_lazy("dispute", "The record stays as it is")


class Dispute(models.Model):
    """The volunteer says that an entry or a rejection is wrong: once about each.

    `against` is who entered or rejected it: neither that person nor the volunteer can settle it.
    """

    entry = models.ForeignKey(HourEntry, models.PROTECT, related_name="disputes")
    about = models.CharField(max_length=10, choices=About)
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    against = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    text = models.CharField(max_length=NOTE_LENGTH)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DisputeState, default=DisputeState.OPEN)
    answer = models.CharField(max_length=NOTE_LENGTH, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["made_at"], condition=Q(state="open"), name="dispute_open")]
        constraints = [
            UniqueConstraint(fields=["entry", "about"], name="dispute_once_about_each"),
            CheckConstraint(
                condition=Q(state="open", settled_by=None, settled_at=None)
                | (
                    ~Q(state="open")
                    & ~Q(answer="")
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
                name="dispute_settled_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(settled_by=F("volunteer")) & ~Q(settled_by=F("against")),
                name="dispute_settled_by_a_third_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.about}"
