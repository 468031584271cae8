"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.activities.models import Activity, Session
from volunteers.hours.models import HourEntry, HourMinute
from volunteers.signups.models import Signup
from volunteers.teams.models import Membership, Team
from volunteers.training.models import TrainingEntry

__all__ = [
    "Activity",
    "HourEntry",
    "HourMinute",
    "Membership",
    "Session",
    "Signup",
    "Team",
    "TrainingEntry",
]
