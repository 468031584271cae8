"""Who works at which window, and whether it serves at the moment."""

from collections import Counter

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre, Window


class PauseReason(models.TextChoices):
    BREAK = "break", _("Short break")
    MEAL = "meal", _("Meal")
    PAPERWORK = "paperwork", _("Paperwork")
    MEETING = "meeting", _("Meeting")
    FAULT = "fault", _("Technical fault")


class WindowSessionQuerySet(models.QuerySet["WindowSession"]):
    def running(self) -> "WindowSessionQuerySet":
        """Windows that somebody sits at, paused ones too."""
        return self.filter(closed_at=None)

    def serving(self) -> "WindowSessionQuerySet":
        """Windows that call people now."""
        return self.running().filter(paused_at=None)

    def for_page(self) -> "WindowSessionQuerySet":
        return self.select_related("window__pool", "window__centre", "clerk")

    def serving_by_pool(self, centre: Centre) -> Counter[int]:
        """{pool id: windows that call people now}: one query."""
        pools = self.serving().filter(window__centre=centre).values_list("window__pool", flat=True)
        return Counter(pools)


class WindowSession(models.Model):
    """A clerk at a window, from opening it to closing it.

    One clerk sits at one window, and one window has one clerk: by constraint.
    """

    window = models.ForeignKey(Window, models.PROTECT, related_name="sessions", db_index=False)
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=10, choices=PauseReason, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WindowSessionQuerySet.as_manager()

    class Meta:
        ordering = ["window", "-opened_at"]
        constraints = [
            UniqueConstraint(
                fields=["window"], condition=Q(closed_at=None), name="window_session_one_clerk"
            ),
            UniqueConstraint(
                fields=["clerk"], condition=Q(closed_at=None), name="window_session_one_window"
            ),
            CheckConstraint(
                condition=Q(paused_at=None, pause_reason="")
                | (Q(paused_at__isnull=False) & ~Q(pause_reason="")),
                name="window_session_paused_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window_id} by {self.clerk_id}"

    @property
    def is_serving(self) -> bool:
        return self.closed_at is None and self.paused_at is None
