"""Teams by their hours, for everybody; people of a team by theirs, for its members."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.boards.access import consent_of, get_team_of, people_ranked, teams_ranked
from volunteers.boards.rules import Span, period_of
from volunteers.teams.access import memberships_of

PAGE_SIZE = 50


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """All teams of the town, as the last night counted them."""
    day, span = today(timezone.now()), _span(request)
    page = _page(request, teams_ranked(period_of(span, day)))
    user = request.user
    mine = memberships_of(user, day) if isinstance(user, User) else ()
    context = {"page": page, "span": span, "mine": [member.team for member in mine]}
    return render(request, "volunteers/boards/teams.html", context)


@never_cache
@login_required
@require_safe
def team_board(request: SignedInRequest, code: str) -> HttpResponse:
    """The members of one's own team who agreed to be named."""
    day, span = today(timezone.now()), _span(request)
    team = get_team_of(request.user, code, day)
    page = _page(request, people_ranked(team, period_of(span, day)))
    consent = consent_of(request.user)
    context = {"team": team, "page": page, "span": span, "consent": consent}
    return render(request, "volunteers/boards/people.html", context)


def _span(request: HttpRequest) -> Span:
    return Span.YEAR if request.GET.get("span") == Span.YEAR else Span.MONTH


def _page(request: HttpRequest, rows: QuerySet[Any, Any]) -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
