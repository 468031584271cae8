"""Which corrections wait for whom."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from volunteers.hours.models import AdjustmentState, HourAdjustment
from volunteers.teams.access import staffed_teams


def corrections_to_confirm(user: User, day: date) -> QuerySet[HourAdjustment]:
    """Those proposed for records of the teams that the person's centres stand for."""
    waiting = HourAdjustment.objects.filter(state=AdjustmentState.PROPOSED)
    mine = waiting.filter(staffed_teams(user, day, path="entry__team__"))
    return mine.select_related("entry__team", "volunteer", "made_by").order_by("made_at", "pk")


def get_correction(user: User, pk: int, day: date) -> HourAdjustment:
    """A correction that waits, or 404 for whoever does not work at the team's centre."""
    return get_object_or_404(corrections_to_confirm(user, day), pk=pk)
