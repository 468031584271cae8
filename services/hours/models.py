"""Opening hours as rules and exceptions, and the day plans that follow from them."""

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from lishui_center.common.language import in_language
from services.centres.models import Centre, Pool


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("Statutory holiday")
    MAKEUP_WORKDAY = "makeup_workday", _("Make-up working day")


class CalendarDay(models.Model):
    """A day the State Council's notice sets apart; it cannot be computed, only entered."""

    date = models.DateField(unique=True)
    kind = models.CharField(max_length=20, choices=DayKind)
    name_zh = models.CharField(max_length=30)
    name_en = models.CharField(max_length=60)
    source = models.CharField(max_length=120)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class HoursRule(models.Model):
    """One weekly stretch of opening; a break at noon is two rules.

    `weekdays` holds ISO numbers as digits, "12345" is Monday to Friday. Lanes left empty
    are the pool's own.
    """

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="hours_rules")
    pool = models.ForeignKey(Pool, models.CASCADE, null=True, blank=True, related_name="+")
    weekdays = models.CharField(max_length=7)
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    on_holidays = models.BooleanField(default=False)
    lanes_online = models.PositiveSmallIntegerField(null=True, blank=True)
    lanes_total = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["centre", "pool", "weekdays", "opens"]
        constraints = [
            CheckConstraint(condition=Q(opens__lt=F("closes")), name="rule_opens_before_closing"),
            CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="rule_ends_after_start",
            ),
            CheckConstraint(
                condition=Q(lanes_online=None)
                | Q(lanes_total=None)
                | Q(lanes_online__lte=F("lanes_total")),
                name="rule_online_within_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekdays} {self.opens:%H:%M}-{self.closes:%H:%M}"


class HoursException(models.Model):
    """One date that differs: closed (typhoon), or other hours (a special opening).

    Without both times it is closed all day; with one of them the usual day opens late or
    closes early; with both these hours replace the usual ones.
    """

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="hours_exceptions")
    pool = models.ForeignKey(Pool, models.CASCADE, null=True, blank=True, related_name="+")
    date = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    reason_zh = models.CharField(max_length=60)
    reason_en = models.CharField(max_length=100)
    source = models.CharField(max_length=120, blank=True)
    verified = models.BooleanField(default=True)

    class Meta:
        ordering = ["date", "centre", "pool"]
        constraints = [
            UniqueConstraint(
                fields=["centre", "date"],
                condition=Q(pool=None),
                name="exception_once_per_centre_and_date",
            ),
            UniqueConstraint(
                fields=["pool", "date"],
                condition=~Q(pool=None),
                name="exception_once_per_pool_and_date",
            ),
            CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(opens__lt=F("closes")),
                name="exception_opens_before_closing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.reason}"

    @property
    def is_closed(self) -> bool:
        return self.opens is None and self.closes is None

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)


class DayPlanQuerySet(models.QuerySet["DayPlan"]):
    def for_days(self, pool_id: int, first: date, last: date) -> "DayPlanQuerySet":
        """The pool's plans from `first` to `last`, both included, in order."""
        return self.filter(pool_id=pool_id, date__range=(first, last)).order_by("date")


class DayPlan(models.Model):
    """One pool's day: the single row read to show or book it.

    `spans` is [[first cell, cell after the last, lanes for bookings, lanes in all], ...].
    """

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="day_plans")
    date = models.DateField()
    spans = models.JSONField(default=list)
    closed_reason_zh = models.CharField(max_length=60, blank=True)
    closed_reason_en = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DayPlanQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        constraints = [
            UniqueConstraint(fields=["pool", "date"], name="plan_once_per_pool_and_date")
        ]

    def __str__(self) -> str:
        return f"{self.pool_id} {self.date}"

    @property
    def closed_reason(self) -> str:
        return in_language(self.closed_reason_zh, self.closed_reason_en)
