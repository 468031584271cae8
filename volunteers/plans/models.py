"""What a project is to do, step by step, and what it costs."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import pgettext_lazy

from volunteers.projects.models import REASON_LENGTH, Project
from volunteers.projects.rules import MilestoneState

MOST_WEIGHT = 100
USUAL_WEIGHT = 10
TITLE_LENGTH = 100


class Source(models.TextChoices):
    """Who pays."""

    TOWN = "town", pgettext_lazy("budget", "The town")
    CENTRE = "centre", pgettext_lazy("budget", "The village or community")
    PARTY = "party", pgettext_lazy("budget", "Party dues")
    DONATION = "donation", pgettext_lazy("budget", "Donations")


class Milestone(models.Model):
    """A step that can be ticked off; `weight` is its share of the whole, against the others'."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=TITLE_LENGTH)
    weight = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=MilestoneState, default=MilestoneState.OPEN)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=MOST_WEIGHT),
                name="milestone_weight_positive",
            ),
            CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""), name="milestone_dropped_with_reason"
            ),
            CheckConstraint(
                condition=Q(state="open", done_at=None, done_by=None)
                | (~Q(state="open") & Q(done_at__isnull=False, done_by__isnull=False)),
                name="milestone_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return {MilestoneState.DONE: "open"}.get(MilestoneState(self.state), "quiet")


class BudgetLine(models.Model):
    """What something is to cost, and has cost so far, in fen."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="budget")
    title = models.CharField(max_length=TITLE_LENGTH)
    source = models.CharField(max_length=10, choices=Source, default=Source.TOWN)
    planned_fen = models.PositiveBigIntegerField()
    spent_fen = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            CheckConstraint(condition=Q(planned_fen__gte=0), name="budget_planned_not_negative"),
            CheckConstraint(condition=Q(spent_fen__gte=0), name="budget_spent_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title
