"""To whom a need was passed on, and what they said."""

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import pgettext_lazy

from services.requests.models import NOTE_LENGTH, ServiceRequest


class DispatchState(models.TextChoices):
    SENT = "sent", pgettext_lazy("dispatch", "Not yet taken on")
    ACCEPTED = "accepted", pgettext_lazy("dispatch", "Taken on")
    RETURNED = "returned", pgettext_lazy("dispatch", "Sent back")
    DONE = "done", pgettext_lazy("dispatch", "Done")


LIVE = [DispatchState.SENT, DispatchState.ACCEPTED]


class Dispatch(models.Model):
    """One passing on of a need to a unit; one lives at a time."""

    request = models.ForeignKey(
        ServiceRequest, models.CASCADE, related_name="dispatches", db_index=False
    )
    target_kind = models.CharField(max_length=10)
    target_code = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=DispatchState, default=DispatchState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["request", "id"], name="dispatch_of_need")]
        constraints = [
            UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=["sent", "accepted"]),
                name="dispatch_one_alive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.target_kind} {self.target_code}"
