"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.allowances.models import DayAllowance
from volunteers.disputes.models import Dispute
from volunteers.history.models import HourEvent
from volunteers.hours.models import HourAdjustment, HourEntry, HourMinute
from volunteers.reconciliation.models import Reconciliation
from volunteers.review.models import DismissedAnomaly, SampledEntry
from volunteers.teams.models import Membership, Team

__all__ = [
    "DayAllowance",
    "DismissedAnomaly",
    "Dispute",
    "HourAdjustment",
    "HourEntry",
    "HourEvent",
    "HourMinute",
    "Membership",
    "Reconciliation",
    "SampledEntry",
    "Team",
]
