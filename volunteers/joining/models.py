"""Who asks to join a team, or to change over from another one, and what was answered."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from volunteers.teams.models import WORDS_LENGTH, Membership, Team


class JoinState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("join request", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("join request", "Accepted")
    REFUSED = "refused", pgettext_lazy("join request", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("join request", "Taken back")
    LAPSED = "lapsed", pgettext_lazy("join request", "Ended with the team")


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def asked(self) -> "JoinRequestQuerySet":
        return self.filter(state=JoinState.ASKED)

    def of(self, user: User) -> "JoinRequestQuerySet":
        return self.filter(user=user)

    def decided_before(self, moment: datetime) -> "JoinRequestQuerySet":
        """Over and done with, and asked before the moment."""
        return self.exclude(state=JoinState.ASKED).filter(asked_at__lt=moment)

    def for_list(self) -> "JoinRequestQuerySet":
        """With what a list shows, the longest waiting first."""
        found = self.select_related("user", "team__centre", "leaving__team")
        return found.order_by("asked_at", "pk")


class JoinRequest(models.Model):
    """One person asks one team; `leaving` is the membership that ends when it says yes."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="join_requests")
    leaving = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=WORDS_LENGTH)
    state = models.CharField(max_length=10, choices=JoinState, default=JoinState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=WORDS_LENGTH, blank=True)

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
            CheckConstraint(
                condition=Q(state="asked", decided_by=None, decided_at=None)
                | Q(
                    state__in=["accepted", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(state__in=["withdrawn", "lapsed"]),
                name="join_decided_has_a_judge",
            ),
            CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="join_refused_for_a_reason"
            ),
            CheckConstraint(condition=~Q(decided_by=F("user")), name="join_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.team_id}"
