"""Approved minutes, for everybody who counts them: records, and the corrections confirmed since."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.db.models import Q, Sum

from volunteers.hours.models import AdjustmentState, HourAdjustment, HourEntry, HourState

By = Literal["volunteer", "team", "project"]


def approved_minutes(
    *,
    people: Iterable[int] | None = None,
    teams: Iterable[int] | None = None,
    projects: Iterable[int] | None = None,
    first: date | None = None,
    last: date | None = None,
    by: By = "volunteer",
) -> Counter[int]:
    """{volunteer, team or project: approved minutes}; none are 0 and not among the keys.

    Of these people, teams, projects, of the service that began from `first` to `last`, both
    included; None means all. Always two queries, each along an index: hours_by_volunteer for
    people, hours_approved_by_team for teams.
    """
    wanted = {
        "volunteer__in": people if people is None else list(people),
        "team__in": teams if teams is None else list(teams),
        "project__in": projects if projects is None else list(projects),
        "date__gte": first,
        "date__lte": last,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    entries = HourEntry.objects.approved().filter(**given)
    corrections = HourAdjustment.objects.filter(
        state=AdjustmentState.CONFIRMED,
        **{f"entry__{name}": value for name, value in given.items()},
    )
    found: Counter[int] = Counter()
    for row in entries.order_by().values_list(by).annotate(Sum("minutes")):
        found[row[0]] += row[1]
    for row in corrections.order_by().values_list(f"entry__{by}").annotate(Sum("minutes")):
        found[row[0]] += row[1]
    return found


def corrected_minutes(entry: HourEntry) -> int:
    """What stands of an approved record today."""
    confirmed = Q(state=AdjustmentState.CONFIRMED)
    delta: int = entry.adjustments.aggregate(sum=Sum("minutes", filter=confirmed, default=0))["sum"]
    return entry.minutes + delta if entry.state == HourState.APPROVED else 0
