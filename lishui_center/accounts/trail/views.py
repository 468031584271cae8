"""The audit trail, to read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import TRAIL_READERS
from lishui_center.accounts.trail.forms import TrailForm
from lishui_center.audit.actions import record
from lishui_center.audit.models import Event
from lishui_center.common import htmx

PAGE_SIZE = 50


@staff_required(roles=TRAIL_READERS)
@require_GET
def events(request: SignedInRequest) -> HttpResponse:
    """What happened, latest first; reading it is itself recorded."""
    form = TrailForm(request.GET or None)
    found = Event.objects.matching(form.wanted()).for_list()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    answer = htmx.render(request, "accounts/trail.html", part="events", context=context)
    record(request.user, "audit.read", "audit.event", filters=sorted(form.changed_data))
    return answer
