"""A need's own page for whoever has its link, and my needs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.models import User
from lishui_center.common.errors import RuleError
from lishui_center.photos.answering import photo_response
from services.clocks.models import ClockKind
from services.requests.access import get_follower_by_link, get_follower_by_secret
from services.requests.followers import Follower
from services.requests.projects import PROJECT, linked_with
from services.requests.rules import TO_CONFIRM, State
from services.tracking.answers import answer_question
from services.tracking.forms import AnswerForm
from services.tracking.messages import track_path, track_url
from services.tracking.story import joined_story, public_story, unit_name

PAGE_SIZE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the need stands; answers to a question are sent here too."""
    follower = get_follower_by_link(reference, request.GET.get("t", ""))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(follower=follower, text=form.cleaned_data["text"], now=timezone.now())
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you, we have your answer."))
            return redirect(track_path(follower))
    return _page(request, follower, form)


@never_cache
@require_safe
def short(_request: HttpRequest, secret: str) -> HttpResponse:
    """The link of a text message, which has no room for more."""
    return redirect(track_path(get_follower_by_secret(secret)))


@never_cache
@require_safe
def photo(request: HttpRequest, reference: str, position: int) -> HttpResponseBase:
    """A photo of the need, for whoever reported it."""
    follower = get_follower_by_link(reference, request.GET.get("t", ""))
    rows = follower.request.photos.filter(position=position).select_related("photo")
    row = rows.first() if follower.is_reporter else None
    if row is None:
        raise Http404
    return photo_response(row.photo, thumb="thumb" in request.GET)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the signed-in person reported or follows; others are told about the link."""
    page = None
    if isinstance(request.user, User):
        own = Follower.objects.of_person(request.user).select_related("request__centre")
        found = own.select_related("request__merged_into", "request__centre").order_by("-pk")
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "services/needs/mine.html", {"page": page})


def _page(request: HttpRequest, follower: Follower, form: AnswerForm) -> HttpResponse:
    own = follower.request
    need = own.merged_into or own
    clocks = {clock.kind: clock for clock in need.clocks.all() if clock.is_running}
    context = {
        "follower": follower,
        "need": need,
        "own": own,
        "events": public_story(own) if own is need else joined_story(own, need),
        "unit": "" if need.target_kind == PROJECT else unit_name(need),
        "projects": linked_with(need),
        "first_due": clocks.get(ClockKind.FIRST_RESPONSE),
        "solved_due": clocks.get(ClockKind.RESOLUTION),
        "photos": list(own.photos.all()) if follower.is_reporter else [],
        "url": track_url(follower),
        "asks": need.state == State.WAITING_RESIDENT and own is need,
        "may_confirm": need.state in TO_CONFIRM,
        "may_object": need.state in {State.CONFIRMED, State.CLOSED},
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/needs/track.html", context, status=status)
