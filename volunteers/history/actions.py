"""Writing down what happened to records of hours, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lishui_center.accounts.models import User
from volunteers.history.models import TEXT_LENGTH, Act, HourEvent


def note(entry_id: UUID, act: Act, *, by: User | None, now: datetime, text: str = "") -> None:
    """One act on one record."""
    note_all([entry_id], act, by=by, now=now, text=text)


def note_all(
    entry_ids: Iterable[UUID], act: Act, *, by: User | None, now: datetime, text: str = ""
) -> None:
    """The same act on each of the records: one INSERT."""
    HourEvent.objects.bulk_create(
        HourEvent(entry_id=pk, act=act, actor=by, at=now, text=text[:TEXT_LENGTH])
        for pk in entry_ids
    )
