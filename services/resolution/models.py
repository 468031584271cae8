"""What people said of a need that was said to be done, and the figures of each day."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, Sum, UniqueConstraint
from django.utils.translation import pgettext_lazy

from services.centres.models import Centre
from services.ratings.models import Score
from services.requests.followers import Follower
from services.requests.models import NOTE_LENGTH, Category


class Source(models.TextChoices):
    """How an answer came."""

    LINK = "link", pgettext_lazy("answer by", "Own link")
    CALL_BACK = "call_back", pgettext_lazy("answer by", "Telephone, written down by staff")


class Feedback(models.Model):
    """One person's answer to one "it is done": solved or not, and how satisfied.

    `round` is which time it was said to be done. Who never answers has no row: silence is not
    satisfaction.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="feedback", db_index=False)
    round = models.PositiveSmallIntegerField()
    solved = models.BooleanField()
    satisfaction = models.PositiveSmallIntegerField(choices=Score)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="need_feedback_by_time")]
        constraints = [
            UniqueConstraint(fields=["follower", "round"], name="need_feedback_once_a_round"),
            CheckConstraint(
                condition=Q(satisfaction__range=(1, 5)), name="need_feedback_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id}: {self.solved}"


SUMS = (
    "first_due",
    "first_in_time",
    "resolution_due",
    "resolved_in_time",
    "answered",
    "unanswered",
    "satisfied",
)


KEYS = ("centre", "category", "team")


class RateQuerySet(models.QuerySet[Any]):
    """The questions asked of daily and monthly figures."""

    def of_days(self, first: date, last: date) -> Self:
        return self.filter(date__range=(first, last))

    def summed(self) -> list[dict[str, Any]]:
        """The sums of each centre, category and team: one query."""
        sums = {f"sum_{name}": Sum(name) for name in SUMS}
        rows = self.order_by().values(*KEYS).annotate(**sums)
        return [
            {key: row[key] for key in KEYS} | {name: row[f"sum_{name}"] for name in SUMS}
            for row in rows
        ]


class RateSums(models.Model):
    """What was decided about needs of one centre, category and team; see the rules.

    Additive: a period's rate is the sum of its numerators over the sum of its denominators. `team`
    is the code of the team that had the need at that moment; empty where none had it, and in rows
    of days that were counted before teams were.
    """

    date = models.DateField()
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=20, choices=Category)
    team = models.CharField(max_length=60, blank=True, default="")
    formula = models.PositiveSmallIntegerField()
    first_due = models.PositiveIntegerField(default=0)
    first_in_time = models.PositiveIntegerField(default=0)
    resolution_due = models.PositiveIntegerField(default=0)
    resolved_in_time = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)

    objects = RateQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.date} {self.centre_id} {self.category}"


WITHIN = Q(
    first_in_time__lte=F("first_due"),
    resolved_in_time__lte=F("resolution_due"),
    satisfied__lte=F("answered"),
)


class RateDay(RateSums):
    """The figures of one day."""

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["date", "centre", "category", "team", "formula"], name="rate_day_once"
            ),
            CheckConstraint(condition=WITHIN, name="rate_day_parts_within_whole"),
        ]


class RateMonth(RateSums):
    """The days of one month added up, for long periods; `date` is the first of them."""

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["date", "centre", "category", "team", "formula"], name="rate_month_once"
            ),
            CheckConstraint(condition=WITHIN, name="rate_month_parts_within_whole"),
        ]
