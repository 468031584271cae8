"""Who is told of a need's steps, and the serial numbers of a day."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from lishui_center.accounts.models import User
from lishui_center.common.encryption import unseal
from services.requests.models import ServiceRequest


class RequestCounter(models.Model):
    """The last serial number of a day; the row's lock lets none be given twice."""

    date = models.DateField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date}: {self.last}"


class FollowerQuerySet(models.QuerySet["Follower"]):
    """The questions asked of followers."""

    def of_person(self, user: User) -> Self:
        """Those with the account, or with the phone that it has proven."""
        own = Q(user=user)
        if user.phone_verified_at:
            own |= Q(phone_hash=user.phone_hash)
        return self.filter(own)


class Follower(models.Model):
    """Somebody who is told of every step: the reporter, and whoever follows.

    `secret` opens the need's page for this one person; a follower may have neither phone nor
    mailbox, and then only has the link.
    """

    request = models.ForeignKey(
        ServiceRequest, models.CASCADE, related_name="followers", db_index=False
    )
    is_reporter = models.BooleanField(default=False)
    secret = models.CharField(max_length=24, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    phone_sealed = models.CharField(max_length=255, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    email_sealed = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    created_at = models.DateTimeField()

    objects = FollowerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["phone_hash", "created_at"],
                condition=~Q(phone_hash=""),
                name="follower_by_phone",
            )
        ]
        constraints = [
            UniqueConstraint(
                fields=["request"], condition=Q(is_reporter=True), name="follower_one_reporter"
            ),
            UniqueConstraint(
                fields=["request", "phone_hash"],
                condition=~Q(phone_hash=""),
                name="follower_once_by_phone",
            ),
            UniqueConstraint(
                fields=["request", "user"],
                condition=Q(user__isnull=False),
                name="follower_once_by_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.pk}"

    @property
    def phone(self) -> str:
        """The whole number; pages mask it, and looking at it is audited."""
        return unseal(self.phone_sealed)

    @property
    def email(self) -> str:
        return unseal(self.email_sealed)

    @property
    def is_reachable(self) -> bool:
        """Whether anything but the link reaches the person."""
        return bool(self.user_id or self.phone_sealed or self.email_sealed)
