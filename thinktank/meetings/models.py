"""Meetings of the think tank, and what was decided there."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Count, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre
from thinktank.experts.models import ExpertProfile

NOTE_LENGTH = 300


class DecisionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("decision", "To do")
    DONE = "done", pgettext_lazy("decision", "Done")
    DROPPED = "dropped", pgettext_lazy("decision", "Dropped")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of_member(self, expert: ExpertProfile) -> "MeetingQuerySet":
        return self.filter(participants=expert)

    def for_list(self) -> "MeetingQuerySet":
        """The latest first, each with `decided` and how many of these are still `open`."""
        still = Q(decisions__state=DecisionState.OPEN)
        return self.annotate(
            decided=Count("decisions"), left_to_do=Count("decisions", filter=still)
        ).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """One meeting: announced with an agenda, afterwards with its minutes."""

    title = models.CharField(_("Title"), max_length=120)
    starts_at = models.DateTimeField(_("Begins"))
    place = models.CharField(pgettext_lazy("meeting", "Place"), max_length=120)
    participants = models.ManyToManyField(
        ExpertProfile, verbose_name=_("Members taking part"), related_name="meetings", blank=True
    )
    guests = models.CharField(_("Others taking part"), max_length=200, blank=True)
    agenda = models.TextField(_("Agenda"), max_length=3000)
    minutes = models.TextField(_("Minutes of the meeting"), max_length=10000, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["-starts_at"], name="meeting_latest")]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What was decided, who sees to it, and by when. No centre means the town."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    text = models.CharField(pgettext_lazy("think tank", "Decision"), max_length=300)
    centre = models.ForeignKey(
        Centre,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Who sees to it"),
    )
    due_on = models.DateField(_("Due on"))
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.OPEN)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(state="open", settled_by=None, settled_at=None)
                | (
                    Q(state__in=["done", "dropped"])
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
                name="decision_settled_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(state="dropped") | ~Q(note=""), name="decision_dropped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def owner(self) -> str:
        return self.centre.short_name if self.centre else gettext("The town")

    @property
    def is_open(self) -> bool:
        return self.state == DecisionState.OPEN

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.due_on < day
