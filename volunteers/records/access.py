"""One record with all that happened to it: for its volunteer, and for staff."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from volunteers.hours.models import HourEntry, HourEntryQuerySet
from volunteers.teams.access import staffed_teams

LOADED = ("events__actor", "adjustments__made_by", "disputes")


def get_own_record(user: User, pk: UUID) -> HourEntry:
    """The person's own record with its history, or 404."""
    return get_object_or_404(_whole(HourEntry.objects.of(user)), pk=pk)


def entries_seen_by(user: User, day: date) -> HourEntryQuerySet:
    """The records of the teams that the person's centres stand for; auditors read all."""
    if user.is_auditor(day):
        return HourEntry.objects.all()
    return HourEntry.objects.filter(staffed_teams(user, day))


def get_record(user: User, pk: UUID, day: date) -> HourEntry:
    """A record as staff see it, with its history, or 404."""
    return get_object_or_404(_whole(entries_seen_by(user, day)), pk=pk)


def _whole(entries: QuerySet[HourEntry]) -> QuerySet[HourEntry]:
    people = ("team__centre", "volunteer", "entered_by")
    return entries.select_related(*people).prefetch_related(*LOADED)
