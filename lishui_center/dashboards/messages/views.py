"""The message log for staff: what failed, what is uncertain, and sending it again."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common import htmx
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.dashboards.messages.access import get_message_to_resend, messages_seen_by
from lishui_center.dashboards.messages.forms import FilterForm, ResendForm
from lishui_center.notifications.actions import resend

PAGE_SIZE = 30


@staff_required(roles=STAFF_ROLES)
@require_GET
def message_list(request: SignedInRequest) -> HttpResponse:
    """Messages of the person's centres; without a filter those that need somebody."""
    form = FilterForm(request.GET)
    found = form.narrow(messages_seen_by(request.user, today(timezone.now())))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filter": form, "page": page}
    return htmx.render(request, "dashboards/messages/list.html", part="messages", context=context)


@staff_required(roles=STAFF_ROLES)
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then send the message again."""
    now = timezone.now()
    message = get_message_to_resend(request.user, pk, today(now))
    form = ResendForm(request.POST or None)
    if form.is_valid():
        try:
            resend(message, staff=request.user, reason=form.cleaned_data["reason"], now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("The message is on its way again."))
            return redirect("messages:list")
    context = {"message": message, "form": form, "back_url": reverse("messages:list")}
    status = 422 if form.errors else 200
    return render(request, "dashboards/messages/resend.html", context, status=status)
