"""Which of a person's hours went to the national system: in the copy of all data."""

from lishui_center.accounts.models import User
from volunteers.returns.models import ReturnRow, RowState


def export_returns(user: User) -> list[dict[str, object]]:
    """What was reported elsewhere about the person, and when."""
    rows = ReturnRow.objects.filter(entry__volunteer=user).exclude(state=RowState.TO_SEND)
    return [
        {
            "record": str(row.entry_id),
            "minutes": row.minutes,
            "state": row.state,
            "reason": row.reason,
            "at": row.changed_at.isoformat(),
        }
        for row in rows.order_by("pk")
    ]


def forget_returns(user: User) -> None:
    """Take out what the answers say; that a record was handed in stays with the record."""
    refused = ReturnRow.objects.filter(entry__volunteer=user, state=RowState.REFUSED)
    refused.update(reason="-")
