"""Giving roles, and taking them back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role, Scope
from lishui_center.audit.actions import record
from lishui_center.common import clock
from lishui_center.common.errors import RuleError


class OwnRoleError(RuleError):
    """Nobody decides on a role of his own."""

    code = "own_role"
    message = _("Your own roles are decided by somebody else.")
    status = 403


class RoleNotYoursError(RuleError):
    """The role is not this person's to give or to take."""

    code = "role_not_yours"
    message = _("Managers decide on the staff of their own centre, the town on everything else.")
    status = 403


class SeparateDutiesError(RuleError):
    """Who administers is not the one who audits."""

    code = "separate_duties"
    message = _("Nobody can be administrator and auditor at once. End the other role first.")


class RoleHeldError(RuleError):
    """The person has this role from that day on."""

    code = "role_held"
    message = _("This person already holds the role from that day on.")


APART = {Role.TOWN_ADMIN: Role.AUDITOR, Role.AUDITOR: Role.TOWN_ADMIN}


def grant_role(*, grant: RoleGrant, by: User, now: datetime) -> RoleGrant:
    """Give the role that the unsaved `grant` describes.

    Raises:
        OwnRoleError, RoleNotYoursError, SeparateDutiesError, RoleHeldError: nothing was written.
    """
    _check_may_decide(grant, by, now)
    other = APART.get(Role(grant.role))
    if other and grant.user.role_grants.not_over(clock.today(now)).filter(role=other).exists():
        raise SeparateDutiesError
    grant.granted_by, grant.granted_at = by, now
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
            _record(by, "role.granted", grant)
    except IntegrityError as refusal:
        raise RoleHeldError from refusal
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: User, now: datetime) -> None:
    """Take the role back at once; the row stays. Doing it twice changes nothing more.

    Raises:
        OwnRoleError, RoleNotYoursError: nothing was written.
    """
    _check_may_decide(grant, by, now)
    if RoleGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=now):
        _record(by, "role.revoked", grant)


def _check_may_decide(grant: RoleGrant, by: User, now: datetime) -> None:
    today = clock.today(now)
    if grant.user == by:
        raise OwnRoleError
    is_own_staff = (
        grant.role == Role.CENTRE_STAFF
        and grant.scope == Scope.CENTRE
        and grant.scope_id is not None
        and by.manages(grant.scope_id, today)
    )
    if not (by.is_town_admin(today) or is_own_staff):
        raise RoleNotYoursError


def _record(by: User, action: str, grant: RoleGrant) -> None:
    centre_id = grant.scope_id if grant.scope == Scope.CENTRE else None
    record(
        by,
        action,
        grant,
        centre_id=centre_id,
        user=grant.user_id,
        role=grant.role,
        scope=grant.scope,
        scope_id=grant.scope_id,
        valid_from=grant.valid_from.isoformat(),
        valid_to=grant.valid_to.isoformat() if grant.valid_to else None,
    )
