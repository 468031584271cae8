"""What owners and members are told about a recommendation."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.models import User
from lishui_center.accounts.recipients import recipient_of
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify, notify_all
from thinktank.recommendations.models import Recommendation


def tell_owners(recommendation: Recommendation, owners: Iterable[User], *, now: datetime) -> None:
    """That there is something to answer, and by when."""
    _tell(recommendation, owners, kind="recommendation_received", step="received", now=now)


def warn_owners(
    recommendation: Recommendation, owners: Iterable[User], *, overdue: bool, now: datetime
) -> None:
    """That the time is nearly over, or over."""
    step = "overdue" if overdue else "due"
    _tell(recommendation, owners, kind="recommendation_due", step=step, now=now)


def tell_answer(recommendation: Recommendation, *, now: datetime) -> None:
    """The member who recommended it, that there is an answer."""
    author, answer = recommendation.author, recommendation.response
    with translation.override(author.language):
        words = str(answer.get_answer_class_display())
    notify(
        Message(
            kind="recommendation_answered",
            key=f"recommendation-{recommendation.pk}-answered",
            recipient=recipient_of(author),
            due_at=now,
            context={"title": recommendation.title, "answer": words, "url": _url(recommendation)},
        )
    )


def _tell(
    recommendation: Recommendation,
    people: Iterable[User],
    *,
    kind: str,
    step: str,
    now: datetime,
) -> None:
    messages = []
    for person in people:
        with translation.override(person.language):
            due = message_date(recommendation.due_on)
        messages.append(
            Message(
                kind=kind,
                key=f"recommendation-{recommendation.pk}-{step}-{person.pk}",
                recipient=recipient_of(person),
                due_at=now,
                context={
                    "title": recommendation.title,
                    "date": due,
                    "overdue": "1" if step == "overdue" else "",
                    "url": _url(recommendation),
                },
            )
        )
    notify_all(messages)


def _url(recommendation: Recommendation) -> str:
    address = reverse("thinktank:recommendation", args=[recommendation.pk])
    return f"{settings.SITE_URL}{address}"
