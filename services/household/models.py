"""The relatives a signed-in resident books for."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from lishui_center.common.encryption import unseal
from services.household.rules import MOST_RELATIVES


class Relation(models.TextChoices):
    PARENT = "parent", _("Parent")
    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    OTHER = "other", _("Other relative")


class FamilyMember(models.Model):
    """A person booked for by `user`; without a phone of their own, `user`'s is used.

    `number` counts a user's relatives and, being unique up to the most, limits them.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="family_members"
    )
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    name = models.CharField(max_length=40)
    relation = models.CharField(max_length=10, choices=Relation)
    phone_sealed = models.CharField(max_length=255, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    concession = models.BooleanField(
        default=False, help_text=_("60 or older, or disabled: never suspended.")
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            UniqueConstraint(fields=["user", "number"], name="relative_number_once_per_user"),
            CheckConstraint(
                condition=Q(number__range=(1, MOST_RELATIVES)), name="relative_number_to_5"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone(self) -> str:
        """The relative's own number, or nothing."""
        return unseal(self.phone_sealed)
