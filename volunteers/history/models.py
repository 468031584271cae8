"""What happened to a record of hours, one line for each act. Never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

TEXT_LENGTH = 200


class Act(models.TextChoices):
    """What somebody did with the record."""

    SENT = "sent", pgettext_lazy("hours", "Sent by the volunteer")
    ATTENDED = "attended", pgettext_lazy("hours", "Kept from the attendance at a session")
    ENTERED = "entered", pgettext_lazy("hours", "Entered for the volunteer")
    ASKED = "asked", pgettext_lazy("hours", "A question was asked")
    ANSWERED = "answered", pgettext_lazy("hours", "The volunteer answered")
    APPROVED = "approved", pgettext_lazy("hours", "Approved")
    REJECTED = "rejected", pgettext_lazy("hours", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("hours", "Taken back by the volunteer")
    DISPUTED = "disputed", pgettext_lazy("hours", "Disputed by the volunteer")
    UPHELD = "upheld", pgettext_lazy("hours", "The volunteer was right")
    REFUSED = "refused", pgettext_lazy("hours", "The record stays as it is")
    PROPOSED = "proposed", pgettext_lazy("hours", "A correction was proposed")
    CORRECTED = "corrected", pgettext_lazy("hours", "The correction was confirmed")
    DROPPED = "dropped", pgettext_lazy("hours", "The correction was refused")


class HourEvent(models.Model):
    """One act on a record; `actor` is empty where the system did it."""

    entry = models.ForeignKey("volunteers.HourEntry", models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    act = models.CharField(max_length=10, choices=Act)
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.act}"
