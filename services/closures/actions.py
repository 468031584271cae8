"""Closing many centres at short notice: a typhoon, a red rainstorm warning, a power cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, Q

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from services.centres.actions import remove_setting, save_setting
from services.centres.models import Centre
from services.closures.models import Closure
from services.hours.models import HoursException
from services.hours.rules import closed_from
from services.opening.actions import Change, apply_change
from services.orphans.access import find_orphans
from services.orphans.actions import Notice, settle_orphans
from services.orphans.rules import Decision


@dataclass(frozen=True)
class ClosingOrder:
    """Which centres close on what day, all day or from `closes` on, and why."""

    centres: Sequence[Centre]
    day: date
    closes: time | None
    notice: Notice

    def change(self, by: User) -> Change:
        """The closing as a change to preview and apply."""
        centre_ids = tuple(centre.pk for centre in self.centres)
        return Change(centre_ids, lambda: _write_exceptions(self, by), day=self.day)


@transaction.atomic
def close_centres(
    *, order: ClosingOrder, decision: Decision, expected: str, by: User, now: datetime
) -> Closure:
    """Close the centres, all or none, if that does what the preview `expected` showed.

    Their bookings are decided on afterwards by `settle_closure`, which can be cut short and
    run again.

    Raises:
        StalePreviewError: nothing was written.
    """
    effect = apply_change(change=order.change(by), expected=expected, now=now)
    closure = Closure.objects.create(
        date=order.day,
        closes=order.closes,
        reason_zh=order.notice.reason_zh,
        reason_en=order.notice.reason_en,
        decision=decision,
        bookings=len(effect.orphans) + len(effect.earlier),
        created_by=by,
        created_at=now,
    )
    closure.centres.set(order.centres)
    record(
        by,
        "closure.made",
        closure,
        reason=order.notice.reason_zh,
        centres=len(order.centres),
        bookings=closure.bookings,
        date=order.day.isoformat(),
        closes=str(order.closes or ""),
    )
    return closure


def settle_closure(*, closure: Closure, limit: int, now: datetime) -> int:
    """Decide on up to `limit` of the bookings that the closing orphaned; how many are left.

    What is left is read from the bookings themselves, so nothing is lost or done twice
    whoever runs this, and however often.
    """
    pks = find_orphans(Q(centre__in=closure.centres.all(), date=closure.date), now=now)
    notice = Notice(closure.reason_zh, closure.reason_en)
    for pk in pks[:limit]:
        settled = settle_orphans(
            pks=[pk],
            decision=Decision(closure.decision),
            notice=notice,
            by=closure.created_by,
            now=now,
        )
        # After each one, so that the page shows progress.
        Closure.objects.filter(pk=closure.pk).update(
            kept=F("kept") + settled.kept, moved=F("moved") + settled.moved
        )
    left = max(0, len(pks) - limit)
    if not left:
        Closure.objects.filter(pk=closure.pk, settled_at=None).update(settled_at=now)
    return left


def _write_exceptions(order: ClosingOrder, by: User) -> None:
    """One exception for each centre; those of single pools are brought in line with it."""
    known = HoursException.objects.filter(centre__in=order.centres, date=order.day)
    by_centre: dict[int, list[HoursException]] = {centre.pk: [] for centre in order.centres}
    for row in known:
        by_centre[row.centre_id].append(row)
    for centre in order.centres:
        for row in _closed_rows(centre, by_centre[centre.pk], order):
            save_setting(row=row, by=by)
        if order.closes is None:
            _remove_pool_rows(by_centre[centre.pk], by)


def _closed_rows(
    centre: Centre, known: Iterable[HoursException], order: ClosingOrder
) -> Iterable[HoursException]:
    own = [row for row in known if order.closes is not None or row.pool_id is None]
    for row in own:
        row.opens, row.closes = closed_from(row.opens, row.closes, order.closes)
        row.reason_zh, row.reason_en = order.notice.reason_zh, order.notice.reason_en
        yield row
    if all(row.pool_id is not None for row in own):
        yield HoursException(
            centre=centre,
            date=order.day,
            closes=order.closes,
            reason_zh=order.notice.reason_zh,
            reason_en=order.notice.reason_en,
        )


def _remove_pool_rows(known: Iterable[HoursException], by: User) -> None:
    """A centre closed all day has no pool that is open."""
    for row in known:
        if row.pool_id is not None:
            remove_setting(row=row, by=by)
