"""The ledger of volunteer hours. An approved row is never changed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from lishui_center.photos.models import Photo
from volunteers.hours import rules
from volunteers.projects.models import Project
from volunteers.teams.models import Team

NOTE_LENGTH = 200


class Source(models.TextChoices):
    """Who entered it."""

    VOLUNTEER = "volunteer", pgettext_lazy("hours", "The volunteer")
    LEADER = "leader", pgettext_lazy("hours", "The leader")
    STAFF = "staff", pgettext_lazy("hours", "The centre's staff")
    SCAN = "scan", pgettext_lazy("hours", "The code at the session")


class Evidence(models.TextChoices):
    """What it rests on, the strongest first."""

    SCAN = "A", _("Code scanned at start and end")
    SCAN_AND_LEADER = "B", _("Code scanned, leader's word")
    PHOTO = "C", _("Photo, leader's word")
    STATEMENT = "D", _("Statement")


class HourState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("hours", "Sent")
    NEEDS_INFO = "needs_info", pgettext_lazy("hours", "A question is open")
    APPROVED = "approved", pgettext_lazy("hours", "Approved")
    REJECTED = "rejected", pgettext_lazy("hours", "Rejected")
    VOID = "void", pgettext_lazy("hours", "Void")


COUNTING = [HourState.SUBMITTED, HourState.NEEDS_INFO, HourState.APPROVED]
TONES = {
    HourState.APPROVED: "open",
    HourState.NEEDS_INFO: "warn",
    HourState.REJECTED: "bad",
    HourState.VOID: "quiet",
}


class HourEntryQuerySet(models.QuerySet["HourEntry"]):
    def of(self, volunteer: User) -> "HourEntryQuerySet":
        return self.filter(volunteer=volunteer)

    def to_decide(self) -> "HourEntryQuerySet":
        return self.filter(state=HourState.SUBMITTED)

    def counting(self) -> "HourEntryQuerySet":
        """Those that take their time: neither rejected nor void."""
        return self.filter(state__in=COUNTING)

    def touching(self, first: date, last: date) -> "HourEntryQuerySet":
        """With at least a minute on one of these local days."""
        return self.filter(date__lte=last, last_date__gte=first)

    def for_list(self) -> "HourEntryQuerySet":
        """With what a list shows, the latest first."""
        return self.select_related("team", "project").order_by("-starts_at", "-pk")


class HourEntry(models.Model):
    """Service from `starts_at` up to, not including, `ends_at`.

    `id` is made by the client when its form opens, so that a lost reply can be asked for again;
    `request_hash` tells the same content from another. `date` and `last_date` are its local days.
    """

    id = models.UUIDField(primary_key=True)
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hour_entries", db_index=False
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="hour_entries"
    )
    # The session it was recorded at, by its attendance; none for what a volunteer entered.
    session = models.ForeignKey(
        "volunteers.Session",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hour_entries",
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    date = models.DateField()
    last_date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    evidence = models.CharField(max_length=1, choices=Evidence)
    state = models.CharField(max_length=10, choices=HourState, default=HourState.SUBMITTED)
    photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="hour_entries"
    )
    request_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=NOTE_LENGTH, blank=True)
    answer = models.CharField(max_length=NOTE_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HourEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [
            models.Index(fields=["volunteer", "-starts_at"], name="hours_by_volunteer"),
            models.Index(
                fields=["team", "starts_at"],
                condition=Q(state="submitted"),
                name="hours_to_decide",
            ),
        ]
        constraints = [
            CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="hours_end_after_start"),
            CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=rules.DAY_MINUTES),
                name="hours_within_twelve",
            ),
            CheckConstraint(
                condition=Q(
                    state__in=["approved", "rejected", "void"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | ~Q(state__in=["approved", "rejected", "void"]),
                name="hours_decided_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(decided_by=F("volunteer")), name="hours_never_decided_by_oneself"
            ),
            UniqueConstraint(
                fields=["session", "volunteer"],
                condition=Q(session__isnull=False)
                & Q(state__in=["submitted", "needs_info", "approved"]),
                name="hours_once_per_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.date} {self.minutes} min"

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES.get(HourState(self.state), "")


class HourMinute(models.Model):
    """One minute of one person, taken by one entry: the only guard against overlaps.

    `minute` counts from 1970 in UTC. Kept as long as service can still be entered
    (rules.ENTERED_WITHIN), and gone with an entry that was rejected.
    """

    entry = models.ForeignKey(HourEntry, models.CASCADE, related_name="+")
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    minute = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["volunteer", "minute"], name="hour_minute_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.minute}"
