"""Messages to people: one row for one message to one person, kept as the message log."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.common.encryption import unseal
from lishui_center.common.masking import mask_email, mask_phone
from lishui_center.notifications.rules import KINDS, SECRET_KINDS


class State(models.TextChoices):
    """Where a message stands. A claim that expires falls back to the next worker."""

    DUE = "due", pgettext_lazy("message", "Waiting")
    CLAIMED = "claimed", _("Being prepared")
    SENDING = "sending", _("Handed over")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("No answer")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Out of date")


OPEN_STATES = (State.DUE, State.CLAIMED, State.SENDING)
TROUBLE_STATES = (State.FAILED, State.UNCERTAIN)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """The questions asked of the message log."""

    def awaiting(self, now: datetime) -> Self:
        """What a worker must look at: due, or claimed by a worker that never came back."""
        return self.filter(next_at__lte=now).order_by("next_at")

    def awaiting_keys(self, now: datetime) -> models.QuerySet["Notification", str]:
        """The keys of those, longest waiting first."""
        return self.awaiting(now).values_list("key", flat=True)

    def resendable(self) -> Self:
        """Failed or uncertain, and the content is still there."""
        return self.filter(state__in=TROUBLE_STATES).exclude(kind__in=SECRET_KINDS)

    def in_inbox_of(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """What was said to the person, newest first; codes are nothing to read later."""
        return (
            self.filter(user=user.pk)
            .exclude(text="")
            .exclude(kind__in=SECRET_KINDS)
            .order_by("-pk")
        )

    def of_person(self, user_id: int, phone_hash: str) -> Self:
        """Written to the account or to the phone it has proven; empty when it has proven none."""
        own = Q(user=user_id)
        return self.filter(own | Q(phone_hash=phone_hash) if phone_hash else own)

    def forgettable(self, before: datetime) -> Self:
        """Finished, and written before the moment."""
        return self.filter(next_at=None, created_at__lt=before)

    def narrowed(self, *, state: str, kind: str) -> Self:
        """The log for staff, newest first; an empty `state` means what needs a person."""
        wanted = self.filter(kind=kind) if kind else self
        if not state:
            return wanted.filter(state__in=TROUBLE_STATES)
        return wanted if state == "all" else wanted.filter(state=state)


class Notification(models.Model):
    """One message to one person; `key` makes it once.

    `next_at` is when a worker must look at it: the due moment, while claimed the end of the
    claim, empty when nothing is left to do. So one small partial index finds what is due however
    long the log grows, and the value a worker wrote proves that the claim is still its own.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, db_default=State.DUE)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(db_default=0)
    resends = models.PositiveSmallIntegerField(db_default=0)
    last_error = models.CharField(max_length=200, blank=True, db_default="")
    sent_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=10, blank=True, db_default="")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="notifications",
        db_index=False,
    )
    phone_sealed = models.CharField(max_length=255, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    read_at = models.DateTimeField(null=True)

    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_version = models.IntegerField(null=True)
    centre_id = models.BigIntegerField(null=True)
    context = models.JSONField(default=dict)
    # The context of a secret kind, until it is sent.
    secret_sealed = models.TextField(blank=True)
    # What was said, without codes and link tokens: for the web inbox and for staff.
    text = models.TextField(blank=True, db_default="")

    objects: ClassVar = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="notification_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, next_at__isnull=False)
                | (~Q(state__in=OPEN_STATES) & Q(next_at__isnull=True)),
                name="notification_open_has_next_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False),
                name="notification_sent_has_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False)
                | ~Q(phone_sealed="")
                | ~Q(email="")
                | ~Q(state__in=OPEN_STATES),
                name="notification_open_has_recipient",
            ),
        )
        indexes = (
            models.Index(
                fields=("next_at",),
                condition=Q(next_at__isnull=False),
                name="notification_awaiting",
            ),
            models.Index(
                fields=("user", "-id"),
                condition=Q(user__isnull=False),
                name="notification_inbox",
            ),
            models.Index(
                fields=("state", "-id"),
                condition=Q(state__in=TROUBLE_STATES),
                name="notification_trouble",
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> str:
        """What kind of message it is, in the reader's words."""
        return str(KINDS[self.kind].title)

    @property
    def is_resendable(self) -> bool:
        """Whether staff may send it again."""
        return self.state in TROUBLE_STATES and self.kind not in SECRET_KINDS

    @property
    def masked_address(self) -> str:
        """Where it goes, as shown to staff."""
        return mask_phone(unseal(self.phone_sealed)) or mask_email(self.email)
