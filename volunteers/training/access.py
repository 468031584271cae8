"""Whose learning one may see."""

from datetime import date

from django.db.models import Sum

from lishui_center.accounts.access import staffed_centres
from lishui_center.accounts.models import User
from volunteers.training.models import TrainingEntry, TrainingEntryQuerySet


def training_of(user: User) -> TrainingEntryQuerySet:
    """The person's own, the latest first."""
    return TrainingEntry.objects.of(user).for_list()


def minutes_learned(user: User) -> int:
    """What the person's own ledger comes to."""
    summed = TrainingEntry.objects.of(user).aggregate(minutes=Sum("minutes", default=0))
    return int(summed["minutes"])


def training_seen_by(user: User, day: date) -> TrainingEntryQuerySet:
    """All of the centres where the person works."""
    mine = staffed_centres(user, day, field="session__activity__centre_id")
    return TrainingEntry.objects.filter(mine).for_list()
