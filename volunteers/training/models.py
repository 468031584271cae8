"""The ledger of learning: apart from the hours of service, and never added to them."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from lishui_center.accounts.models import User
from volunteers.activities.models import Session


class TrainingEntryQuerySet(models.QuerySet["TrainingEntry"]):
    def of(self, user: User) -> "TrainingEntryQuerySet":
        return self.filter(user=user)

    def for_list(self) -> "TrainingEntryQuerySet":
        """With what a list shows, the latest first."""
        found = self.select_related("session__activity__centre", "session__activity__team", "user")
        return found.order_by("-date", "-pk")


class TrainingEntry(models.Model):
    """One person's part in one session of a course, in minutes. An erased person's stays, unnamed.

    `was_scanned`: by the code at both ends, else on the word of `ticked_by`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="training_entries",
    )
    session = models.ForeignKey(Session, models.PROTECT, related_name="training_entries")
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    was_scanned = models.BooleanField()
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField()

    objects = TrainingEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name_plural = "training entries"
        constraints = [
            UniqueConstraint(fields=["session", "user"], name="training_once_per_session"),
            CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=12 * 60), name="training_minutes_sane"
            ),
            CheckConstraint(
                condition=Q(ticked_by=None) | Q(user=None) | ~Q(ticked_by=models.F("user")),
                name="training_never_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.date} {self.minutes} min"
