"""The three parts of a day by which people look for a time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

NOON = 12 * 4
EVENING = 18 * 4


class Band(models.TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


def band_of(cell: int) -> Band:
    """The band a start belongs to: noon begins the afternoon, 18:00 the evening."""
    if cell < NOON:
        return Band.MORNING
    return Band.AFTERNOON if cell < EVENING else Band.EVENING
