"""Index of the app's models; each concept keeps its own in its folder."""

from volunteers.boards.models import BoardConsent, TeamDay
from volunteers.certificates.models import Certificate
from volunteers.hours.models import HourEntry, HourMinute
from volunteers.recognition.models import Objection, StarAward
from volunteers.returns.models import ReturnBatch, ReturnRow
from volunteers.teams.models import Membership, Team

__all__ = [
    "BoardConsent",
    "Certificate",
    "HourEntry",
    "HourMinute",
    "Membership",
    "Objection",
    "ReturnBatch",
    "ReturnRow",
    "StarAward",
    "Team",
    "TeamDay",
]
