"""The staff's pages of hours: what waits for them on one screen, and the ledger."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import MANAGER_ROLES, OFFICE_ROLES, STAFF_ROLES
from lishui_center.common.clock import today
from lishui_center.common.paging import LongPaginator
from volunteers.adjustments.access import corrections_to_confirm
from volunteers.disputes.access import disputes_to_settle
from volunteers.hours.keys import keys_sent
from volunteers.office.access import waiting_for_staff
from volunteers.office.actions import approve_ticked
from volunteers.office.ledger import ledger_form, ledger_rows
from volunteers.office.rows import rows_of

PAGE_SIZE = 50
FIRST = 20
"""So many disputes and corrections are shown; the others move up as these are dealt with."""


@staff_required(roles=STAFF_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: SignedInRequest) -> HttpResponse:
    """Disputes, corrections, then records; the ticked ones are approved together."""
    now = timezone.now()
    if request.method == "POST":
        keys = keys_sent(request.POST.getlist("entry"), PAGE_SIZE)
        approved, left = approve_ticked(keys=keys, by=request.user, now=now)
        _say(request, approved, left)
        return redirect("hours:waiting")
    day = today(now)
    page = LongPaginator(waiting_for_staff(request.user, now), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": rows_of(list(page.object_list), viewer=request.user),
        "disputes": Paginator(disputes_to_settle(request.user, day), FIRST).page(1),
        "corrections": Paginator(corrections_to_confirm(request.user, day), FIRST).page(1),
        "manages": any(grant.role in MANAGER_ROLES for grant in request.user.grants_on(day)),
    }
    return render(request, "volunteers/office/waiting.html", context)


@staff_required(roles=OFFICE_ROLES)
@require_safe
def ledger(request: SignedInRequest) -> HttpResponse:
    """All records of the teams that the person's centres stand for."""
    day = today(timezone.now())
    form = ledger_form(request.user, request.GET.dict(), day)
    rows = ledger_rows(request.user, form, day)
    page = LongPaginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/office/ledger.html", {"form": form, "page": page})


def _say(request: SignedInRequest, approved: int, left: int) -> None:
    if approved:
        words = ngettext("%(number)s record approved.", "%(number)s records approved.", approved)
        messages.success(request, words % {"number": approved})
    if left:
        words = ngettext(
            "%(number)s record was left: somebody else decides on it.",
            "%(number)s records were left: somebody else decides on them.",
            left,
        )
        messages.warning(request, words % {"number": left})
    if not approved and not left:
        messages.info(request, _("Nothing was ticked."))
