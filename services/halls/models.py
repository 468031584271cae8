"""Halls: what each does differently, and the pulse that its live pages look at."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre


class HallSettings(models.Model):
    """What one centre's hall does differently from the defaults."""

    class Names(models.TextChoices):
        NONE = "none", _("No names")
        MASKED = "masked", _("Masked names")

    class Theme(models.TextChoices):
        VERMILION = "vermilion", _("Vermilion")
        WATER = "water", _("Water")

    centre = models.OneToOneField(Centre, models.CASCADE, primary_key=True, related_name="hall")
    remote_minutes = models.PositiveSmallIntegerField(
        _("Numbers from afar, minutes"),
        default=0,
        help_text=_("How far ahead a number can be taken by phone; 0 means only in the hall."),
    )
    board_names = models.CharField(
        _("Names on the board"), max_length=10, choices=Names, default=Names.NONE
    )
    board_theme = models.CharField(
        _("Colour of the board"), max_length=10, choices=Theme, default=Theme.VERMILION
    )
    kiosk_nonce = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name_plural = "hall settings"
        constraints = [
            CheckConstraint(condition=Q(remote_minutes__lte=120), name="hall_remote_two_hours")
        ]

    def __str__(self) -> str:
        return f"hall of {self.centre_id}"


class HallPulse(models.Model):
    """Rises with every change of a centre's queue: what live pages look at."""

    centre = models.OneToOneField(Centre, models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.centre_id}: {self.version}"
