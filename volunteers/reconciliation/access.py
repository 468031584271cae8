"""Who sees what the nightly comparison found, and who is told."""

from datetime import date

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role
from volunteers.reconciliation.models import Reconciliation


def latest() -> Reconciliation | None:
    """The last night's result; None before the first."""
    return Reconciliation.objects.first()


def administrators(day: date) -> list[User]:
    """The town's administrators of that day."""
    grants = RoleGrant.objects.in_force(day).filter(role=Role.TOWN_ADMIN)
    found = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    return list(found.order_by("pk"))
