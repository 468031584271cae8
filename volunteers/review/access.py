"""Who sees the records drawn by lot and the patterns, and who may check them."""

from datetime import date

from django.db.models import Case, QuerySet, When
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from volunteers.hours.models import HourEntry, HourEntryQuerySet
from volunteers.review.models import SampledEntry, SampleState


def entries_reviewed_by(user: User, day: date) -> HourEntryQuerySet:
    """The records of the teams of the centres that the person manages; auditors read all."""
    if user.is_auditor(day) or user.is_town_admin(day):
        return HourEntry.objects.all()
    return HourEntry.objects.filter(managed_centres(user, day, field="team__centre_id"))


def samples_seen_by(user: User, day: date) -> QuerySet[SampledEntry]:
    """Those still to be checked first, then the latest."""
    order = Case(When(state=SampleState.OPEN, then=0), default=1)
    seen = SampledEntry.objects.filter(entry__in=entries_reviewed_by(user, day))
    loaded = seen.select_related("entry__team", "volunteer", "approved_by", "checked_by")
    return loaded.order_by(order, "-day", "pk")


def samples_to_check(user: User, day: date) -> QuerySet[SampledEntry]:
    """Open ones that the person may check: auditors only read."""
    mine = managed_centres(user, day, field="entry__team__centre_id")
    found = SampledEntry.objects.filter(mine, state=SampleState.OPEN)
    return found.exclude(volunteer=user).exclude(approved_by=user)


def get_sample(user: User, pk: int, day: date) -> SampledEntry:
    """One that the person may check, or 404."""
    found = samples_to_check(user, day)
    return get_object_or_404(found.select_related("entry__team", "volunteer"), pk=pk)
