"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.hours.models import HourEntry, HourMinute
from volunteers.importing.models import MemberImport
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.teams.models import Membership, Team

__all__ = [
    "HourEntry",
    "HourMinute",
    "JoinRequest",
    "MemberImport",
    "Membership",
    "RoleProposal",
    "Team",
]
