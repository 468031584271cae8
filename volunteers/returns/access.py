"""Who returns hours to the national system, and which of them are still to go."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres
from lishui_center.accounts.models import User
from services.centres.access import centres_managed_by
from services.centres.models import Centre, CentreQuerySet
from volunteers.hours.models import HourEntry, HourState
from volunteers.recognition.ledger import approved
from volunteers.returns.models import ReturnBatch, ReturnRow, RowState

Due = tuple[HourEntry, int, int]
"""(record, turn, minutes that now stand)"""


def returns_whole_town(user: User, day: date) -> bool:
    """Whether the person may put the records of all teams into one batch."""
    return user.is_town_admin(day)


def centres_to_return(user: User, day: date) -> CentreQuerySet:
    """The centres whose teams' records the person returns."""
    return centres_managed_by(user, day)


def batches_of(user: User, day: date) -> QuerySet[ReturnBatch]:
    """The batches of the centres that the person manages, the latest first."""
    found = ReturnBatch.objects.filter(managed_centres(user, day))
    counts = {state.value: Count("rows", filter=Q(rows__state=state)) for state in RowState}
    return found.select_related("centre", "created_by").annotate(**counts).order_by("-pk")


def get_batch(user: User, pk: int, day: date) -> ReturnBatch:
    """The batch, or 404 for whoever does not manage its centre."""
    return get_object_or_404(batches_of(user, day), pk=pk)


def never_returned(centre: Centre | None) -> QuerySet[Any, Any]:
    """Approved records that are in no batch yet, the oldest first."""
    known = ReturnRow.objects.filter(entry=OuterRef("pk"))
    fresh = _of(centre, approved()).filter(~Exists(known), counted__gt=0)
    return fresh.order_by("starts_at", "pk")


def to_correct(centre: Centre | None) -> Iterator[Due]:
    """What was handed in and stands for other minutes since: the ledger was adjusted."""
    rows = ReturnRow.objects.filter(entry=OuterRef("pk")).order_by("-turn")
    told = Subquery(rows.values("minutes")[:1])
    known = {"told": told, "turn": Subquery(rows.values("turn")[:1])}
    returned = Q(pk__in=ReturnRow.objects.values("entry"))
    standing = _of(centre, approved()).filter(returned).annotate(**known)
    for entry in standing.exclude(told=F("counted")).order_by("starts_at", "pk"):
        yield entry, entry.turn + 1, entry.counted
    taken_back = HourEntry.objects.exclude(state=HourState.APPROVED).filter(returned)
    for entry in _of(centre, taken_back).annotate(**known).filter(told__gt=0):
        yield entry, entry.turn + 1, 0


def _of(centre: Centre | None, entries: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return entries.filter(team__centre=centre) if centre else entries
