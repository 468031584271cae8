"""What people ask to be solved, who follows it, and what happened to it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.photos.models import Photo
from services.centres.models import Centre
from services.requests.rules import NEEDS_SOMEBODY, OPEN, SOLVED, State

TEXT_LENGTH = 1000
PLACE_LENGTH = 120
NOTE_LENGTH = 500
BODY_LENGTH = 60
TITLE = 40
MOST_PHOTOS = 3


class Category(models.TextChoices):
    """What a need is about."""

    ENVIRONMENT = "environment", pgettext_lazy("need about", "Rubbish and cleaning")
    ROADS = "roads", pgettext_lazy("need about", "Roads and street lamps")
    PARKING = "parking", pgettext_lazy("need about", "Parking and traffic")
    WATER = "water", pgettext_lazy("need about", "Creeks and flooding")
    FACILITIES = "facilities", pgettext_lazy("need about", "Public facilities")
    SAFETY = "safety", pgettext_lazy("need about", "Fire and other dangers")
    NOISE = "noise", pgettext_lazy("need about", "Noise and smell")
    NEIGHBOURS = "neighbours", pgettext_lazy("need about", "Quarrels with neighbours")
    ELDERS = "elders", pgettext_lazy("need about", "Elderly and disabled people")
    CHILDREN = "children", pgettext_lazy("need about", "Children and schools")
    CULTURE = "culture", pgettext_lazy("need about", "Culture and sport")
    SERVICES = "services", pgettext_lazy("need about", "Window services")
    OTHER = "other", pgettext_lazy("need about", "Something else")


class Channel(models.TextChoices):
    """How a need reached us."""

    WEB = "web", pgettext_lazy("need by", "This site")
    API = "api", pgettext_lazy("need by", "Another system")
    PHONE = "phone", pgettext_lazy("need by", "Telephone")
    COUNTER = "counter", pgettext_lazy("need by", "Front desk")
    VISIT = "visit", pgettext_lazy("need by", "A team's visit")
    ADVICE = "advice", pgettext_lazy("need by", "A recommendation")


class ServiceRequestQuerySet(models.QuerySet["ServiceRequest"]):
    """The questions asked of needs."""

    def open(self) -> Self:
        """Neither done nor ended another way."""
        return self.filter(state__in=OPEN)

    def in_states(self, states: frozenset[State]) -> Self:
        return self.filter(state__in=states)

    def for_list(self) -> Self:
        """With what a row of a list shows; the clocks come with them."""
        return self.select_related("centre", "responsible", "handler").prefetch_related("clocks")

    def for_page(self) -> Self:
        """With what the need's own page shows."""
        return self.select_related("centre", "responsible", "handler", "merged_into", "user")


class ServiceRequest(models.Model):
    """One need: what is asked for, where it stands, and who has it.

    `responsible` is the first receiver until another unit accepts. `target_kind` and
    `target_code` name to whom it was passed on; `handler` is the same where that is a centre.
    `stage` counts the steps that people are told about; `version` counts all changes.
    `is_held` keeps the words from everybody but staff: they may name a person.
    """

    reference = models.CharField(max_length=16, unique=True)
    category = models.CharField(max_length=20, choices=Category)
    text = models.CharField(max_length=TEXT_LENGTH)
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    public_text = models.CharField(max_length=TEXT_LENGTH)
    is_held = models.BooleanField(default=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    responsible = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    handler = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    target_kind = models.CharField(max_length=10, blank=True)
    target_code = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)
    channel = models.CharField(max_length=10, choices=Channel)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="needs"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    visited_by = models.CharField(
        max_length=60, blank=True, help_text=_("The code of the team whose visit it came from.")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    returns = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often it was said to be done.")
    )
    is_supervised = models.BooleanField(default=False)
    is_with_town = models.BooleanField(
        default=False, help_text=_("Sent back so often that the town decides.")
    )
    outside_body = models.CharField(max_length=BODY_LENGTH, blank=True)
    outside_number = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    stage = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    idempotency_key = models.CharField(max_length=80, null=True, blank=True, unique=True)
    request_hash = models.CharField(max_length=64, blank=True)

    objects = ServiceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["centre", "category", "-created_at"], name="need_alike"),
            models.Index(fields=["responsible", "state", "moved_at"], name="need_by_desk"),
            models.Index(fields=["handler", "state", "moved_at"], name="need_by_unit"),
            models.Index(fields=["state", "moved_at"], name="need_by_state"),
            models.Index(fields=["created_at"], name="need_by_day"),
            models.Index(
                fields=["visited_by", "-created_at"],
                condition=~Q(visited_by=""),
                name="need_by_visit",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="need_merged_into",
            ),
            models.Index(
                fields=["target_kind", "target_code", "state"],
                condition=~Q(target_kind__in=["", "centre"]),
                name="need_by_target",
            ),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="need_merged_into_another",
            ),
            # A need joins an older one or a newer one, but never, over others, itself: the action
            # locks both in the order of keys and follows the chain; this holds the shortest loop.
            CheckConstraint(condition=~Q(merged_into=F("id")), name="need_not_into_itself"),
            CheckConstraint(
                condition=(Q(state="transferred_out") & ~Q(outside_body=""))
                | ~Q(state="transferred_out"),
                name="need_transferred_to_a_body",
            ),
            CheckConstraint(
                condition=Q(target_kind="centre", handler__isnull=False)
                | (~Q(target_kind="centre") & Q(handler=None)),
                name="need_handler_is_the_target",
            ),
            CheckConstraint(
                condition=Q(visited_by="") | Q(channel="visit"), name="need_of_a_team_by_visit"
            ),
            CheckConstraint(
                condition=~Q(state__in=["dispatched", "accepted", "in_progress"])
                | ~Q(target_kind=""),
                name="need_at_work_has_a_target",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def words(self) -> str:
        """What others may read; nothing while it is held back."""
        return "" if self.is_held else self.public_text

    @property
    def tone(self) -> str:
        """The colour of its state's pill."""
        if self.state in SOLVED:
            return "open"
        return "warn" if self.state in NEEDS_SOMEBODY else "quiet"

    @property
    def deadline(self) -> datetime | None:
        """When the next of its running clocks is due, from the clocks that a list loads."""
        running = [clock.due_at for clock in self.clocks.all() if clock.is_running]
        return min(running, default=None)

    @property
    def title(self) -> str:
        """A line to know it by, for staff."""
        first = self.text.strip().splitlines()[0] if self.text.strip() else self.reference
        return first if len(first) <= TITLE else first[: TITLE - 1] + "…"


class RequestPhoto(models.Model):
    """A photo of what is wrong: for staff and for whoever reported it."""

    request = models.ForeignKey(
        ServiceRequest, models.CASCADE, related_name="photos", db_index=False
    )
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["request", "position"]
        constraints = [
            UniqueConstraint(fields=["request", "position"], name="need_photo_in_place"),
            CheckConstraint(condition=Q(position__lt=MOST_PHOTOS), name="need_photos_are_few"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.position}"


class RequestEvent(models.Model):
    """What happened to a need, by whom: never changed, never removed.

    `version` is the need's after it, so that no two steps can follow the same one. `note` is for
    everybody to read where `is_public`. `party` is in which part the actor acted; a resident
    without an account has no actor.
    """

    request = models.ForeignKey(
        ServiceRequest, models.CASCADE, related_name="events", db_index=False
    )
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=State)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    party = models.CharField(max_length=10)
    unit = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    is_public = models.BooleanField(default=True)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="need_event_by_time")]
        constraints = [
            UniqueConstraint(fields=["request", "version"], name="need_event_once_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.act}"
