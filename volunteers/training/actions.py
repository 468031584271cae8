"""Keeping the ledger of learning. Only this file writes it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from volunteers.activities.models import Session
from volunteers.training.models import TrainingEntry


@dataclass(frozen=True)
class Part:
    """How long somebody was at a session of a course, and on whose word; None is the code's."""

    session: Session
    minutes: int
    ticked_by: User | None = None


@transaction.atomic
def record_training(*, user: User, part: Part, now: datetime) -> TrainingEntry | None:
    """Keep it once for a person and session; None when there is not a whole minute.

    Service hours are another ledger: nothing here is ever counted there.
    Source: domain.md, "Volunteer hours".
    """
    if part.minutes < 1:
        return None
    entry, is_new = TrainingEntry.objects.get_or_create(
        user=user,
        session=part.session,
        defaults={
            "date": part.session.date,
            "minutes": part.minutes,
            "was_scanned": part.ticked_by is None,
            "ticked_by": part.ticked_by,
            "created_at": now,
        },
    )
    if is_new:
        record(part.ticked_by or user, "training.recorded", entry, minutes=entry.minutes)
    return entry


def unname(user: User) -> None:
    """Take the person out of the ledger; the rows stay, to be counted."""
    TrainingEntry.objects.of(user).update(user=None)
