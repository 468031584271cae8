"""Who reads a recommendation, who answers it, and who may say whether it worked."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from services.roster.access import managers_of
from thinktank.experts.access import is_member, reads_all, town_admins
from thinktank.observations.access import has_interest
from thinktank.recommendations.models import Recommendation, RecommendationQuerySet


def owned_by(user: User, day: date) -> Q:
    """What the person answers: of the centres they manage; the town's administrators: all."""
    return managed_centres(user, day)


def seen_by(user: User | AnonymousUser, day: date) -> RecommendationQuerySet:
    """Answered ones of published reports for all; own and owned ones; the town reads all.

    Members in office read all as well: they advise together, and verify for each other.
    """
    public = Recommendation.objects.public()
    if not isinstance(user, User):
        return public
    if reads_all(user, day) or is_member(user, day):
        return Recommendation.objects.all()
    wanted = Q(pk__in=public.values("pk")) | Q(author=user) | owned_by(user, day)
    return Recommendation.objects.filter(wanted)


def get_recommendation(user: User | AnonymousUser, pk: int, day: date) -> Recommendation:
    """A recommendation to read, or 404."""
    found = seen_by(user, day).select_related(
        "centre", "observation__expert", "response__rating", "verification", "author"
    )
    return get_object_or_404(found, pk=pk)


def to_answer(user: User, day: date) -> RecommendationQuerySet:
    """All that the person owns, or may read for the town."""
    if reads_all(user, day):
        return Recommendation.objects.for_list()
    return Recommendation.objects.filter(owned_by(user, day)).for_list()


def narrowed(found: RecommendationQuerySet, show: str, day: date) -> RecommendationQuerySet:
    """What a list was asked for: waiting, overdue, answered or all."""
    if show == "overdue":
        return found.overdue(day)
    if show == "waiting":
        return found.waiting()
    return found.answered() if show == "answered" else found


def is_owner(user: User | AnonymousUser, recommendation: Recommendation, day: date) -> bool:
    """Whether the person answers for who is to act."""
    if not isinstance(user, User):
        return False
    if recommendation.centre_id:
        return user.manages(recommendation.centre_id, day)
    return user.is_town_admin(day)


def get_owned(user: User, pk: int, day: date) -> Recommendation:
    """A recommendation for the person to answer, or 404."""
    found = Recommendation.objects.filter(owned_by(user, day))
    return get_object_or_404(found.select_related("centre", "observation"), pk=pk)


def owners_of(recommendation: Recommendation, day: date) -> list[User]:
    """Who is told: the centre's managers, or the town's administrators."""
    if recommendation.centre_id:
        return managers_of(recommendation.centre_id, day)
    return town_admins(day)


def may_verify(user: User | AnonymousUser, recommendation: Recommendation, day: date) -> bool:
    """Whether the person could say if it worked: independent, and in office.

    That is another member without an interest in the subject, or the town's administrator where a
    centre acted and somebody else answered. Nobody who manages the centre that acts.
    """
    answer = recommendation.answer
    if not isinstance(user, User) or answer is None:
        return False
    if user.pk in {recommendation.author_id, answer.by_id}:
        return False
    if has_interest(user, recommendation.observation):
        return False
    return is_independent(user, recommendation, day)


def is_independent(user: User, recommendation: Recommendation, day: date) -> bool:
    """A member in office, or the town for a centre; never the one who was to act."""
    own = {owner.pk for owner in owners_of(recommendation, day)}
    if user.pk in own:
        return False
    watches = user.is_town_admin(day) and recommendation.centre_id is not None
    return watches or is_member(user, day)


def get_to_verify(user: User, pk: int, day: date) -> Recommendation:
    """A recommendation for somebody in office to look into; the action judges independence."""
    if not (user.is_town_admin(day) or is_member(user, day)):
        raise Http404
    return get_recommendation(user, pk, day)
