"""What the ledger of hours comes to: the one place where recognition asks it.

Stars, boards, certificates and returns all sum the column `counted` of `approved()`, so whatever
changes how long an approved record stands for is said here, and nowhere else.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from volunteers.hours.models import AdjustmentState, HourAdjustment, HourEntry, HourState


def approved() -> QuerySet[Any, Any]:
    """The approved records, each with `counted`: the minutes that it stands for today."""
    entries = HourEntry.objects.filter(state=HourState.APPROVED)
    confirmed = HourAdjustment.objects.filter(entry=OuterRef("pk"), state=AdjustmentState.CONFIRMED)
    corrections = confirmed.order_by().values("entry").annotate(sum=Sum("minutes")).values("sum")
    return entries.annotate(counted=F("minutes") + Coalesce(Subquery(corrections), 0))


def totals(people: Iterable[int]) -> dict[int, int]:
    """{person: approved minutes in all}; who has none is left out. One query for any number."""
    summed = approved().filter(volunteer__in=list(people)).order_by().values_list("volunteer")
    return dict(summed.annotate(total=Sum("counted")))
