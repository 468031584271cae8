"""The clock of an answer: a word at 80 % of the time and one when it is over, each once."""

from datetime import datetime

from django.db import transaction

from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from thinktank.recommendations import rules
from thinktank.recommendations.access import owners_of
from thinktank.recommendations.messages import warn_owners
from thinktank.recommendations.models import Recommendation


def tick(*, now: datetime) -> int:
    """Remind the owners of what is nearly or wholly overdue; how many. Safe to run twice."""
    day = today(now)
    waiting = Recommendation.objects.waiting()
    late = waiting.filter(due_on__lt=day, overdue_told_at=None).values_list("pk", flat=True)
    told = sum(_remind(pk, overdue=True, now=now) for pk in list(late))
    running = waiting.filter(due_on__gte=day, warned_at=None).values_list(
        "pk", "issued_on", "due_on"
    )
    near = [pk for pk, issued, due in running if rules.warn_on(issued, due) <= day]
    return told + sum(_remind(pk, overdue=False, now=now) for pk in near)


@transaction.atomic
def _remind(pk: int, *, overdue: bool, now: datetime) -> bool:
    """Claim the reminder and write it; False when another worker has."""
    column = "overdue_told_at" if overdue else "warned_at"
    waiting = Recommendation.objects.waiting().filter(pk=pk).values("pk")
    mine = Recommendation.objects.filter(pk__in=waiting, **{column: None})
    if not mine.update(**{column: now}):
        return False
    recommendation = Recommendation.objects.select_related("centre").get(pk=pk)
    warn_owners(recommendation, owners_of(recommendation, today(now)), overdue=overdue, now=now)
    step = "recommendation.overdue" if overdue else "recommendation.warned"
    record(None, step, recommendation, centre_id=recommendation.centre_id)
    return True
