"""Who sees which observation, and who may go on with it."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from thinktank.experts.access import is_member, reads_all
from thinktank.experts.models import Engagement, ExpertProfile
from thinktank.observations.models import (
    Interest,
    Observation,
    ObservationQuerySet,
    ObservationState,
)

OPEN_TO_TOWN = [
    ObservationState.SUBMITTED,
    ObservationState.PUBLISHED,
    ObservationState.WITHDRAWN,
]


def orphaned(day: date) -> Q:
    """Drafts whose author's term is not running: only somebody else can finish them."""
    in_office = Engagement.objects.current(day).values("expert")
    return Q(state=ObservationState.DRAFT) & ~Q(expert__in=in_office)


def seen_by(user: User | AnonymousUser, day: date) -> ObservationQuerySet:
    """Published ones for all; one's own; the town also what was submitted, and orphaned drafts."""
    wanted = Q(state=ObservationState.PUBLISHED)
    if isinstance(user, User):
        wanted |= Q(author=user)
        if reads_all(user, day):
            wanted |= Q(state__in=OPEN_TO_TOWN) | orphaned(day)
    return Observation.objects.filter(wanted)


def get_observation(user: User | AnonymousUser, pk: int, day: date) -> Observation:
    """A report to read, or 404."""
    found = seen_by(user, day).select_related("expert", "begun_by", "published_by")
    return get_object_or_404(found, pk=pk)


def get_own(user: User, pk: int) -> Observation:
    """A report of one's own, also after the term, or 404."""
    return get_object_or_404(Observation.objects.of(user).select_related("expert"), pk=pk)


def get_for_office(user: User, pk: int, day: date) -> Observation:
    """A report for the town's administrator to decide on, or 404."""
    if not user.is_town_admin(day):
        raise Http404
    return get_object_or_404(seen_by(user, day).select_related("expert"), pk=pk)


def for_office(user: User, day: date) -> ObservationQuerySet:
    """What waits for the town: submitted reports, and drafts that nobody can finish."""
    waiting = Q(state=ObservationState.SUBMITTED) | orphaned(day)
    return seen_by(user, day).filter(waiting).for_list()


def takers_of(observation: Observation, day: date) -> list[ExpertProfile]:
    """Members in office to whom a draft can be handed over."""
    current = ExpertProfile.objects.current(day).exclude(pk=observation.expert_id)
    return list(current.order_by("field", "code"))


def interests_in(observation: Observation) -> list[Interest]:
    """Members who declared an interest in what was observed."""
    declared = Interest.objects.filter(
        subject_kind=observation.subject_kind, subject_code=observation.subject_code
    )
    return list(declared.select_related("expert"))


def has_interest(user: User, observation: Observation) -> bool:
    """Whether the person declared an interest in what was observed."""
    return Interest.objects.filter(
        expert__user=user,
        subject_kind=observation.subject_kind,
        subject_code=observation.subject_code,
    ).exists()


def may_edit(user: User | AnonymousUser, observation: Observation, day: date) -> bool:
    """Whether the draft is the person's to go on with."""
    return (
        isinstance(user, User)
        and observation.author_id == user.pk
        and observation.state == ObservationState.DRAFT
        and is_member(user, day)
    )
