"""Learning in a person's copy of all data, and in erasing it."""

from lishui_center.accounts.models import User
from volunteers.training.access import training_of
from volunteers.training.actions import unname


def export_training(user: User) -> list[dict[str, object]]:
    """The person's entries."""
    return [
        {
            "activity": entry.session.activity.title_zh,
            "date": entry.date.isoformat(),
            "minutes": entry.minutes,
            "scanned": entry.was_scanned,
        }
        for entry in training_of(user)
    ]


def forget_training(user: User) -> None:
    """The rows stay without their person, for a course's figures."""
    unname(user)
