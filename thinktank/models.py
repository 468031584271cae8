"""Index of the app's models; each concept keeps its own in its folder."""

from thinktank.experts.models import EngagedDay, Engagement, ExpertProfile
from thinktank.followup.models import Action
from thinktank.meetings.models import Decision, Meeting
from thinktank.observations.models import Interest, Observation
from thinktank.recommendations.models import (
    MemberRating,
    Recommendation,
    Response,
    Verification,
)

__all__ = [
    "Action",
    "Decision",
    "EngagedDay",
    "Engagement",
    "ExpertProfile",
    "Interest",
    "Meeting",
    "MemberRating",
    "Observation",
    "Recommendation",
    "Response",
    "Verification",
]
