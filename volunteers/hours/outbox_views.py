"""What a phone needs to enter hours without a network, and to send them once it has one."""

import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from volunteers.hours.access import Known, known_to
from volunteers.hours.entering import enter
from volunteers.hours.forms import HoursForm

WORKER = "worker.js"
ASSETS = ("hours.js", "site.js", "site.css")
LANGUAGES = ("zh-hans", "en")


def account_key(user: User) -> str:
    """Whose outbox it is: the same on every visit, and of no use to anybody else."""
    return salted_hmac("volunteers.outbox", str(user.pk)).hexdigest()[:16]


@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and the token that a POST needs: asked just before sending."""
    if not isinstance(request.user, User):
        return JsonResponse({"code": "signed_out"}, status=401)
    return JsonResponse({"account": account_key(request.user), "csrf": get_token(request)})


@never_cache
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """One entry of an outbox, as the form has it: 201, 200 when it is known, 4xx with words."""
    if not isinstance(request.user, User):
        return JsonResponse({"code": "signed_out"}, status=401)
    now = timezone.now()
    known = known_to(request.user, now)
    form = HoursForm(request.POST, request.FILES, known=known, today=today(now))
    if not form.is_valid():
        words = " ".join(str(message) for found in form.errors.values() for message in found)
        return JsonResponse({"code": "invalid", "detail": words}, status=422)
    try:
        recorded = enter(form, volunteer=request.user, now=now)
    except RuleError as refusal:
        return JsonResponse(
            {"code": refusal.code, "detail": str(refusal)}, status=int(refusal.status)
        )
    return JsonResponse({"id": str(recorded.entry.pk)}, status=201 if recorded.is_new else 200)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that opens without a network: an empty form that a script fills on the phone."""
    with translation.override(_language(request)):
        form = HoursForm(known=Known(), today=None)
        return render(request, "volunteers/hours/offline.html", {"form": form})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker; another text, and so another version, whenever its assets change."""
    found = finders.find(WORKER)
    assert isinstance(found, str)  # noqa: S101 - built with the rest; a missing one is our fault
    version = json.dumps([static(name) for name in ASSETS])
    answer = HttpResponse(
        f"{Path(found).read_text('utf-8')}\n// {version}\n", content_type="text/javascript"
    )
    answer["Cache-Control"] = "no-cache"
    return answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]
