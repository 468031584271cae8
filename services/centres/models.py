"""The 1+40+N tree of centres, their windows, and what each allows for bookings."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from lishui_center.common.language import in_language


class Tier(models.TextChoices):
    TOWN = "town", _("Town centre")
    COMMUNITY = "community", _("Village/Community centre")
    STATION = "station", _("Station")


class CentreQuerySet(models.QuerySet["Centre"]):
    def active(self) -> "CentreQuerySet":
        return self.filter(is_active=True)

    def bookable(self) -> "CentreQuerySet":
        """Centres with at least one pool, hence with windows to book."""
        return self.active().filter(pools__isnull=False).distinct()

    def matching(self, text: str) -> "CentreQuerySet":
        """Centres with every word of `text` in the name or address, in either language."""
        found = self
        for word in text.split():
            anywhere = Q()
            for column in ("name_zh", "name_en", "address_zh", "address_en"):
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found

    def names(self) -> dict[int, str]:
        """{number: name in the page's language} of the active centres."""
        return {centre.pk: centre.name for centre in self.active()}


class Centre(models.Model):
    """One place of the network: the town centre, a village/community centre or a station."""

    code = models.SlugField(max_length=40, unique=True)
    tier = models.CharField(max_length=10, choices=Tier)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    short_name_zh = models.CharField(max_length=10, help_text=_("For messages, e.g. 镇中心."))
    short_name_en = models.CharField(max_length=40)
    address_zh = models.CharField(max_length=120, blank=True)
    address_en = models.CharField(max_length=160, blank=True)
    directions_zh = models.CharField(max_length=200, blank=True)
    directions_en = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False, help_text=_("Made up for the demo."))

    tier_order = models.GeneratedField(
        expression=models.Case(
            models.When(tier="town", then=models.Value(0)),
            models.When(tier="community", then=models.Value(1)),
            default=models.Value(2),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["tier_order", "code"]
        constraints = [
            UniqueConstraint(fields=["tier"], condition=Q(tier="town"), name="centre_one_town"),
            CheckConstraint(
                condition=Q(tier="town", parent=None) | (~Q(tier="town") & ~Q(parent=None)),
                name="centre_only_town_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def short_name(self) -> str:
        return in_language(self.short_name_zh, self.short_name_en)

    @property
    def address(self) -> str:
        return in_language(self.address_zh, self.address_en)

    @property
    def directions(self) -> str:
        return in_language(self.directions_zh, self.directions_en)


class BookingPolicy(models.Model):
    """What one centre allows; the defaults are those of domain.md, "Booking policy"."""

    centre = models.OneToOneField(Centre, models.CASCADE, primary_key=True, related_name="policy")
    release_days_ahead = models.PositiveSmallIntegerField(default=7)
    release_hour = models.PositiveSmallIntegerField(default=8)
    min_lead_minutes = models.PositiveSmallIntegerField(default=120)
    cancel_before_minutes = models.PositiveSmallIntegerField(default=120)
    per_person_per_day = models.PositiveSmallIntegerField(default=2)
    cancel_limit = models.PositiveSmallIntegerField(default=5)
    cancel_limit_days = models.PositiveSmallIntegerField(default=30)
    no_show_limit = models.PositiveSmallIntegerField(default=3)
    no_show_limit_days = models.PositiveSmallIntegerField(default=90)
    suspension_days = models.PositiveSmallIntegerField(default=30)
    appeal_days = models.PositiveSmallIntegerField(default=7)
    grace_minutes = models.PositiveSmallIntegerField(default=15)
    walk_in_percent = models.PositiveSmallIntegerField(default=40)
    hold_minutes = models.PositiveSmallIntegerField(default=10)
    offer_minutes = models.PositiveSmallIntegerField(default=120)
    releases_unconfirmed = models.BooleanField(
        default=False,
        help_text=_("Give places nobody confirmed the day before to the waitlist."),
    )

    class Meta:
        verbose_name_plural = "booking policies"
        constraints = [
            CheckConstraint(
                condition=Q(release_days_ahead__range=(1, 60)), name="policy_release_days_sane"
            ),
            CheckConstraint(
                condition=Q(release_hour__lte=23), name="policy_release_hour_of_the_day"
            ),
            CheckConstraint(
                condition=Q(walk_in_percent__lte=100), name="policy_walk_in_percent_to_100"
            ),
            CheckConstraint(
                condition=Q(per_person_per_day__range=(1, 20)), name="policy_per_day_sane"
            ),
            CheckConstraint(condition=Q(hold_minutes__gte=1), name="policy_hold_positive"),
            CheckConstraint(condition=Q(offer_minutes__gte=1), name="policy_offer_positive"),
            # A limit of nothing would stop every booking, a pause of no days is none.
            CheckConstraint(
                condition=Q(cancel_limit__gte=1, no_show_limit__gte=1, suspension_days__gte=1),
                name="policy_limits_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"policy of {self.centre_id}"


class Pool(models.Model):
    """Interchangeable windows that share one queue and one ticket letter."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="pools")
    code = models.CharField(max_length=2)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    lanes_total = models.PositiveSmallIntegerField(help_text=_("Windows usually open."))
    lanes_online = models.PositiveSmallIntegerField(help_text=_("Of these, for bookings."))

    class Meta:
        ordering = ["centre", "code"]
        constraints = [
            UniqueConstraint(fields=["centre", "code"], name="pool_code_once_per_centre"),
            CheckConstraint(
                condition=Q(lanes_online__lte=F("lanes_total")), name="pool_online_within_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class Window(models.Model):
    """A staffed counter, known by the number above it."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="windows")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["centre", "number"]
        constraints = [
            UniqueConstraint(fields=["centre", "number"], name="window_number_once_per_centre")
        ]

    def __str__(self) -> str:
        return str(self.number)
