"""Members of the think tank, and what they wrote: made by the real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from services.closing.models import DayClose
from tests.factories.accounts import UserFactory, town_wide
from tests.factories.services import NOW, CentreFactory
from thinktank.experts.actions import Term, draft_engagement, issue_letter
from thinktank.experts.models import Engagement, ExpertProfile
from thinktank.observations.actions import (
    Report,
    publish_observation,
    save_draft,
    submit_observation,
)
from thinktank.observations.models import Observation
from thinktank.recommendations.actions import Advice, Answer, recommend, respond
from thinktank.recommendations.models import AnswerClass, Recommendation

DAY = today(NOW)
TERM = timedelta(days=30)


def profile(user: User | None = None, **fields: Any) -> ExpertProfile:
    """Somebody with a profile and no letter yet."""
    user = user or UserFactory()
    fields.setdefault("code", f"expert-{user.pk}")
    return ExpertProfile.objects.create(
        **{"user": user, "field": "governance", "name_zh": "潘博文", "name_en": "Pan Bowen"}
        | fields
    )


def engaged(
    expert: ExpertProfile,
    first: date = DAY - TERM,
    last: date = DAY + TERM,
    *,
    by: User | None = None,
) -> Engagement:
    """A letter that is issued; the number follows from the member and the first day."""
    by = by or town_wide(Role.TOWN_ADMIN)
    term = Term(f"{expert.code}-{first:%Y%m%d}", first, last)
    letter = draft_engagement(expert_id=expert.pk, term=term, by=by)
    return issue_letter(engagement_id=letter.pk, by=by, now=NOW)


def member(*, by: User | None = None, **fields: Any) -> ExpertProfile:
    """A member in office."""
    expert = profile(**fields)
    engaged(expert, by=by)
    return expert


def former_member(*, by: User | None = None, **fields: Any) -> ExpertProfile:
    """A member whose term was over yesterday."""
    expert = profile(**fields)
    engaged(expert, last=DAY - timedelta(days=1), by=by)
    return expert


def report(**fields: Any) -> Report:
    """On the town centre."""
    CentreFactory()
    return Report(
        **{
            "subject": "centre:town",
            "title": "晚间窗口",
            "method": "visit",
            "observed_on": DAY,
            "text": "晚间等候较久。",
        }
        | fields
    )


def drafted(expert: ExpertProfile, *, now: datetime = NOW, **fields: Any) -> Observation:
    return save_draft(report=report(**fields), by=expert.user, now=now)


def submitted(expert: ExpertProfile, **fields: Any) -> Observation:
    found = drafted(expert, **fields)
    return submit_observation(observation_id=found.pk, by=expert.user, now=NOW)


def published(expert: ExpertProfile, *, by: User | None = None, **fields: Any) -> Observation:
    found = submitted(expert, **fields)
    by = by or town_wide(Role.TOWN_ADMIN)
    return publish_observation(observation_id=found.pk, by=by, now=NOW)


def recommended(
    observation: Observation,
    *,
    centre_id: int | None = None,
    now: datetime = NOW,
    title: str = "增开窗口",
) -> Recommendation:
    advice = Advice(title, "晚间增开一个窗口。", centre_id)
    return recommend(observation_id=observation.pk, advice=advice, by=observation.author, now=now)


def answered(
    advice: Recommendation, by: User, answer_class: AnswerClass = AnswerClass.ADOPTED
) -> Recommendation:
    """With the owner's answer, read anew."""
    planned = DAY + timedelta(days=30) if answer_class == AnswerClass.PLANNED else None
    answer = Answer(answer_class, "下周开始。", planned)
    respond(recommendation_id=advice.pk, answer=answer, by=by, now=NOW)
    return Recommendation.objects.get(pk=advice.pk)


def closed_day(day: date, done: int) -> DayClose:
    """A closed day of the town centre on which so many were served."""
    return DayClose.objects.create(
        centre=CentreFactory(),
        date=day,
        closed_at=NOW,
        figures={
            "tickets": {"done": done, "no_show": 1, "left": 2},
            "evening": 3,
            "hours": {"9": {"waits": {"5": 8, "20": 2}}},
        },
    )
