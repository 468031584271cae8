"""Which resources somebody sees or changes, and on which days they can be used."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from lishui_center.common.clock import CELLS_PER_DAY, moment
from services.hours.access import Opening, keeper_of, openings
from services.hours.models import CalendarDay
from services.hours.rules import plan_day
from services.resources.models import (
    Resource,
    ResourceClosure,
    ResourceHours,
    ResourceQuerySet,
    State,
)
from services.resources.rules import OpenDay, Run, cut, run_on

Row = TypeVar("Row", ResourceHours, ResourceClosure)


@dataclass
class _OneLane:
    """What the hours' arithmetic wants to know of a pool."""

    pk: int = 0
    lanes_online: int = 1
    lanes_total: int = 1


def get_for_resident(code: str) -> Resource:
    """The resource that residents may ask for, or 404."""
    return get_object_or_404(Resource.objects.for_residents().for_list(), code=code)


def get_for_staff(code: str) -> Resource:
    """Any resource: staff of every centre may look, so that they can share."""
    return get_object_or_404(Resource.objects.for_list(), code=code)


def get_to_change(user: User, code: str, today: date) -> Resource:
    """The resource, or 404 for anyone who does not manage its centre."""
    mine = Resource.objects.filter(managed_centres(user, today)).for_list()
    return get_object_or_404(mine, code=code)


def may_change(user: User, resource: Resource, today: date) -> bool:
    """Whether the person manages the resource's centre."""
    return Resource.objects.filter(managed_centres(user, today), pk=resource.pk).exists()


def get_part(resource: Resource, part: str, pk: int) -> ResourceHours | ResourceClosure:
    """A weekly stretch ("hours") or a closure of the resource, or 404."""
    if part == "hours":
        return get_object_or_404(ResourceHours, resource=resource, pk=pk)
    return get_object_or_404(ResourceClosure, resource=resource, pk=pk)


def closures_from(resource: Resource, now: datetime) -> QuerySet[ResourceClosure]:
    """The closures that are not over."""
    return ResourceClosure.objects.filter(resource=resource, ends_at__gt=now)


def others_of(resource: Resource) -> ResourceQuerySet:
    """What could stand in: the same kind, available, as large."""
    found = Resource.objects.available().filter(kind=resource.kind).exclude(pk=resource.pk)
    return found.for_list()


def open_days(
    resources: Iterable[Resource], first: date, last: date, *, now: datetime
) -> dict[int, list[OpenDay]]:
    """{resource id: its days from `first` to `last`}, at most four queries for any number.

    A resource keeps its own weekly hours if it has any, else those of its centre; what rests or
    is retired is never open.
    """
    resources = list(resources)
    own = _by_resource(ResourceHours.objects.filter(resource__in=resources))
    begins, ends = moment(first, 0), moment(last, CELLS_PER_DAY)
    closures = _by_resource(
        ResourceClosure.objects.filter(
            resource__in=resources, starts_at__lt=ends, ends_at__gt=begins
        )
    )
    following = {
        keeper_of(resource.centre).pk
        for resource in resources
        if resource.centre and resource.pk not in own
    }
    centres = openings(following, first, last, now=now) if following else {}
    specials = (
        {day.date: day for day in CalendarDay.objects.filter(date__range=(first, last))}
        if own
        else {}
    )
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found: dict[int, list[OpenDay]] = {}
    for resource in resources:
        if rows := own.get(resource.pk):
            usual = [_own_day(rows, day, specials.get(day)) for day in days]
        else:
            usual = _centre_days(resource, centres, days)
        found[resource.pk] = [
            _without(day, closures.get(resource.pk, []), resource) for day in usual
        ]
    return found


def _own_day(rows: Sequence[ResourceHours], day: date, special: CalendarDay | None) -> OpenDay:
    planned = plan_day(_OneLane(), day, rules=rows, exceptions=(), special=special)
    runs = tuple((span.first, span.end) for span in planned.spans)
    reason = special.name if special and not runs else ""
    return OpenDay(day, runs, closed_reason=reason)


def _centre_days(
    resource: Resource, centres: dict[int, list[Opening]], days: Sequence[date]
) -> list[OpenDay]:
    keeper = keeper_of(resource.centre).pk if resource.centre else 0
    planned = {opening.date: opening for opening in centres.get(keeper, [])}
    return [
        OpenDay(day, planned[day].spans, closed_reason=planned[day].closed_reason)
        if day in planned
        else OpenDay(day, ())
        for day in days
    ]


def _without(day: OpenDay, closures: Sequence[ResourceClosure], resource: Resource) -> OpenDay:
    """The day less its closures; none of it where the resource rests."""
    if resource.state != State.AVAILABLE:
        return OpenDay(day.date, (), ((0, CELLS_PER_DAY),))
    shut: list[Run] = []
    reason = day.closed_reason
    for closure in closures:
        if run := run_on(day.date, closure.starts_at, closure.ends_at):
            shut.append(run)
            reason = reason or closure.reason
    return OpenDay(day.date, cut(day.runs, shut), tuple(shut), reason)


def _by_resource(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.resource_id].append(row)
    return grouped
