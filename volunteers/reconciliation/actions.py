"""Comparing the ledger of hours with itself every night, independently of how it is read by day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Min, Sum
from django.urls import reverse
from django.utils import translation

from lishui_center.accounts.recipients import recipient_of
from lishui_center.audit.actions import record
from lishui_center.common.clock import today
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, notify_all
from volunteers.hours.ledger import approved_minutes
from volunteers.hours.models import (
    AdjustmentState,
    HourAdjustment,
    HourEntry,
    HourMinute,
    HourState,
)
from volunteers.hours.rules import ENTERED_WITHIN, minute_keys
from volunteers.reconciliation.access import administrators
from volunteers.reconciliation.models import Reconciliation
from volunteers.reconciliation.rules import Difference, Line, differs, sweep

KEPT = 100
"""More differences than this are counted and not listed."""
SETTLING = timedelta(minutes=1)
"""Younger records may still be written while the rest is read."""


@transaction.atomic
def reconcile(*, now: datetime) -> Reconciliation:
    """Compare, keep the result, and tell the town's administrators where something differs.

    Safe to run twice a day: the later result stands, and nobody is told twice. One pass over the
    records that count, however many years they go back.
    """
    lines = list(_lines())
    totals = Counter[int]()
    for line in lines:
        if line.is_approved:
            totals[line.volunteer] += int((line.end - line.start).total_seconds()) // 60
    found = [*sweep(lines), *_minutes(now), *_corrections(totals), *_standing(totals)]
    found += _what_stood(now)
    settled = now - SETTLING
    result, _is_new = Reconciliation.objects.update_or_create(
        day=today(now),
        defaults={
            "ran_at": settled,
            "ok": not found,
            "minutes": _stood_at(settled),
            "differences": found[:KEPT],
        },
    )
    if found:
        record(None, "hours.ledger_differs", result, ok=False, differences=len(found))
        _alarm(result, len(found), now)
    return result


def _lines() -> Iterator[Line]:
    """The records that count, by person and start."""
    rows = HourEntry.objects.filter(
        state__in=[HourState.SUBMITTED, HourState.NEEDS_INFO, HourState.APPROVED]
    )
    emptied = set(
        HourAdjustment.objects.filter(state=AdjustmentState.CONFIRMED, after=0).values_list(
            "entry", flat=True
        )
    )
    fields = ("volunteer", "starts_at", "ends_at", "minutes", "pk", "state")
    ordered = rows.order_by("volunteer", "starts_at", "pk").values_list(*fields)
    for volunteer, start, end, minutes, pk, state in ordered.iterator(chunk_size=5000):
        if pk not in emptied:
            yield Line(volunteer, start, end, minutes, pk, state == HourState.APPROVED)


def _minutes(now: datetime) -> Iterator[Difference]:
    """Every record that began within the window holds its own minutes, and nothing else any."""
    taken = {
        row["entry"]: row
        for row in HourMinute.objects.order_by()
        .values("entry")
        .annotate(n=Count("pk"), least=Min("minute"), most=Max("minute"))
    }
    window = HourEntry.objects.counting().filter(
        starts_at__gte=now - ENTERED_WITHIN, created_at__lte=now - SETTLING
    )
    for entry in window.order_by().iterator(chunk_size=5000):
        row = taken.get(entry.pk)
        keys = minute_keys(entry.starts_at, entry.ends_at)
        if row is None or row["n"] != entry.minutes:
            yield differs("minute_rows", entry.pk, entry.minutes, row["n"] if row else 0)
        elif (row["least"], row["most"]) != (keys[0], keys[-1]):
            yield differs("minute_rows_elsewhere", entry.pk, keys[0], row["least"])
    counting = HourEntry.objects.counting().values("pk")
    orphans = HourMinute.objects.exclude(entry__in=counting).order_by()
    for pk, number in orphans.values_list("entry").annotate(Count("pk")):
        yield differs("minutes_of_nobody", pk, 0, number)


def _corrections(totals: Counter[int]) -> Iterator[Difference]:
    """Each corrected record stands at what its last correction says; adds them to `totals`."""
    confirmed = HourAdjustment.objects.filter(state=AdjustmentState.CONFIRMED)
    after: dict[object, tuple[HourAdjustment, int]] = {}
    for correction in confirmed.select_related("entry").order_by("entry", "confirmed_at", "pk"):
        start = after[correction.entry_id][1] if correction.entry_id in after else 0
        before = start or correction.entry.minutes
        after[correction.entry_id] = (correction, before + correction.minutes)
    for last, counted in after.values():
        if counted != last.after or last.entry.state != HourState.APPROVED:
            yield differs("correction", last.entry_id, last.after, counted)
        if counted:
            totals[last.volunteer_id] += counted - last.entry.minutes


def _standing(totals: Counter[int]) -> Iterator[Difference]:
    """What pages show for each person is what the records and corrections come to."""
    shown = approved_minutes()
    for person in totals.keys() | shown.keys():
        if totals[person] != shown[person]:
            yield differs("total", person, totals[person], shown[person])


def _what_stood(now: datetime) -> Iterator[Difference]:
    """What stood on the last good night still does: nothing old was changed or taken away."""
    last = Reconciliation.objects.filter(day__lt=today(now), ok=True).first()
    if last is None:
        return
    stands = _stood_at(last.ran_at)
    if stands != last.minutes:
        yield differs("changed_since", last.day.isoformat(), last.minutes, stands)


def _stood_at(moment: datetime) -> int:
    """The minutes that were approved or corrected up to the moment, as the rows say today."""
    approved = HourEntry.objects.approved().filter(decided_at__lte=moment)
    confirmed = HourAdjustment.objects.filter(
        state=AdjustmentState.CONFIRMED, confirmed_at__lte=moment
    )
    sums = (rows.aggregate(sum=Sum("minutes", default=0))["sum"] for rows in (approved, confirmed))
    return sum(sums)


def _alarm(result: Reconciliation, number: int, now: datetime) -> None:
    notify_all(
        [
            Message(
                kind="ledger_differs",
                key=f"ledger-{result.day}-{admin.pk}",
                recipient=recipient_of(admin),
                due_at=now,
                context=_facts(admin.language, result.day, number),
            )
            for admin in administrators(result.day)
        ]
    )


def _facts(language: str, day: date, number: int) -> dict[str, str]:
    with translation.override(language):
        return {
            "date": message_date(day),
            "count": str(number),
            "url": f"{settings.SITE_URL}{reverse('hours:audit')}",
        }
