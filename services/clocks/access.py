"""What is promised for a category, and a centre's working time."""

from datetime import date, datetime, timedelta

from services.centres.models import Centre
from services.clocks.models import SlaPolicy
from services.clocks.rules import Calendar
from services.hours.access import keeper_of, openings
from services.requests.models import Category

SIGHT = timedelta(days=60)
"""How far planned days are read; beyond, weekdays count."""


def policy_of(category: str) -> SlaPolicy:
    """The version in force; version 0, the house's defaults, while nobody set one."""
    stored = SlaPolicy.objects.filter(category=category).order_by("-version").first()
    return stored or SlaPolicy(category=category, version=0)


def calendar_of(centre: Centre, first: date, *, now: datetime) -> Calendar:
    """The opening of the centre where the need is, whoever works on it. One query."""
    keeper = keeper_of(centre).pk
    last = now.date() + SIGHT
    days = openings([keeper], first, last, now=now).get(keeper, [])
    return Calendar({planned.date: planned.spans for planned in days})


def policies() -> list[SlaPolicy]:
    """What is in force for every category, in their order: one query."""
    newest: dict[str, SlaPolicy] = {}
    for policy in SlaPolicy.objects.order_by("version"):
        newest[policy.category] = policy
    return [newest.get(value) or SlaPolicy(category=value, version=0) for value in Category.values]
