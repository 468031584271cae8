"""The plain pages: help, privacy, settings, and what browsers and robots ask for."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lishui_center.common.context import SENIOR_COOKIE
from lishui_center.common.forms import SettingsForm

PRIVACY_VERSION = date(2026, 11, 24)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Answers to what people ask, and the telephone number."""
    return render(request, "common/help.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice in the reader's language, with the day it was last changed."""
    context = {
        "document": f"common/privacy/{get_language()}.html",
        "version": PRIVACY_VERSION,
    }
    return render(request, "common/privacy.html", context)


def preferences(request: HttpRequest) -> HttpResponse:
    """Language and senior mode, kept in cookies; then back to the page the person came from."""
    chosen = {"language": get_language(), "senior": request.COOKIES.get(SENIOR_COOKIE, "0")}
    form = SettingsForm(request.POST or None, initial=chosen)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "common/settings.html", {"form": form}, status=status)
    # Not `redirect`, which takes a word without a slash for the name of a page.
    answer = HttpResponseRedirect(_safe_next(request))
    _remember(answer, settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"])
    _remember(answer, SENIOR_COOKIE, form.cleaned_data["senior"])
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines away from what is personal."""
    return render(request, "common/robots.txt", content_type="text/plain; charset=utf-8")


def _remember(answer: HttpResponse, cookie: str, value: str) -> None:
    """Keep a choice that was made; leave the cookie alone where none was."""
    if value:
        answer.set_cookie(
            cookie,
            value,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _safe_next(request: HttpRequest) -> str:
    """The page asked for, if it is one of ours: never a door to somebody else's site."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours else reverse("common:settings")
