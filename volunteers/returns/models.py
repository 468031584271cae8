"""Approved hours on their way into the national system: each once, and its corrections."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import pgettext_lazy

from services.centres.models import Centre
from volunteers.hours.models import HourEntry

REASON_LENGTH = 200


class RowState(models.TextChoices):
    TO_SEND = "to_send", pgettext_lazy("return", "To be sent")
    SENT = "sent", pgettext_lazy("return", "Handed in")
    ACCEPTED = "accepted", pgettext_lazy("return", "Accepted")
    REFUSED = "refused", pgettext_lazy("return", "Refused")


TONES = {
    RowState.TO_SEND: "quiet",
    RowState.SENT: "warn",
    RowState.ACCEPTED: "open",
    RowState.REFUSED: "bad",
}


class ReturnBatch(models.Model):
    """Records that go out together: of one centre's teams, or of the whole town."""

    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    rows_total = models.PositiveIntegerField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReturnRowQuerySet(models.QuerySet["ReturnRow"]):
    def in_state(self, state: str) -> "ReturnRowQuerySet":
        return self.filter(state=state)

    def for_list(self) -> "ReturnRowQuerySet":
        """With the record, its person and team, in the order of the file."""
        return self.select_related("entry__volunteer", "entry__team").order_by("pk")


class ReturnRow(models.Model):
    """One record as it is reported: `minutes` of it, as the ledger stood when the batch was made.

    `turn` 0 is the record itself, 1 and on its corrections, each with the minutes that now stand;
    0 of them takes the record back.
    """

    batch = models.ForeignKey(ReturnBatch, models.PROTECT, related_name="rows")
    entry = models.ForeignKey(HourEntry, models.PROTECT, related_name="+", db_index=False)
    turn = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RowState, default=RowState.TO_SEND)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    changed_at = models.DateTimeField()

    objects = ReturnRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "state"], name="return_row_by_state")]
        constraints = [
            UniqueConstraint(fields=["entry", "turn"], name="return_once_per_entry"),
            CheckConstraint(condition=Q(turn__gt=0) | Q(minutes__gt=0), name="return_of_something"),
            CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="return_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.turn} {self.state}"

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES[RowState(self.state)]
