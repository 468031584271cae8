"""What waits for the town: counts for the think tank's staff page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from lishui_center.accounts.models import User
from thinktank.experts.models import Engagement, EngagementQuerySet
from thinktank.experts.rules import REMIND_BEFORE
from thinktank.meetings.models import Decision, DecisionState
from thinktank.observations.access import for_office
from thinktank.observations.models import Observation
from thinktank.recommendations.models import Recommendation


@dataclass(frozen=True)
class Waiting:
    """How many of each; every number leads to its list."""

    reports: int
    unanswered: int
    overdue: int
    decisions: int
    current: int
    published: int


def waiting_for_town(user: User, day: date) -> Waiting:
    """The figures of the day: five queries however many rows there are."""
    advice = Recommendation.objects.waiting().aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day))
    )
    late = Decision.objects.filter(state=DecisionState.OPEN, due_on__lt=day)
    return Waiting(
        reports=for_office(user, day).count(),
        unanswered=advice["all"],
        overdue=advice["late"],
        decisions=late.count(),
        current=Engagement.objects.current(day).count(),
        published=Observation.objects.published().count(),
    )


def ending_soon(day: date) -> EngagementQuerySet:
    """Terms in force that end within 60 days, the earliest first."""
    soon = Engagement.objects.current(day).filter(ends_on__lte=day + REMIND_BEFORE)
    return soon.select_related("expert").order_by("ends_on")


def late_decisions(day: date) -> list[Decision]:
    """Decisions that are overdue, the longest first."""
    late = Decision.objects.filter(state=DecisionState.OPEN, due_on__lt=day)
    return list(late.select_related("centre", "meeting")[:20])
