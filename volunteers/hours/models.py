"""The ledger of volunteer hours: records, their minutes, and what corrects an approved one.

An approved row is never changed.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Q, UniqueConstraint

from lishui_center.accounts.models import User
from lishui_center.photos.models import Photo
from volunteers.hours import rules
from volunteers.hours.states import (
    COUNTING,
    TONES,
    AdjustmentState,
    Evidence,
    HourState,
    Source,
)
from volunteers.projects.models import Project
from volunteers.teams.models import Team

NOTE_LENGTH = 200
DEVICE_LENGTH = 32

__all__ = [
    "COUNTING",
    "DEVICE_LENGTH",
    "NOTE_LENGTH",
    "AdjustmentState",
    "Evidence",
    "HourAdjustment",
    "HourEntry",
    "HourEntryQuerySet",
    "HourMinute",
    "HourState",
    "Source",
]


class HourEntryQuerySet(models.QuerySet["HourEntry"]):
    def of(self, volunteer: User) -> "HourEntryQuerySet":
        return self.filter(volunteer=volunteer)

    def to_decide(self) -> "HourEntryQuerySet":
        """Those that were sent; a disputed one waits for the dispute's answer first."""
        return self.filter(state=HourState.SUBMITTED, is_disputed=False)

    def approved(self) -> "HourEntryQuerySet":
        return self.filter(state=HourState.APPROVED)

    def counting(self) -> "HourEntryQuerySet":
        """Those that take their time: neither rejected, nor void, nor corrected down to nothing."""
        emptied = HourAdjustment.objects.filter(
            entry=OuterRef("pk"), state=AdjustmentState.CONFIRMED, after=0
        )
        return self.filter(~Exists(emptied), state__in=COUNTING)

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
    `entered_by` is empty where the volunteer did so; `basis` says what an entry of staff rests on.
    A void record was taken back by its volunteer before anybody decided. `device` is a keyed hash.
    """

    id = models.UUIDField(primary_key=True)
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hour_entries", db_index=False
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
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
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    basis = models.CharField(max_length=NOTE_LENGTH, blank=True)
    device = models.CharField(max_length=DEVICE_LENGTH, blank=True)
    is_disputed = models.BooleanField(default=False)
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
            models.Index(fields=["-starts_at", "-id"], name="hours_by_time"),
            models.Index(fields=["team", "-starts_at"], name="hours_by_team"),
            models.Index(
                fields=["project", "date"],
                condition=Q(state="approved", project__isnull=False),
                name="hours_approved_by_project",
            ),
            models.Index(
                fields=["state", "-starts_at"],
                condition=~Q(state="approved"),
                name="hours_not_approved",
            ),
            models.Index(
                fields=["team", "starts_at"],
                condition=Q(state="submitted"),
                name="hours_to_decide",
            ),
            models.Index(
                fields=["team", "date"],
                condition=Q(state="approved"),
                name="hours_approved_by_team",
            ),
            models.Index(
                fields=["decided_at"],
                condition=Q(state="approved"),
                name="hours_approved_by_time",
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
                    state__in=["approved", "rejected"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(state="void", decided_by=None, decided_at__isnull=False)
                | Q(state__in=["submitted", "needs_info"], decided_by=None, decided_at=None),
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
            CheckConstraint(
                condition=~Q(decided_by=F("entered_by")), name="hours_decided_by_a_second_person"
            ),
            CheckConstraint(
                condition=Q(source__in=["leader", "staff"], entered_by__isnull=False)
                | (~Q(source__in=["leader", "staff"]) & Q(entered_by=None)),
                name="hours_entered_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(entered_by=F("volunteer")), name="hours_entered_for_another"
            ),
            CheckConstraint(
                condition=~Q(source="staff") | ~Q(basis=""), name="hours_of_staff_rest_on_something"
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
    (rules.ENTERED_WITHIN), and gone with an entry that was rejected. No index but the key's: a
    record has hundreds of these rows, and only a nightly task looks at them in another order.
    """

    entry = models.ForeignKey(HourEntry, models.CASCADE, related_name="+", db_index=False)
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    minute = models.BigIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["volunteer", "minute"], name="hour_minute_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.minute}"


class HourAdjustment(models.Model):
    """More or fewer minutes for an approved record: proposed by one person, confirmed by another.

    `after` is what then stands; at 0 the record is void and gives its time back. Only one can be
    open for a record, so nothing changes beneath it.
    """

    entry = models.ForeignKey(HourEntry, models.PROTECT, related_name="adjustments")
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    minutes = models.SmallIntegerField()
    after = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=NOTE_LENGTH)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=AdjustmentState, default=AdjustmentState.PROPOSED
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["entry"], condition=Q(state="proposed"), name="adjustment_open_once"
            ),
            CheckConstraint(condition=~Q(minutes=0), name="adjustment_changes_something"),
            CheckConstraint(
                condition=Q(after__gte=0, after__lte=rules.DAY_MINUTES),
                name="adjustment_within_twelve",
            ),
            CheckConstraint(
                condition=Q(state="proposed", confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(state="proposed")
                ),
                name="adjustment_confirmed_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(confirmed_by=F("made_by")), name="adjustment_takes_two_people"
            ),
            CheckConstraint(
                condition=~Q(made_by=F("volunteer")) & ~Q(confirmed_by=F("volunteer")),
                name="adjustment_never_of_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.minutes:+d} min"
