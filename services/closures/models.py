"""A closing of many centres at once, kept until every booking it touched is decided on."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lishui_center.common.clock import today
from lishui_center.common.language import in_language
from services.centres.models import Centre
from services.orphans.rules import Decision


class ClosureQuerySet(models.QuerySet["Closure"]):
    def unsettled(self) -> "ClosureQuerySet":
        """Closings with bookings still to be decided on, oldest first."""
        return self.filter(settled_at=None).order_by("pk")

    def of_days_from(self, now: datetime) -> "ClosureQuerySet":
        """Closings of today and later, latest entry first."""
        return self.filter(date__gte=today(now)).order_by("-pk")


class Closure(models.Model):
    """Centres closed on one date, all day or from `closes` on, and what their bookings get.

    The closing itself is in the exceptions of the hours; this row remembers what is left to do
    for the bookings, so that work cut short is taken up again.
    """

    centres = models.ManyToManyField(Centre, related_name="+")
    date = models.DateField()
    closes = models.TimeField(null=True, blank=True)
    reason_zh = models.CharField(max_length=60)
    reason_en = models.CharField(max_length=100)
    decision = models.CharField(max_length=10, choices=Decision)
    bookings = models.PositiveIntegerField(help_text=_("Bookings touched."))
    kept = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(settled_at=None), name="closure_unsettled")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.reason}"

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)

    @property
    def done(self) -> int:
        """Bookings decided on so far."""
        return self.kept + self.moved
