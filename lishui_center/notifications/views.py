"""A person's own messages, answers to an SMS, and the developer's outbox."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lishui_center.common.phones import BadPhoneError
from lishui_center.notifications import outbox, replies
from lishui_center.notifications.actions import mark_read
from lishui_center.notifications.models import Notification

PAGE_SIZE = 20
OUTBOX_LENGTH = 50


@never_cache
@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What was said to the person, newest first; what the page shows is read from then on."""
    written = Notification.objects.in_inbox_of(request.user)
    page = Paginator(written, PAGE_SIZE).get_page(request.GET.get("page"))
    response = render(request, "notifications/inbox.html", {"page": page})
    mark_read(page, now=timezone.now())
    return response


@csrf_exempt
@require_POST
def sms_reply(request: HttpRequest) -> HttpResponse:
    """What the gateway of SMS_URL received: {"from", "text"}, signed as our messages to it are.

    204 when it is ours to keep, whatever it meant; the gateway need not try again.
    """
    now = timezone.now()
    is_ours = replies.is_from_gateway(
        timestamp=request.headers.get("X-Timestamp", ""),
        body=request.body,
        given=request.headers.get("X-Signature", ""),
        now=now,
    )
    if not is_ours:
        return HttpResponse(status=403)
    try:
        sent = json.loads(request.body)
        replies.receive(phone=str(sent["from"]), text=str(sent["text"]), now=now)
    except (ValueError, KeyError, TypeError, BadPhoneError):
        return HttpResponse(status=400)
    return HttpResponse(status=204)


@require_POST
def dev_reply(request: HttpRequest) -> HttpResponse:
    """Answer an SMS of the outbox as its recipient would; routed with DEBUG only."""
    to, text = request.POST.get("to", ""), request.POST.get("text", "")
    try:
        is_taken = replies.receive(phone=to, text=text, now=timezone.now())
    except BadPhoneError as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The answer was understood.") if is_taken else _("Nobody took the answer.")
        messages.info(request, said)
    return redirect("notifications:dev-outbox")


@require_safe
def dev_outbox(request: HttpRequest) -> HttpResponse:
    """The last SMS and mails in the file outbox; routed with DEBUG only."""
    return render(request, "notifications/outbox.html", {"items": outbox.newest(OUTBOX_LENGTH)})
