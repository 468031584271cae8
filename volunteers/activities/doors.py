"""The doors of pages for those who run an activity: its team's leaders, and the centre's staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lishui_center.accounts.access import SignedInRequest, staff_obstacle
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.clock import today
from volunteers.activities.access import get_activity_to_run, get_session_to_run, leads
from volunteers.activities.models import Activity

View: TypeAlias = Callable[..., HttpResponseBase]


def runs_activity(view: View) -> View:
    """Hand the activity of the address to the view; 404 for whoever does not run it.

    Staff come in with their two factors, leaders with their ordinary sign-in.
    """

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: SignedInRequest, code: str, *args: Any) -> HttpResponseBase:
        activity = get_activity_to_run(request.user, code, today(timezone.now()))
        return _obstacle(request, activity) or view(request, activity, *args)

    return guarded


def runs_session(view: View) -> View:
    """The same for a session."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: SignedInRequest, pk: int, *args: Any) -> HttpResponseBase:
        session = get_session_to_run(request.user, pk, today(timezone.now()))
        return _obstacle(request, session.activity) or view(request, session, *args)

    return guarded


def _obstacle(request: HttpRequest, activity: Activity) -> HttpResponseBase | None:
    assert not request.user.is_anonymous  # noqa: S101 - login_required; tells mypy
    if leads(request.user, activity, today(timezone.now())):
        return None
    return staff_obstacle(request, STAFF_ROLES)
