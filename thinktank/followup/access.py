"""The steps that follow, and who settles them."""

from datetime import date

from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from thinktank.followup.models import Action
from thinktank.recommendations.access import owned_by
from thinktank.recommendations.models import Recommendation


def get_action(user: User, pk: int, day: date) -> Action:
    """A step of what the person owns, or 404."""
    owned = Recommendation.objects.filter(owned_by(user, day))
    return get_object_or_404(Action, pk=pk, recommendation__in=owned)
