"""Days on which somebody may hold more than twelve hours."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

REASON_LENGTH = 200


class DayAllowance(models.Model):
    """The town's administrator lifts the limit of one person's one day, and says why.

    Source: domain.md, "Volunteer hours": over 12 h refused unless the town admin overrides.
    """

    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    reason = models.CharField(max_length=REASON_LENGTH)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            UniqueConstraint(fields=["volunteer", "day"], name="day_allowed_once"),
            CheckConstraint(condition=~Q(made_by=F("volunteer")), name="day_allowed_by_another"),
            CheckConstraint(condition=~Q(reason=""), name="day_allowed_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.day}"
