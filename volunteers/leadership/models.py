"""Who is proposed as leader or deputy of a team, and what was decided."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from volunteers.teams.asking import AskedOfTeam, AskState, answered_whole
from volunteers.teams.models import MemberRole, Team


class ProposalQuerySet(models.QuerySet["RoleProposal"]):
    def asked(self) -> "ProposalQuerySet":
        return self.filter(state=AskState.ASKED)

    def decided_before(self, moment: datetime) -> "ProposalQuerySet":
        """Over and done with, and made before the moment."""
        return self.exclude(state=AskState.ASKED).filter(proposed_at__lt=moment)

    def for_list(self) -> "ProposalQuerySet":
        """With what a list shows, the longest waiting first."""
        found = self.select_related("team__centre", "candidate", "proposed_by")
        return found.order_by("proposed_at", "pk")


class RoleProposal(AskedOfTeam):
    """A member proposed for a role; decided by neither the proposer nor the candidate."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="role_proposals")
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=MemberRole)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["team", "candidate"],
                condition=Q(state="asked"),
                name="proposal_open_once_per_person",
            ),
            UniqueConstraint(
                fields=["team"],
                condition=Q(state="asked", role="leader"),
                name="proposal_of_one_leader",
            ),
            CheckConstraint(
                condition=Q(role__in=["leader", "deputy"]), name="proposal_for_a_deciding_role"
            ),
            *answered_whole("proposal"),
            CheckConstraint(
                condition=~Q(proposed_by=F("candidate")), name="proposal_never_of_oneself"
            ),
            CheckConstraint(
                condition=~Q(decided_by=F("candidate")) & ~Q(decided_by=F("proposed_by")),
                name="proposal_decided_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} as {self.role} of {self.team_id}"
