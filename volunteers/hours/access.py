"""Whose hours one may see."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from volunteers.hours.models import HourEntry, HourEntryQuerySet


def own_hours(user: User) -> HourEntryQuerySet:
    """The person's own records, the latest first."""
    return HourEntry.objects.of(user).for_list()


def get_own_entry(user: User, pk: UUID) -> HourEntry:
    """The person's own record, or 404."""
    return get_object_or_404(own_hours(user), pk=pk)
