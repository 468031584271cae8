"""What is done about a recommendation that was taken up."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thinktank.recommendations.models import Recommendation
from thinktank.subjects import links

NOTE_LENGTH = 300


class ActionKind(models.TextChoices):
    NEW_REQUEST = "new_request", _("A new need")
    PROJECT = "project", _("A project")
    MILESTONE = "milestone", _("A milestone of a project")
    RULE_CHANGE = "rule_change", _("A change of rules")
    TRAINING = "training", _("Training")
    RESOURCE = "resource", _("A resource")


class ActionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("action", "To do")
    DONE = "done", pgettext_lazy("action", "Done")
    DROPPED = "dropped", pgettext_lazy("action", "Dropped")


TONES = {ActionState.OPEN: "warn", ActionState.DONE: "open", ActionState.DROPPED: "quiet"}


class Action(models.Model):
    """One step that follows; `reference` names what it became, see subjects.links."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="actions")
    kind = models.CharField(_("What it is"), max_length=20, choices=ActionKind)
    title = models.CharField(_("Title"), max_length=120)
    reference = models.CharField(_("Number of the need or project"), max_length=60, blank=True)
    due_on = models.DateField(_("Due on"))
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["kind", "reference"], condition=~Q(reference=""), name="action_by_reference"
            ),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="action_open_by_due"),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(state="open", settled_at=None)
                | (Q(state__in=["done", "dropped"]) & Q(settled_at__isnull=False)),
                name="action_settled_at_a_time",
            ),
            CheckConstraint(
                condition=~Q(state="dropped") | ~Q(note=""), name="action_dropped_with_reason"
            ),
            UniqueConstraint(
                fields=["recommendation", "kind", "title", "due_on"],
                condition=Q(state="open"),
                name="action_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return TONES.get(ActionState(self.state), "")

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    @property
    def linked(self) -> links.Linked | None:
        """The need or project behind the reference; None for plain text."""
        return links.find(self.kind, self.reference)

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.due_on < day
