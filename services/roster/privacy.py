"""The roster's part in a person's copy of all data, and in erasing it."""

from lishui_center.accounts.models import User
from services.roster.models import SwapRequest


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
