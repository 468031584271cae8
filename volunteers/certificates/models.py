"""Certificates: what the ledger said when one was made, frozen."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from lishui_center.common.masking import mask_name
from volunteers.certificates import rules
from volunteers.recognition.models import AwardState, StarAward

REASON_LENGTH = 300


class CertificateKind(models.TextChoices):
    HOURS = "hours", pgettext_lazy("certificate", "Hours of a period")
    STAR = "star", pgettext_lazy("certificate", "Star")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, volunteer: User) -> "CertificateQuerySet":
        return self.filter(volunteer=volunteer)

    def for_list(self) -> "CertificateQuerySet":
        """With whom and what they are about, the latest first."""
        return self.select_related("volunteer", "award").order_by("-pk")


class Certificate(models.Model):
    """What somebody's ledger came to from `first` to `last`, or a star that was awarded.

    `snapshot` is all that is printed, and `sha256` its digest: later changes of the ledger leave
    both alone. `request_key` is made when the form opens, so that a double click makes one. An
    erased account leaves the code, with an empty snapshot.
    """

    code = models.CharField(max_length=rules.CODE_LENGTH, unique=True)
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates", db_index=False
    )
    kind = models.CharField(max_length=8, choices=CertificateKind)
    award = models.ForeignKey(
        StarAward, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    first = models.DateField()
    last = models.DateField()
    snapshot = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    request_key = models.UUIDField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    revoked_reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["volunteer", "-id"], name="certificate_by_volunteer")]
        constraints = [
            UniqueConstraint(fields=["volunteer", "request_key"], name="certificate_once_per_form"),
            CheckConstraint(condition=Q(last__gte=F("first")), name="certificate_ends_after_start"),
            CheckConstraint(
                condition=Q(kind="star", award__isnull=False) | Q(kind="hours", award=None),
                name="certificate_of_hours_or_star",
            ),
            CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="certificate_revoked_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(revoked_by=F("volunteer")), name="certificate_not_revoked_by_oneself"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def shown_code(self) -> str:
        return rules.shown_code(self.code)

    @property
    def masked_name(self) -> str:
        """The name as it was, masked."""
        return mask_name(str(self.snapshot.get("name", "")))

    @property
    def minutes(self) -> int:
        """What it certified, whatever the ledger says since."""
        return int(self.snapshot.get("minutes", 0))

    @property
    def is_erased(self) -> bool:
        """Whether its person has left, and with the person what it said."""
        return not self.snapshot

    @property
    def is_genuine(self) -> bool:
        """Whether what is kept is still what was issued: reckoned anew."""
        return rules.digest(self.snapshot) == self.sha256

    @property
    def ended_at(self) -> datetime | None:
        """Since when it no longer holds: revoked itself, or with its star."""
        star = self.award
        has_lost_star = star is not None and star.state != AwardState.AWARDED
        return self.revoked_at or (star.closed_at if star and has_lost_star else None)

    @property
    def is_valid(self) -> bool:
        """Whether it holds today."""
        star = self.award
        has_star = star is None or star.state == AwardState.AWARDED
        return self.revoked_at is None and has_star and not self.is_erased and self.is_genuine
