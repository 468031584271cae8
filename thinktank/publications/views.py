"""What the think tank published: reports with their evidence, and what was answered."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from lishui_center.common.clock import today
from lishui_center.common.search import searched_for
from thinktank.observations.access import get_observation, interests_in
from thinktank.publications.access import (
    actions_of,
    acts_on_advice,
    acts_on_report,
    observations_published,
    recommendations_of,
    recommendations_published,
)
from thinktank.recommendations.access import get_recommendation

PAGE_SIZE = 20
ADVICE = "recommendations"


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """Published reports, or answered recommendations; with a search box."""
    words = searched_for(request)
    shows_advice = request.GET.get("show") == ADVICE
    found = recommendations_published(words) if shows_advice else observations_published(words)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "search": words, "shows_advice": shows_advice}
    return render(request, "thinktank/publications/list.html", context)


@require_safe
def observation(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with its evidence, what followed, and who has an interest in its subject."""
    day = today(timezone.now())
    found = get_observation(request.user, pk, day)
    context = {
        "observation": found,
        "interests": interests_in(found),
        "recommendations": recommendations_of(found, request.user, day),
        "acts": acts_on_report(request.user, found, day),
        "today": day,
    }
    return _private(request, render(request, "thinktank/publications/observation.html", context))


@require_safe
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """One recommendation: the answer, the member's word on it, what followed, what it changed."""
    day = today(timezone.now())
    advice = get_recommendation(request.user, pk, day)
    context = {
        "advice": advice,
        "interests": interests_in(advice.observation),
        "actions": actions_of(advice),
        "acts": acts_on_advice(request.user, advice, day),
        "today": day,
    }
    template = "thinktank/publications/recommendation.html"
    return _private(request, render(request, template, context))


def _private(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What a signed-in person sees is kept by no browser: it may be more than the public does."""
    if request.user.is_authenticated:
        add_never_cache_headers(answer)
    return answer
