"""The roster's part in a person's copy of all data, in erasing it, and in forgetting in time."""

from datetime import datetime, timedelta

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.roster.models import Leave, Shift, SwapRequest

KEPT_FOR = timedelta(days=2 * 365)
"""As long as records of pay and attendance are kept (Interim Provisions on Payment of Wages, 6)."""


def export_duties(user: User) -> dict[str, object]:
    """The person's shifts and leaves."""
    return {
        "shifts": [
            {
                "centre": shift.centre.code,
                "from": shift.starts_at.isoformat(),
                "until": shift.ends_at.isoformat(),
            }
            for shift in user.shifts.select_related("centre").order_by("date", "from_cell")
        ],
        "leaves": [
            {
                "first": leave.first.isoformat(),
                "last": leave.last.isoformat(),
                "kind": leave.kind,
                "state": leave.state,
            }
            for leave in user.leaves.order_by("first")
        ],
    }


def forget_duties(user: User) -> None:
    """Remove the leaves and requests; shifts stay, to be counted, with an empty account."""
    SwapRequest.objects.of(user).delete()
    user.leaves.all().delete()


def forget_old(*, now: datetime) -> int:
    """Remove shifts, leaves and swaps older than two years; how many. Safe to run twice."""
    before = today(now - KEPT_FOR)
    swaps = SwapRequest.objects.filter(shift__date__lt=before).delete()[0]
    leaves = Leave.objects.filter(last__lt=before).delete()[0]
    return swaps + leaves + Shift.objects.filter(date__lt=before).delete()[0]
