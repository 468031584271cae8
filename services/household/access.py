"""A person's own relatives; nobody sees another's."""

from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from services.household.models import FamilyMember


def get_relative(user: User, pk: int) -> FamilyMember:
    """The user's relative, or 404: a stranger learns nothing."""
    return get_object_or_404(FamilyMember, user=user, pk=pk)
