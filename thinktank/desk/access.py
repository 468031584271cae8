"""What a member finds at their desk."""

from datetime import date

from lishui_center.accounts.models import User
from thinktank.experts.models import EngagementQuerySet, ExpertProfile
from thinktank.observations.models import Observation, ObservationQuerySet
from thinktank.recommendations.models import Recommendation, RecommendationQuerySet


def reports_of(user: User) -> ObservationQuerySet:
    """One's own reports, drafts first."""
    return Observation.objects.of(user).for_list()


def advice_of(user: User) -> RecommendationQuerySet:
    """What one recommended, unanswered first."""
    return Recommendation.objects.of(user).for_list()


def terms_of(profile: ExpertProfile) -> EngagementQuerySet:
    """The letters issued to the member, the latest first."""
    return profile.engagements.exclude(state="draft").for_list()


def current_term(terms: EngagementQuerySet, day: date) -> object:
    """The letter in force that day, if there is one."""
    return next((term for term in terms if term.is_current(day)), None)
