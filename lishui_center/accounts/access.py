"""The doors of signed-in people, and the questions about roles that higher apps ask."""

import time
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import (
    MANAGER_ROLES,
    OFFICE_ROLES,
    STAFF_IDLE,
    STAFF_ROLES,
    Role,
    Scope,
)
from lishui_center.common import clock

TOUCH_EVERY = 60
"""Seconds between two writes of a session that is kept awake."""

BACKGROUND_HEADER = "X-Background"
"""Sent by a page that refreshes itself: such a request does not keep a staff session awake."""


class SignedInRequest(HttpRequest):
    """A request that has passed `login_required` or `staff_required`."""

    user: User


def grants_of(user: User | AnonymousUser, today: date) -> tuple[RoleGrant, ...]:
    """The grants in force that day; none for visitors."""
    return user.grants_on(today) if isinstance(user, User) else ()


def works_town_wide(user: User | AnonymousUser, today: date) -> bool:
    """Whether the person works for every centre of the town."""
    return any(
        grant.role in STAFF_ROLES and grant.scope == Scope.TOWN for grant in grants_of(user, today)
    )


def centre_ids_staffed_by(user: User | AnonymousUser, today: date) -> frozenset[int]:
    """The centres named in the person's grants; ask `works_town_wide` for the rest."""
    return frozenset(
        grant.scope_id
        for grant in grants_of(user, today)
        if grant.role in STAFF_ROLES and grant.scope_id is not None
    )


def staffed_centres(user: User | AnonymousUser, today: date, *, field: str = "centre_id") -> Q:
    """A filter for rows of the centres where the person works: `rows.filter(staffed_centres(…))`.

    `field` is the path from the row to the centre's number ("pk" for centres themselves). Nobody's
    filter matches nothing.
    """
    if works_town_wide(user, today):
        return Q()
    return Q(**{f"{field}__in": centre_ids_staffed_by(user, today)})


def managed_centres(user: User | AnonymousUser, today: date, *, field: str = "centre_id") -> Q:
    """A filter for rows of the centres that the person manages; the town's administrators: all.

    `field` as in `staffed_centres`.
    """
    grants = [grant for grant in grants_of(user, today) if grant.role in MANAGER_ROLES]
    if any(grant.scope == Scope.TOWN for grant in grants):
        return Q()
    return Q(**{f"{field}__in": {grant.scope_id for grant in grants}})


def staff_required(
    *, roles: frozenset[Role] = OFFICE_ROLES
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Open a view to people who hold one of `roles` today and signed in with two factors.

    Visitors are sent to the staff's sign-in; people without the role get 404, as if there were no
    such page; one factor is asked for the other. The session ends after 30 idle minutes.
    """

    def decorate(
        view: Callable[..., HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @never_cache  # Else "back" shows people's data after signing out.
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return staff_obstacle(request, roles) or view(request, *args, **kwargs)

        return guarded

    return decorate


def staff_obstacle(request: HttpRequest, roles: frozenset[Role]) -> HttpResponseBase | None:
    """Where the person must go first; None lets him in and keeps his session awake.

    Raises:
        Http404: signed in, without any of the roles.
    """
    path = request.get_full_path()
    if not isinstance(request.user, User):
        return redirect_to_login(path, resolve_url("account_login"))
    grants = request.user.grants_on(clock.today(timezone.now()))
    if not any(grant.role in roles for grant in grants):
        raise Http404
    if not has_two_factors(request):
        can_type_password = request.user.has_usable_password()
        step = "account_reauthenticate" if can_type_password else "account_set_password"
        return redirect_to_login(path, resolve_url(step))
    _stay_awake(request)
    return None


def roles_of(user: User | AnonymousUser, today: date) -> frozenset[str]:
    """The roles held anywhere that day."""
    return frozenset(grant.role for grant in grants_of(user, today))


def has_two_factors(request: HttpRequest) -> bool:
    """Whether this session began with an authenticator or key, or with password and code."""
    steps = {step["method"] for step in get_authentication_records(request, request.user)}
    return "mfa" in steps or {"password", "code"} <= steps


def get_grant_to_revoke(user: User, pk: int, today: date) -> RoleGrant:
    """A role that is the person's to take back, or 404."""
    grants = RoleGrant.objects.decidable_by(user, today).not_over(today)
    return get_object_or_404(grants.select_related("user"), pk=pk)


def _stay_awake(request: HttpRequest) -> None:
    """Push the end of the session 30 minutes on; at most one write a minute."""
    now = int(time.time())
    is_fresh = now - request.session.get("staff_seen_at", 0) < TOUCH_EVERY
    if not is_fresh and BACKGROUND_HEADER not in request.headers:
        request.session["staff_seen_at"] = now
        request.session.set_expiry(STAFF_IDLE)
