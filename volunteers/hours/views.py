"""A volunteer's own hours."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.common.paging import LongPaginator
from lishui_center.photos.answering import photo_response
from volunteers.hours.access import get_entry_with_photo, known_to, own_hours, totals_of
from volunteers.hours.entering import enter
from volunteers.hours.forms import HoursForm
from volunteers.hours.outbox_views import account_key
from volunteers.teams.access import teams_led_by

PAGE_SIZE = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_hours(request: SignedInRequest) -> HttpResponse:
    """The total, a form for one more record, and what became of the others."""
    now = timezone.now()
    known = known_to(request.user, now)
    form = HoursForm(request.POST or None, request.FILES or None, known=known, today=today(now))
    if form.is_valid():
        try:
            enter(form, volunteer=request.user, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent. Your team leader looks at it."))
            return redirect("volunteers:my-hours")
    context = {
        "led": teams_led_by(request.user, today(now)),
        "account": account_key(request.user),
        "form": form,
        "teams": known.teams,
        "totals": totals_of(request.user),
        "page": LongPaginator(own_hours(request.user), PAGE_SIZE).get_page(request.GET.get("page")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/hours/mine.html", context, status=status)


@login_required
@require_safe
def photo(request: SignedInRequest, pk: UUID) -> FileResponse:
    """The photo of a record, for its volunteer and for who decides on it; `?thumb` for a list."""
    entry = get_entry_with_photo(request.user, pk, timezone.now())
    assert entry.photo  # noqa: S101 - those without are not found; tells mypy
    return photo_response(entry.photo, thumb="thumb" in request.GET)
