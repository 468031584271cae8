"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.hours.models import HourEntry, HourMinute
from volunteers.teams.models import Membership, Team

__all__ = ["HourEntry", "HourMinute", "Membership", "Team"]
