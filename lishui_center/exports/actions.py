"""Asking for an export, making it under a claim, stopping it, and forgetting it.

An export goes waiting → running → done. Every step is one conditional UPDATE that names the state
and the claim it found, so two workers never both write one, and a worker that lost its claim, or
whose export was stopped, hears of it with its next batch.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.common.errors import RuleError
from lishui_center.exports import files
from lishui_center.exports.models import Export
from lishui_center.exports.rules import (
    CLAIM_FOR,
    EXCEL_ROWS,
    KEPT_FOR,
    MOST_ATTEMPTS,
    OPEN_STATES,
    Format,
    Order,
    State,
)
from lishui_center.notifications.waking import Doorbell

WRITE_DUE = "exports.write_due"
doorbell = Doorbell(WRITE_DUE)


class TooManyRowsError(RuleError):
    """Excel would silently show the first million."""

    code = "too_many_rows"
    message = _("An Excel sheet holds 1,048,575 rows. Please narrow the list or take CSV.")


class ExportOverError(RuleError):
    """It was ready, or stopped, a moment before."""

    code = "export_over"
    message = _("This export is already over. Reload the page to see where it stands.")


class ClaimLostError(Exception):
    """The export was stopped, or another worker has taken it over."""


@transaction.atomic
def ask_export(*, owner: User, order: Order, rows: int, now: datetime) -> Export:
    """The export that a worker will make; the one on its way, when the same is asked twice.

    Raises:
        TooManyRowsError
    """
    check_rows(order.format, rows)
    try:
        with transaction.atomic():
            export: Export = Export.objects.create(
                owner=owner,
                table=order.table,
                format=order.format,
                language=order.language,
                query_sealed=seal(order.query),
                query_hash=lookup_hash(order.query, purpose="query"),
                rows_total=rows,
                created_at=now,
                expires_at=now + KEPT_FOR,
            )
    except IntegrityError:
        same: Export = Export.objects.filter(owner=owner).of_order(order).latest("pk")
        return same
    record(owner, "export.asked", export, name=order.table, format=order.format, rows=rows)
    transaction.on_commit(doorbell.ring, robust=True)
    return export


def check_rows(file_format: Format, rows: int) -> None:
    """Refuse what the kind of file cannot hold.

    Raises:
        TooManyRowsError
    """
    if file_format == Format.XLSX and rows > EXCEL_ROWS:
        raise TooManyRowsError


def record_exported(owner: User, order: Order, *, rows: int) -> None:
    """Tell the trail which list was taken away, and which filters narrowed it: not their values."""
    filters = sorted(pair.partition("=")[0] for pair in order.query.split("&") if pair)
    record(
        owner,
        "list.exported",
        "list",
        name=order.table,
        format=order.format,
        rows=rows,
        filters=filters,
    )


def claim_next(*, now: datetime) -> Export | None:
    """Take the next export; None when nothing waits, or another one is being written.

    One that stopped its workers too often is given up.
    """
    if Export.objects.being_made(now).exists():
        return None
    for export in Export.objects.due(now):
        if export.attempts >= MOST_ATTEMPTS:
            _move(export, state=State.FAILED, claimed_until=None)
        elif _claim(export, now):
            claimed: Export = export
            return claimed
    return None


def begin(export: Export, *, rows: int, now: datetime) -> None:
    """Note how many rows there are now; an earlier attempt's are forgotten.

    Raises:
        ClaimLostError, TooManyRowsError
    """
    check_rows(Format(export.format), rows)
    _keep(export, rows_total=rows, rows_done=0, claimed_until=now + CLAIM_FOR)


def advance(export: Export, *, rows: int, now: datetime) -> None:
    """Note that `rows` more are written, and keep the claim.

    Raises:
        ClaimLostError
    """
    _keep(export, rows_done=export.rows_done + rows, claimed_until=now + CLAIM_FOR)


@transaction.atomic
def finish(export: Export, *, file_name: str, now: datetime) -> None:
    """The file is there.

    Raises:
        ClaimLostError: it is nobody's file now.
    """
    done = {"state": State.DONE, "claimed_until": None, "file_name": file_name}
    _keep(export, **done, expires_at=now + KEPT_FOR)
    order = Order(export.table, Format(export.format), export.language, export.query)
    record_exported(export.owner, order, rows=export.rows_done)


def give_up(export: Export) -> None:
    """It cannot be written; its owner may ask again."""
    _move(export, state=State.FAILED, claimed_until=None)


@transaction.atomic
def stop_export(*, export: Export, by: User) -> None:
    """Stop one that is not ready; its worker hears of it with the next batch.

    Raises:
        ExportOverError
    """
    still_open = Export.objects.filter(pk=export.pk, state__in=OPEN_STATES)
    if not still_open.update(state=State.CANCELLED, claimed_until=None):
        raise ExportOverError
    record(by, "export.stopped", export, name=export.table)


def remove_expired(*, now: datetime) -> int:
    """Remove exports and files that were kept long enough; how many is the answer."""
    expired = list(Export.objects.expired(now).values_list("pk", "file_name"))
    for pk, name in expired:
        files.remove(name)
        Export.objects.filter(pk=pk).delete()
    files.sweep(now)
    return len(expired)


def _claim(export: Export, now: datetime) -> bool:
    changes = {"state": State.RUNNING, "claimed_until": now + CLAIM_FOR}
    try:
        with transaction.atomic():
            return _move(export, **changes, attempts=F("attempts") + 1)
    except IntegrityError:  # another worker was faster with another export
        return False


def _keep(export: Export, **changes: object) -> None:
    if not _move(export, **changes):
        raise ClaimLostError


def _move(export: Export, **changes: object) -> bool:
    """Change the row if it still is as this worker left it; False when somebody else has it."""
    as_found = Export.objects.filter(
        pk=export.pk, state=export.state, claimed_until=export.claimed_until
    )
    if not as_found.update(**changes):
        return False
    for field, value in changes.items():
        setattr(export, field, value)
    return True
