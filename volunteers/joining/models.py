"""Who asks to join a team, or to change over from another one, and what was answered."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from lishui_center.accounts.models import User
from volunteers.teams.asking import AskedOfTeam, AskState, answered_whole
from volunteers.teams.models import Membership, Team


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def asked(self) -> "JoinRequestQuerySet":
        return self.filter(state=AskState.ASKED)

    def of(self, user: User) -> "JoinRequestQuerySet":
        return self.filter(user=user)

    def decided_before(self, moment: datetime) -> "JoinRequestQuerySet":
        """Over and done with, and asked before the moment."""
        return self.exclude(state=AskState.ASKED).filter(asked_at__lt=moment)

    def for_list(self) -> "JoinRequestQuerySet":
        """With what a list shows, the longest waiting first."""
        found = self.select_related("user", "team__centre", "leaving__team")
        return found.order_by("asked_at", "pk")


class JoinRequest(AskedOfTeam):
    """One person asks one team; `leaving` is the membership that ends when it says yes."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="join_requests")
    leaving = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["team", "user"],
                condition=Q(state="asked"),
                name="join_asked_once_per_person",
            ),
            UniqueConstraint(
                fields=["leaving"],
                condition=Q(state="asked", leaving__isnull=False),
                name="join_moves_a_membership_once",
            ),
            *answered_whole("join"),
            CheckConstraint(condition=~Q(decided_by=F("user")), name="join_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.team_id}"
