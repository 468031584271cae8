"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.activities.models import Activity, Session
from volunteers.evidence.models import Evidence
from volunteers.hours.models import HourEntry, HourMinute
from volunteers.importing.models import MemberImport
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.plans.models import BudgetLine, Milestone
from volunteers.projects.models import ActiveSpell, Project, ProjectTeam
from volunteers.signups.models import Signup
from volunteers.teams.models import Membership, Team
from volunteers.training.models import TrainingEntry

__all__ = [
    "ActiveSpell",
    "Activity",
    "BudgetLine",
    "Evidence",
    "HourEntry",
    "HourMinute",
    "JoinRequest",
    "MemberImport",
    "Membership",
    "Milestone",
    "Project",
    "ProjectTeam",
    "RoleProposal",
    "Session",
    "Signup",
    "Team",
    "TrainingEntry",
]
