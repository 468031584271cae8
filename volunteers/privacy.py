"""The hours' part in a person's copy of all data, in erasing it, and in forgetting in time.

The ledger itself stays for at least ten years (domain.md, "Volunteer hours"): its rows then belong
to an account that is empty, and say a team, times and minutes, but no words and no phone.
"""

from datetime import datetime, timedelta

from lishui_center.accounts.models import User
from volunteers.disputes.models import Dispute, DisputeState
from volunteers.history.models import HourEvent
from volunteers.hours.models import HourEntry

DEVICE_KEPT = timedelta(days=90)
"""Longer than review.rules.LOOKED_BACK, and no longer than it takes to look into a pattern."""


def export_hours(user: User) -> list[dict[str, object]]:
    """The person's records, with what happened to each and how they were corrected.

    One query while there are none, four for any number.
    """
    entries = HourEntry.objects.of(user).select_related("team").order_by("starts_at", "pk")
    whole = entries.prefetch_related("events", "adjustments", "disputes")
    return [_plain(entry) for entry in whole]


def forget_words(user: User) -> None:
    """Empty what the person wrote or was written about them, and the phone; the minutes stay.

    An open dispute keeps its words until it is answered: somebody has still to read them.
    """
    own = HourEntry.objects.of(user)
    HourEvent.objects.filter(entry__in=own.values("pk")).exclude(text="").update(text="")
    settled = Dispute.objects.filter(volunteer=user).exclude(state=DisputeState.OPEN)
    settled.update(text="")
    own.update(note="", answer="", reason="", device="")


def forget_devices(*, now: datetime) -> int:
    """Empty the phones of records that nobody looks for patterns in; how many. Safe twice."""
    old = HourEntry.objects.filter(created_at__lt=now - DEVICE_KEPT).exclude(device="")
    return old.update(device="")


def _plain(entry: HourEntry) -> dict[str, object]:
    return {
        "id": str(entry.pk),
        "team": entry.team.code,
        "from": entry.starts_at.isoformat(),
        "until": entry.ends_at.isoformat(),
        "minutes": entry.minutes,
        "note": entry.note,
        "source": entry.source,
        "evidence": entry.evidence,
        "state": entry.state,
        "history": [
            {"at": event.at.isoformat(), "act": event.act, "text": event.text}
            for event in entry.events.all()
        ],
        "corrections": [
            {
                "minutes": correction.minutes,
                "reason": correction.reason,
                "state": correction.state,
                "at": correction.made_at.isoformat(),
            }
            for correction in entry.adjustments.all()
        ],
        "disputes": [
            {"about": dispute.about, "text": dispute.text, "answer": dispute.answer}
            for dispute in entry.disputes.all()
        ],
    }
