"""Recommending, answering, rating the answer, and saying whether it worked."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.retries import retry_on_conflict
from services.ratings.models import Score
from services.standing.errors import OwnRecordError
from services.standing.rules import clean_words
from thinktank.experts.access import require_member
from thinktank.observations.access import has_interest
from thinktank.observations.models import Observation
from thinktank.recommendations import rules
from thinktank.recommendations.access import is_independent, owners_of
from thinktank.recommendations.errors import (
    AnsweredAlreadyError,
    AnswerEmptyError,
    NoChangeError,
    NotAnsweredError,
    NotPublishedError,
    NotTakenUpError,
    NotTheAuthorError,
    OwnerVerifiesError,
    OwnInterestError,
    PlannedDayError,
    RatedAlreadyError,
    VerifiedAlreadyError,
)
from thinktank.recommendations.messages import tell_answer, tell_owners
from thinktank.recommendations.models import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    AnswerClass,
    MemberRating,
    Recommendation,
    Response,
    Verification,
)

NOTE_LENGTH = 300


@dataclass(frozen=True)
class Advice:
    """What is recommended; no centre means that the town is to answer."""

    title: str
    text: str
    centre_id: int | None


@dataclass(frozen=True)
class Answer:
    """The owner's answer; a day only where something is planned."""

    answer_class: AnswerClass
    text: str
    planned_for: date | None = None


@dataclass(frozen=True)
class Finding:
    """What somebody measured before and after, and whether it is the effect."""

    metric: str
    before: Decimal
    after: Decimal
    has_effect: bool
    note: str


@transaction.atomic
def recommend(*, observation_id: int, advice: Advice, by: User, now: datetime) -> Recommendation:
    """Issue a recommendation from one's own published report; its clock begins today.

    Raises:
        TermEndedError, NotTheAuthorError, NotPublishedError: nothing was written.
    """
    require_member(by, today(now))
    rows = Observation.objects.select_for_update(no_key=True).defer("evidence")
    observation = rows.get(pk=observation_id)
    if observation.author_id != by.pk:
        raise NotTheAuthorError
    if not observation.is_published:
        raise NotPublishedError
    recommendation = Recommendation.objects.create(
        observation=observation,
        author=by,
        centre_id=advice.centre_id,
        title=clean_words(advice.title)[:TITLE_LENGTH],
        text=clean_words(advice.text)[:TEXT_LENGTH],
        issued_at=now,
        issued_on=today(now),
        due_on=rules.due_after(today(now), settings.RECOMMENDATION_DAYS),
    )
    record(by, "recommendation.issued", recommendation, centre_id=advice.centre_id)
    tell_owners(recommendation, owners_of(recommendation, today(now)), now=now)
    return recommendation


@retry_on_conflict
@transaction.atomic
def respond(*, recommendation_id: int, answer: Answer, by: User, now: datetime) -> Response:
    """Give the owner's one answer; the caller's door says who the owner is.

    Raises:
        OwnRecordError, AnsweredAlreadyError, AnswerEmptyError, PlannedDayError: nothing changed.
    """
    recommendation = _lock(recommendation_id)
    if recommendation.author_id == by.pk:
        raise OwnRecordError
    if recommendation.answer:
        raise AnsweredAlreadyError
    words = clean_words(answer.text)[:TEXT_LENGTH]
    if not words:
        raise AnswerEmptyError
    _check_day(answer, today(now))
    response = Response.objects.create(
        recommendation=recommendation,
        author=recommendation.author,
        by=by,
        at=now,
        answer_class=answer.answer_class,
        text=words,
        planned_for=answer.planned_for,
    )
    record(
        by,
        "recommendation.answered",
        recommendation,
        centre_id=recommendation.centre_id,
        answer=response.answer_class,
    )
    tell_answer(recommendation, now=now)
    return response


@retry_on_conflict
@transaction.atomic
def rate_response(
    *, recommendation_id: int, score: Score, note: str, by: User, now: datetime
) -> MemberRating:
    """Keep what the member in office who recommended it thinks of the answer; once.

    Raises:
        TermEndedError, NotTheAuthorError, NotAnsweredError, RatedAlreadyError: nothing changed.
    """
    require_member(by, today(now))
    recommendation = _lock(recommendation_id)
    if recommendation.author_id != by.pk:
        raise NotTheAuthorError
    answer = _answer_of(recommendation)
    if answer.rated:
        raise RatedAlreadyError
    rating = MemberRating.objects.create(
        response=answer, score=score, note=clean_words(note)[:NOTE_LENGTH], at=now
    )
    record(by, "recommendation.rated", recommendation, score=int(score))
    return rating


@retry_on_conflict
@transaction.atomic
def verify_effect(
    *, recommendation_id: int, finding: Finding, by: User, now: datetime
) -> Verification:
    """Keep whether a recommendation that was taken up had its effect; once, by an independent.

    Raises:
        OwnRecordError, NotAnsweredError, NotTakenUpError, VerifiedAlreadyError, OwnInterestError,
        OwnerVerifiesError, NoChangeError: nothing changed.
    """
    recommendation = _lock(recommendation_id)
    answer = _answer_of(recommendation)
    if answer.answer_class == AnswerClass.NOTED:
        raise NotTakenUpError
    if recommendation.checked:
        raise VerifiedAlreadyError
    _check_independence(recommendation, answer, by, today(now))
    if finding.has_effect and finding.before == finding.after:
        raise NoChangeError
    verification = Verification.objects.create(
        recommendation=recommendation,
        author=recommendation.author,
        answered_by_id=answer.by_id,
        by=by,
        at=now,
        metric=clean_words(finding.metric)[:TITLE_LENGTH],
        before=finding.before,
        after=finding.after,
        has_effect=finding.has_effect,
        note=clean_words(finding.note)[:NOTE_LENGTH],
    )
    record(
        by,
        "recommendation.verified",
        recommendation,
        centre_id=recommendation.centre_id,
        effect=finding.has_effect,
    )
    return verification


def _check_independence(
    recommendation: Recommendation, answer: Response, by: User, day: date
) -> None:
    if by.pk == recommendation.author_id:
        raise OwnRecordError
    if has_interest(by, recommendation.observation):
        raise OwnInterestError
    if by.pk == answer.by_id or not is_independent(by, recommendation, day):
        raise OwnerVerifiesError


def _check_day(answer: Answer, day: date) -> None:
    is_planned = answer.answer_class == AnswerClass.PLANNED
    if is_planned != (answer.planned_for is not None):
        raise PlannedDayError
    if answer.planned_for and answer.planned_for < day:
        raise PlannedDayError


def _answer_of(recommendation: Recommendation) -> Response:
    if recommendation.answer is None:
        raise NotAnsweredError
    return recommendation.answer


def _lock(recommendation_id: int) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("author", "observation", "response__rating", "verification").get(
        pk=recommendation_id
    )
