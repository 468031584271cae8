"""Reporting a need, with a look at those that are known already."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from lishui_center.notifications.rendering import language_of
from lishui_center.photos.models import Photo
from services.centres.chosen import COOKIE
from services.intake.access import get_followable
from services.intake.actions import follow_need, report_need
from services.intake.forms import NeedForm, sealed_ids, take_photos
from services.requests.followers import Follower
from services.requests.models import ServiceRequest
from services.reserving.proof import proves_phone
from services.tracking.messages import track_path


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Three fields; then either "is it one of these?" or the need's own page."""
    user = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        centre = request.GET.get("centre") or request.COOKIES.get(COOKIE, "")
        initial = {"centre": centre, "category": request.GET.get("category", "")}
        return _form_page(request, NeedForm(user=user, initial=initial), [])
    form = NeedForm(request.POST, request.FILES, user=user, asks_code="code" in request.POST)
    now = timezone.now()
    photos = take_photos(form, user, now=now)
    if not form.is_valid():
        return _form_page(request, form, photos)
    try:
        if not _may_be_told(request, form, now):
            return _form_page(request, form.asking_code(), photos)
        return _take_in(request, form, photos, now)
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, photos)


def _may_be_told(request: HttpRequest, form: NeedForm, now: datetime) -> bool:
    """Messages go to no phone that the person has not proven to have; none needs no proof.

    Raises:
        TooManyCodesError
    """
    phone = form.cleaned_data["phone"]
    return not phone or proves_phone(request, form, phone, now)


def _take_in(
    request: HttpRequest, form: NeedForm, photos: list[Photo], now: datetime
) -> HttpResponse:
    if "follow" in request.POST:
        return _follow(request, form)
    if known := form.alike(now):
        return _alike_page(request, form, photos, known)
    reported = report_need(report=form.report(photos, _language()), now=now)
    return _thank(request, reported.follower)


def _follow(request: HttpRequest, form: NeedForm) -> HttpResponse:
    need = get_followable(request.POST["follow"])
    follower = follow_need(need=need, contact=form.contact(_language()), now=timezone.now())
    messages.success(request, _("You follow this need now. Keep the link of this page."))
    return redirect(track_path(follower))


def _thank(request: HttpRequest, follower: Follower) -> HttpResponse:
    messages.success(request, _("Thank you. We have your report. Keep the link of this page."))
    if follower.request.is_held:
        messages.info(
            request,
            _(
                "There seems to be a telephone or identity number in your words. "
                "To protect it, only our staff can read them until one of us has looked."
            ),
        )
    return redirect(track_path(follower))


def _form_page(request: HttpRequest, form: NeedForm, photos: list[Photo]) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "kept": sealed_ids(photos), "photos": photos}
    return render(request, "services/needs/new.html", context, status=status)


def _alike_page(
    request: HttpRequest, form: NeedForm, photos: list[Photo], known: list[ServiceRequest]
) -> HttpResponse:
    context = {"form": form, "kept": sealed_ids(photos), "known": known}
    return render(request, "services/needs/alike.html", context)


def _language() -> str:
    return language_of(get_language() or "")
