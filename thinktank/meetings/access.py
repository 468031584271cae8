"""Who sees which meeting."""

from datetime import date

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from thinktank.experts.access import reads_all
from thinktank.experts.models import ExpertProfile
from thinktank.meetings.models import Decision, Meeting, MeetingQuerySet


def meetings_of(user: User, day: date) -> MeetingQuerySet:
    """All for the town; a member's own, also those of past terms."""
    if reads_all(user, day):
        return Meeting.objects.for_list()
    profile = ExpertProfile.objects.of_user(user)
    return Meeting.objects.of_member(profile).for_list() if profile else Meeting.objects.none()


def get_meeting(user: User, pk: int, day: date) -> Meeting:
    """A meeting to read, with its people and decisions, or 404."""
    decisions = Decision.objects.select_related("centre")
    found = meetings_of(user, day).prefetch_related(
        "participants", Prefetch("decisions", decisions)
    )
    return get_object_or_404(found, pk=pk)


def get_meeting_to_keep(user: User, pk: int, day: date) -> Meeting:
    """A meeting for the town's administrator to change, or 404."""
    if not user.is_town_admin(day):
        raise Http404
    return get_meeting(user, pk, day)


def get_decision(user: User, pk: int, day: date) -> Decision:
    """A decision for the town's administrator to settle, or 404."""
    if not user.is_town_admin(day):
        raise Http404
    return get_object_or_404(Decision, pk=pk)
