"""The teams for everybody, and a team's people for its leaders."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from volunteers.joining.access import requests_to
from volunteers.leadership.access import proposals_of
from volunteers.pages.access import (
    centres_with_teams,
    hours_of,
    listed_teams,
    offices_of,
    standing_of,
)
from volunteers.pages.forms import FindForm
from volunteers.teams.access import get_team, get_team_to_decide, is_leader, people_of

PAGE_SIZE = 20
PEOPLE = 50


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """The active teams, by centre; by name and purpose."""
    form = FindForm(request.GET, centres=centres_with_teams())
    found = listed_teams(form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/pages/teams.html", {"form": form, "page": page})


@never_cache
@require_safe
def team(request: HttpRequest, code: str) -> HttpResponse:
    """What the team is, who leads it, what it came to, and how to join."""
    day = today(timezone.now())
    found = get_team(code)
    user = request.user if isinstance(request.user, User) else None
    standing = standing_of(user, found, day)
    context = {
        "team": found,
        "standing": standing,
        "offices": offices_of(found, whole_names=standing.member is not None),
        "minutes": hours_of(found, day),
    }
    return render(request, "volunteers/pages/team.html", context)


@never_cache
@login_required
@require_safe
def people(request: SignedInRequest, code: str) -> HttpResponse:
    """Who is in the team, who asks to join, and who is proposed: for its leaders."""
    found = get_team_to_decide(request.user, code, today(timezone.now()))
    page = Paginator(people_of(found), PEOPLE).get_page(request.GET.get("page"))
    context = {
        "team": found,
        "page": page,
        "requests": requests_to(found),
        "proposals": proposals_of(found),
        "is_leader": is_leader(request.user, found),
    }
    return render(request, "volunteers/pages/people.html", context)
