"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.activities.models import Activity, Session
from volunteers.boards.models import BoardConsent, TeamDay
from volunteers.certificates.models import Certificate
from volunteers.evidence.models import Evidence
from volunteers.hours.models import HourEntry, HourMinute
from volunteers.importing.models import MemberImport
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.plans.models import BudgetLine, Milestone
from volunteers.projects.models import ActiveSpell, Project, ProjectTeam
from volunteers.recognition.models import Objection, StarAward
from volunteers.returns.models import ReturnBatch, ReturnRow
from volunteers.signups.models import Signup
from volunteers.teams.models import Membership, Team
from volunteers.training.models import TrainingEntry

__all__ = [
    "ActiveSpell",
    "Activity",
    "BoardConsent",
    "BudgetLine",
    "Certificate",
    "Evidence",
    "HourEntry",
    "HourMinute",
    "JoinRequest",
    "MemberImport",
    "Membership",
    "Milestone",
    "Objection",
    "Project",
    "ProjectTeam",
    "ReturnBatch",
    "ReturnRow",
    "RoleProposal",
    "Session",
    "Signup",
    "StarAward",
    "Team",
    "TeamDay",
    "TrainingEntry",
]
