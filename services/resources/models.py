"""What the centres can lend to each other and to residents: rooms, people, things, bodies."""

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.language import in_language
from services.centres.models import Centre

CONTACT_LENGTH = 100
WORDS_LENGTH = 400


class Kind(models.TextChoices):
    VENUE = "venue", _("Venue")
    EXPERT = "expert", pgettext_lazy("resource", "Expert")
    EQUIPMENT = "equipment", _("Equipment")
    ORGANISATION = "organisation", _("Organisation")


class State(models.TextChoices):
    AVAILABLE = "available", pgettext_lazy("resource", "Available")
    RESTING = "resting", pgettext_lazy("resource", "Resting")
    RETIRED = "retired", pgettext_lazy("resource", "Retired")


class ResourceQuerySet(models.QuerySet["Resource"]):
    def available(self) -> "ResourceQuerySet":
        """Those that can be used now; not those of a centre that is gone."""
        return self.filter(state=State.AVAILABLE).filter(Q(centre=None) | Q(centre__is_active=True))

    def for_residents(self) -> "ResourceQuerySet":
        """Those that a resident may ask for."""
        return self.available().filter(open_to_residents=True)

    def matching(self, text: str) -> "ResourceQuerySet":
        """Those with every word of `text` in name or description, in either language."""
        found = self
        for word in text.split():
            anywhere = Q(code__iexact=word)
            for column in ("name_zh", "name_en", "description_zh", "description_en"):
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found

    def for_list(self) -> "ResourceQuerySet":
        """With what a list shows, the town's centre first, what belongs to no centre last."""
        return self.select_related("centre__parent").order_by(
            F("centre__tier_order").asc(nulls_last=True), "centre__code", "kind", "code"
        )


class Resource(models.Model):
    """A room, a person, a thing or a body that can be asked for.

    `capacity` is the seats of a venue, the pieces of equipment, the people that an expert or an
    organisation can serve at once. Without a centre it belongs to the whole town.
    """

    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind)
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="resources"
    )
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    description_zh = models.CharField(max_length=WORDS_LENGTH, blank=True)
    description_en = models.CharField(max_length=WORDS_LENGTH, blank=True)
    terms_zh = models.CharField(max_length=WORDS_LENGTH, blank=True)
    terms_en = models.CharField(max_length=WORDS_LENGTH, blank=True)
    capacity = models.PositiveSmallIntegerField(default=1)
    contact_sealed = models.CharField(max_length=512, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.AVAILABLE)
    needs_approval = models.BooleanField(default=True)
    open_to_residents = models.BooleanField(default=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            UniqueConstraint(fields=["code"], name="resource_code_once"),
            CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=5000), name="resource_capacity_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def description(self) -> str:
        return in_language(self.description_zh, self.description_en)

    @property
    def terms(self) -> str:
        """The rules of use."""
        return in_language(self.terms_zh, self.terms_en)

    @property
    def lanes(self) -> int:
        """How many uses can go on at once, of one piece each: only things come in pieces."""
        return self.capacity if self.is_in_pieces else 1

    @property
    def is_in_pieces(self) -> bool:
        return self.kind == Kind.EQUIPMENT

    @property
    def place(self) -> str:
        """The centre's short name, or the town."""
        return self.centre.short_name if self.centre else str(_("Whole town"))


class ResourceHours(models.Model):
    """A weekly stretch in which the resource can be used; without any, the centre's hours hold.

    `weekdays` as in HoursRule, whose arithmetic it takes part in.
    """

    pool_id: int | None = None
    valid_from: date = date.min
    valid_to: date | None = None
    lanes_online: int | None = None
    lanes_total: int | None = None

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="hours")
    weekdays = models.CharField(max_length=7)
    opens = models.TimeField()
    closes = models.TimeField()
    on_holidays = models.BooleanField(default=False)

    class Meta:
        ordering = ["resource", "weekdays", "opens"]
        constraints = [
            CheckConstraint(
                condition=Q(opens__lt=F("closes")), name="resource_opens_before_closing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekdays} {self.opens:%H:%M}-{self.closes:%H:%M}"


class ResourceClosure(models.Model):
    """A stretch of time in which the resource cannot be used: repair, holiday, lent elsewhere."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason_zh = models.CharField(max_length=60)
    reason_en = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="resource_closure_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.starts_at}"

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)
