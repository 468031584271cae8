"""What the public reads, and what a person may do on the page in front of them."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from lishui_center.accounts.models import User
from thinktank.experts.access import is_member
from thinktank.followup.models import Action
from thinktank.observations.access import may_edit
from thinktank.observations.models import Observation, ObservationQuerySet, ObservationState
from thinktank.recommendations.access import is_owner, may_verify, seen_by
from thinktank.recommendations.models import (
    AnswerClass,
    Recommendation,
    RecommendationQuerySet,
)


def observations_published(words: str) -> ObservationQuerySet:
    """Published reports, the latest first, with all the words looked for."""
    return Observation.objects.published().matching(words).for_list()


def recommendations_published(words: str) -> RecommendationQuerySet:
    """Answered recommendations of published reports, the latest answer first."""
    return Recommendation.objects.public().matching(words).for_list()


def recommendations_of(
    observation: Observation, user: User | AnonymousUser, day: date
) -> RecommendationQuerySet:
    """What followed from a report, as far as the person may read it."""
    return seen_by(user, day).filter(observation=observation).for_list()


def actions_of(recommendation: Recommendation) -> list[Action]:
    """The steps that follow, the earliest due first."""
    return list(recommendation.actions.all())


@dataclass(frozen=True)
class ReportActs:
    """Which acts a report's page offers."""

    edits: bool = False
    submits: bool = False
    withdraws: bool = False
    recommends: bool = False
    decides: bool = False
    hands_over: bool = False


def acts_on_report(user: User | AnonymousUser, observation: Observation, day: date) -> ReportActs:
    """What the person may do with the report."""
    if not isinstance(user, User):
        return ReportActs()
    state = observation.state
    is_author = observation.author_id == user.pk
    edits = may_edit(user, observation, day)
    is_admin = user.is_town_admin(day) and not is_author
    return ReportActs(
        edits=edits,
        submits=edits,
        withdraws=is_author and state != ObservationState.WITHDRAWN,
        recommends=is_author and observation.is_published and is_member(user, day),
        decides=is_admin and state in {ObservationState.SUBMITTED, ObservationState.PUBLISHED},
        hands_over=is_admin and state == ObservationState.DRAFT,
    )


@dataclass(frozen=True)
class AdviceActs:
    """Which acts a recommendation's page offers."""

    answers: bool = False
    rates: bool = False
    adds: bool = False
    verifies: bool = False


def acts_on_advice(user: User | AnonymousUser, advice: Recommendation, day: date) -> AdviceActs:
    """What the person may do with the recommendation."""
    if not isinstance(user, User):
        return AdviceActs()
    answer = advice.answer
    owns = is_owner(user, advice, day) and advice.author_id != user.pk
    if answer is None:
        return AdviceActs(answers=owns)
    is_author = advice.author_id == user.pk
    is_taken_up = answer.answer_class != AnswerClass.NOTED
    return AdviceActs(
        rates=is_author and answer.rated is None and is_member(user, day),
        adds=owns and is_taken_up,
        verifies=is_taken_up and advice.checked is None and may_verify(user, advice, day),
    )
