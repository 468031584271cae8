"""What the ledger of hours comes to: the one place where recognition asks it.

Stars, boards, certificates and returns all sum the column `counted` of `approved()`, so whatever
changes how long an approved record stands for is said here, and nowhere else.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet, Sum

from volunteers.hours.models import HourEntry, HourState


def approved() -> QuerySet[Any, Any]:
    """The approved records, each with `counted`: the minutes that it stands for today."""
    entries = HourEntry.objects.filter(state=HourState.APPROVED)
    return entries.annotate(counted=F("minutes"))


def totals(people: Iterable[int]) -> dict[int, int]:
    """{person: approved minutes in all}; who has none is left out. One query for any number."""
    summed = approved().filter(volunteer__in=list(people)).order_by().values_list("volunteer")
    return dict(summed.annotate(total=Sum("counted")))
