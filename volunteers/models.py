"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.activities.models import Activity, Session
from volunteers.allowances.models import DayAllowance
from volunteers.boards.models import BoardConsent, TeamDay
from volunteers.certificates.models import Certificate
from volunteers.disputes.models import Dispute
from volunteers.evidence.models import Evidence
from volunteers.history.models import HourEvent
from volunteers.hours.models import HourAdjustment, HourEntry, HourMinute
from volunteers.importing.models import MemberImport
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.needs.models import ProjectNeed
from volunteers.plans.models import BudgetLine, Milestone
from volunteers.projects.models import ActiveSpell, Project, ProjectTeam
from volunteers.recognition.models import Objection, StarAward
from volunteers.reconciliation.models import Reconciliation
from volunteers.returns.models import ReturnBatch, ReturnRow
from volunteers.review.models import DismissedAnomaly, SampledEntry
from volunteers.signups.models import Signup
from volunteers.teams.models import Membership, Team
from volunteers.training.models import TrainingEntry

__all__ = [
    "ActiveSpell",
    "Activity",
    "BoardConsent",
    "BudgetLine",
    "Certificate",
    "DayAllowance",
    "DismissedAnomaly",
    "Dispute",
    "Evidence",
    "HourAdjustment",
    "HourEntry",
    "HourEvent",
    "HourMinute",
    "JoinRequest",
    "MemberImport",
    "Membership",
    "Milestone",
    "Objection",
    "Project",
    "ProjectNeed",
    "ProjectTeam",
    "Reconciliation",
    "ReturnBatch",
    "ReturnRow",
    "RoleProposal",
    "SampledEntry",
    "Session",
    "Signup",
    "StarAward",
    "Team",
    "TeamDay",
    "TrainingEntry",
]
