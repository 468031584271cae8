"""What a team did day by day, and who agreed to be named in the teams' lists."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from lishui_center.accounts.models import User
from volunteers.teams.models import Team

WORDING = 1
"""Which wording of the consent was agreed to; goes up when it says something else."""


class TeamDay(models.Model):
    """Approved minutes of a team's day, as the last nightly count found them.

    A board sums these rows, of which there are as many as teams have days, however many records
    there are.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+", db_index=False)
    date = models.DateField()
    minutes = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["date", "team"], name="team_day_by_date")]
        constraints = [UniqueConstraint(fields=["team", "date"], name="team_day_once")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.date} {self.minutes} min"


class ConsentQuerySet(models.QuerySet["BoardConsent"]):
    def of(self, user: User) -> "ConsentQuerySet":
        return self.filter(user=user)

    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class BoardConsent(models.Model):
    """Somebody agreed that their teams see their name and hours, until they take it back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    wording = models.PositiveSmallIntegerField(default=WORDING)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["user"], name="board_consent_by_user")]
        constraints = [
            UniqueConstraint(
                fields=["user"],
                condition=Q(withdrawn_at=None),
                name="board_consent_in_force_once",
            ),
            CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="board_consent_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.given_at:%Y-%m-%d}"
