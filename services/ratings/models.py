"""Ratings of visits, and what is done about the bad ones."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, CheckConstraint, Count, F, Q, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.clock import cell_at
from services.ratings import rules
from services.slots.bands import Band, band_of
from services.tickets.models import Ticket

TEXT_LENGTH = 300
NOTE_LENGTH = 500


class Score(models.IntegerChoices):
    """The five levels of the national service rating, best first."""

    VERY_SATISFIED = 5, _("Very satisfied")
    SATISFIED = 4, _("Satisfied")
    BASICALLY_SATISFIED = 3, _("Basically satisfied")
    DISSATISFIED = 2, _("Dissatisfied")
    VERY_DISSATISFIED = 1, _("Very dissatisfied")


class Tag(models.TextChoices):
    """What a rating is about, to tap instead of typing."""

    FRIENDLY = "friendly", _("Friendly")
    QUICK = "quick", _("Quick")
    CLEAR = "clear", _("Clearly explained")
    LONG_WAIT = "long_wait", _("Long wait")
    UNFRIENDLY = "unfriendly", _("Unfriendly")
    UNCLEAR = "unclear", _("Unclear what is needed")
    CAME_AGAIN = "came_again", _("Had to come more than once")


class FollowUpState(models.TextChoices):
    """How far a case is; it only moves on."""

    OPEN = "open", pgettext_lazy("follow-up", "Open")
    VERIFIED = "verified", _("Verified")
    FIXED = "fixed", _("Put right")
    CLOSED = "closed", pgettext_lazy("follow-up", "Closed")


class CallBack(models.TextChoices):
    """What the person said when called back."""

    SATISFIED = "satisfied", _("Is satisfied now")
    NOT_SATISFIED = "not_satisfied", _("Is still not satisfied")
    NOT_REACHED = "not_reached", _("Could not be reached")


class RatingQuerySet(models.QuerySet["Rating"]):
    def of_days(self, first: date, last: date) -> "RatingQuerySet":
        """Ratings of the visits from `first` to `last`, both included."""
        return self.filter(ticket__date__range=(first, last))

    def bad(self) -> "RatingQuerySet":
        return self.filter(score__lte=rules.BAD)

    def for_list(self) -> "RatingQuerySet":
        """With what a list shows, those with an open case first, the earliest due before all."""
        due = Case(When(~Q(follow_up__state=FollowUpState.CLOSED), then=F("follow_up__due_on")))
        return self.select_related("ticket__pool", "ticket__centre", "follow_up__manager").order_by(
            due.asc(nulls_last=True), "-ticket__date", "-pk"
        )

    def by_score(self) -> "dict[Score, int]":
        """{score: ratings}, best first, also those that nobody gave: one query."""
        counted = dict(self.order_by().values_list("score").annotate(Count("pk")))
        return {score: counted.get(score, 0) for score in Score}


class Rating(models.Model):
    """What a visitor thought of one visit: once, of their own will.

    Staff never see whose it is: no page leads from a rating to its ticket.
    """

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="rating")
    score = models.PositiveSmallIntegerField(choices=Score)
    tags = models.JSONField(default=list)
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    created_at = models.DateTimeField()

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="rating_one_to_five")
        ]

    def __str__(self) -> str:
        return f"{self.score} of 5"

    @property
    def is_bad(self) -> bool:
        return rules.is_bad(self.score)

    @property
    def band(self) -> Band:
        """The part of the day in which the number was taken: no more may be known."""
        return band_of(cell_at(self.ticket.taken_at))

    @property
    def tag_names(self) -> list[str]:
        """The tags in words."""
        return [str(Tag(tag).label) for tag in self.tags]

    @property
    def case(self) -> "FollowUp | None":
        """What is done about it; None for a good one."""
        return getattr(self, "follow_up", None)


class FollowUp(models.Model):
    """A bad rating that is looked into: verify, put right, call back."""

    rating = models.OneToOneField(Rating, models.CASCADE, related_name="follow_up")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=FollowUpState, default=FollowUpState.OPEN)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    call_back = models.CharField(max_length=15, choices=CallBack, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            CheckConstraint(
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(call_back=""))
                | (~Q(state="closed") & Q(closed_at=None, call_back="")),
                name="follow_up_closed_after_calling_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rating_id}: {self.state}"

    @property
    def is_closed(self) -> bool:
        return self.state == FollowUpState.CLOSED

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been closed by now."""
        return not self.is_closed and self.due_on < today


class FollowUpNote(models.Model):
    """What a manager found or did; never changed."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=FollowUpState)
    text = models.CharField(max_length=NOTE_LENGTH)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.state}"
