"""Activities, and the sessions at which they take place."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.language import in_language
from services.centres.models import Centre
from volunteers.activities import rules
from volunteers.projects.models import Project
from volunteers.teams.models import Team

TITLE_LENGTH = 60
ABOUT_LENGTH = 600
AUDIENCE_LENGTH = 60
PLACE_LENGTH = 60
REASON_LENGTH = 100
TEXT_FIELDS = ("title_zh", "title_en", "about_zh", "about_en", "audience_zh", "audience_en")


class ActivityKind(models.TextChoices):
    """Which ledger it counts for: service for hours, training for its own, an event for none."""

    SERVICE = "service", _("Volunteer service")
    TRAINING = "training", _("Training course")
    EVENT = "event", pgettext_lazy("activity", "Event")


class ActivityState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("activity", "Draft")
    PUBLISHED = "published", pgettext_lazy("activity", "Published")
    CANCELLED = "cancelled", pgettext_lazy("activity", "Cancelled")


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("session", "Takes place")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def published(self) -> "ActivityQuerySet":
        return self.filter(state=ActivityState.PUBLISHED)

    def public(self) -> "ActivityQuerySet":
        """What everybody may read: also what was cancelled, but never a draft."""
        return self.exclude(state=ActivityState.DRAFT)

    def upcoming(self, now: datetime) -> "ActivityQuerySet":
        """Published, with a session that is not over; the soonest first."""
        coming = Q(sessions__state=SessionState.PLANNED, sessions__ends_at__gt=now)
        found = self.published().annotate(next_at=models.Min("sessions__starts_at", filter=coming))
        return found.filter(next_at__isnull=False).order_by("next_at", "pk")

    def matching(self, text: str) -> "ActivityQuerySet":
        """With every word of `text` in the title, what it is, or for whom."""
        found = self
        for word in text.split():
            anywhere = Q()
            for column in ("title_zh", "title_en", "about_zh", "about_en", "audience_zh"):
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found

    def for_list(self) -> "ActivityQuerySet":
        """With what a list shows."""
        return self.select_related("centre", "team")


class Activity(models.Model):
    """Something people come to: volunteer service, a training course, or an event.

    `code` is its public address. Hours served at it count for its `project`, if it has one. A
    service is always a team's: the team vouches for the hours.
    """

    code = models.SlugField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=ActivityKind)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="activities")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    title_zh = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH * 2, blank=True)
    about_zh = models.CharField(max_length=ABOUT_LENGTH)
    about_en = models.CharField(max_length=ABOUT_LENGTH * 2, blank=True)
    audience_zh = models.CharField(max_length=AUDIENCE_LENGTH, blank=True)
    audience_en = models.CharField(max_length=AUDIENCE_LENGTH * 2, blank=True)
    state = models.CharField(max_length=10, choices=ActivityState, default=ActivityState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "activities"
        constraints = [
            CheckConstraint(
                condition=~Q(kind="service") | Q(team__isnull=False),
                name="activity_service_has_a_team",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def about(self) -> str:
        return in_language(self.about_zh, self.about_en)

    @property
    def audience(self) -> str:
        return in_language(self.audience_zh, self.audience_en)

    @property
    def is_published(self) -> bool:
        return self.state == ActivityState.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == ActivityState.CANCELLED

    @property
    def takes_guests(self) -> bool:
        """Whether somebody without an account can sign up: to an event, which no ledger counts."""
        return self.kind == ActivityKind.EVENT


class SessionQuerySet(models.QuerySet["Session"]):
    def planned(self) -> "SessionQuerySet":
        return self.filter(state=SessionState.PLANNED)

    def coming(self, now: datetime) -> "SessionQuerySet":
        """Those not over yet."""
        return self.filter(ends_at__gt=now)

    def over(self, now: datetime) -> "SessionQuerySet":
        """Those that are, the latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")

    def for_page(self) -> "SessionQuerySet":
        """With its activity, centre and team."""
        return self.select_related("activity__centre", "activity__team")


class Session(models.Model):
    """One time at which an activity takes place, up to, not including, `ends_at`.

    `date` is its local day. `version` goes up when time or place change.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    date = models.DateField()
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    capacity = models.PositiveSmallIntegerField()
    signup_closes_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(state="planned"), name="session_planned")
        ]
        constraints = [
            CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
            CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=rules.MOST_PLACES),
                name="session_capacity_sane",
            ),
            CheckConstraint(
                condition=Q(signup_closes_at__lte=F("ends_at")),
                name="session_signup_closes_before_end",
            ),
            UniqueConstraint(
                fields=["activity", "starts_at"],
                condition=Q(state="planned"),
                name="session_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.date}"

    @property
    def is_planned(self) -> bool:
        return self.state == SessionState.PLANNED

    @property
    def where(self) -> str:
        """The room, if any was said, and the centre."""
        return f"{self.activity.centre.name} {self.place}".strip()

    def takes_signups(self, now: datetime) -> bool:
        """Whether somebody can sign up at this moment, be it to wait."""
        is_open = self.is_planned and self.activity.is_published
        return is_open and now < self.signup_closes_at
