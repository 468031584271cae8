"""A person's own messages, and the developer's outbox."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lishui_center.notifications import outbox
from lishui_center.notifications.actions import mark_read
from lishui_center.notifications.models import Notification

PAGE_SIZE = 20
OUTBOX_LENGTH = 50


@never_cache
@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What was said to the person, newest first; what the page shows is read from then on."""
    messages = Notification.objects.in_inbox_of(request.user)
    page = Paginator(messages, PAGE_SIZE).get_page(request.GET.get("page"))
    response = render(request, "notifications/inbox.html", {"page": page})
    mark_read(page, now=timezone.now())
    return response


@require_safe
def dev_outbox(request: HttpRequest) -> HttpResponse:
    """The last SMS and mails in the file outbox; routed with DEBUG only."""
    return render(request, "notifications/outbox.html", {"items": outbox.newest(OUTBOX_LENGTH)})
