"""Stars of volunteers: reached by hours, announced, and awarded by people."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from volunteers.recognition import rules

REASON_LENGTH = 300


class AwardState(models.TextChoices):
    ELIGIBLE = "eligible", pgettext_lazy("star", "Reached")
    ANNOUNCED = "announced", pgettext_lazy("star", "Announced")
    OBJECTED = "objected", pgettext_lazy("star", "Objection open")
    AWARDED = "awarded", pgettext_lazy("star", "Awarded")
    DECLINED = "declined", pgettext_lazy("star", "Not awarded")
    REVOKED = "revoked", pgettext_lazy("star", "Taken back")


TONES = {
    AwardState.ELIGIBLE: "quiet",
    AwardState.ANNOUNCED: "warn",
    AwardState.OBJECTED: "bad",
    AwardState.AWARDED: "open",
    AwardState.DECLINED: "quiet",
    AwardState.REVOKED: "bad",
}
IN_PUBLIC = [AwardState.ANNOUNCED, AwardState.OBJECTED]
CLOSED = [AwardState.DECLINED, AwardState.REVOKED]


class StarAwardQuerySet(models.QuerySet["StarAward"]):
    def of(self, volunteer: User) -> "StarAwardQuerySet":
        return self.filter(volunteer=volunteer)

    def in_state(self, state: str) -> "StarAwardQuerySet":
        return self.filter(state=state)

    def on_notice(self) -> "StarAwardQuerySet":
        """Those that the public can object to; an erased account is not announced."""
        return self.filter(state__in=IN_PUBLIC, volunteer__erased_at=None)

    def to_award(self, today: date) -> "StarAwardQuerySet":
        """Those whose notice has passed without an objection that is open."""
        return self.filter(state=AwardState.ANNOUNCED, notice_until__lt=today)

    def for_list(self) -> "StarAwardQuerySet":
        """With whom it is for, the latest first."""
        return self.select_related("volunteer").order_by("-pk")


class StarAward(models.Model):
    """One star of one person, from the day the hours sufficed.

    `minutes` is what the ledger came to when the star was found or announced; `reason` says why it
    was declined or taken back, and `closed_by` who did so.
    """

    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="star_awards", db_index=False
    )
    level = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AwardState, default=AwardState.ELIGIBLE)
    eligible_on = models.DateField()
    minutes = models.PositiveIntegerField()
    announced_on = models.DateField(null=True, blank=True)
    notice_until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    awarded_on = models.DateField(null=True, blank=True)
    awarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StarAwardQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="star_by_state")]
        constraints = [
            UniqueConstraint(fields=["volunteer", "level"], name="star_once_per_level"),
            CheckConstraint(
                condition=Q(level__gte=1, level__lte=rules.LEVELS[-1]), name="star_of_five"
            ),
            CheckConstraint(
                condition=Q(state__in=["eligible", "declined"])
                | Q(
                    announced_on__isnull=False,
                    notice_until__isnull=False,
                    notice_until__gt=F("announced_on"),
                    proposed_by__isnull=False,
                ),
                name="star_announced_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(state="awarded")
                | Q(
                    awarded_by__isnull=False,
                    awarded_on__isnull=False,
                    awarded_on__gt=F("notice_until"),
                ),
                name="star_awarded_after_notice",
            ),
            CheckConstraint(
                condition=~Q(state__in=["declined", "revoked"])
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="star_closed_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(awarded_by=F("proposed_by")), name="star_takes_two_people"
            ),
            CheckConstraint(
                condition=~Q(proposed_by=F("volunteer"))
                & ~Q(awarded_by=F("volunteer"))
                & ~Q(closed_by=F("volunteer")),
                name="star_never_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.level} {self.state}"

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES[AwardState(self.state)]

    @property
    def hours(self) -> int:
        """At how many hours the star is reached."""
        return rules.hours_of(self.level)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> "ObjectionQuerySet":
        return self.filter(settled_at=None)


class Objection(models.Model):
    """Why somebody thinks that a star should not be awarded; settled by somebody else.

    `at_desk` is what a member of staff wrote down for a visitor, of whom nothing is kept.
    """

    award = models.ForeignKey(StarAward, models.CASCADE, related_name="objections")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at_desk = models.BooleanField(default=False)
    text = models.CharField(max_length=REASON_LENGTH)
    raised_at = models.DateTimeField()
    upheld = models.BooleanField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=REASON_LENGTH, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(
                fields=["award", "raised_by"],
                condition=Q(at_desk=False, settled_at=None),
                name="objection_open_once_per_person",
            ),
            CheckConstraint(
                condition=Q(settled_at=None, upheld=None, settled_by=None)
                | Q(settled_at__isnull=False, upheld__isnull=False, settled_by__isnull=False),
                name="objection_settled_whole_or_not",
            ),
            CheckConstraint(
                condition=~Q(settled_by=F("raised_by")), name="objection_settled_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} by {self.raised_by_id}"
