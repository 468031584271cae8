"""The bookings left without a window: to see, and to decide on in bulk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.accounts.rules import STAFF_ROLES
from services.orphans.access import orphan_bookings, orphans_of_staff, orphans_to_settle
from services.orphans.actions import settle_orphans
from services.orphans.forms import SettleForm

PAGE_SIZE = 50
AT_ONCE = 100
"""So many are decided on in one request; pressing the button again takes the next."""


@staff_required(roles=STAFF_ROLES)
def orphans(request: SignedInRequest) -> HttpResponse:
    """The list of one or all of the person's centres; managers decide on what they manage."""
    now = timezone.now()
    code = request.GET.get("centre", "")
    listed = orphans_of_staff(request.user, now=now, centre_code=code)
    decidable = orphans_to_settle(request.user, now=now, centre_code=code)
    form = SettleForm(request.POST or None)
    if decidable and form.is_valid():
        settled = settle_orphans(
            pks=decidable[:AT_ONCE],
            decision=form.cleaned_data["decision"],
            notice=form.notice(),
            by=request.user,
            now=now,
        )
        messages.success(
            request,
            _("%(moved)s moved, %(kept)s kept with notice. Everyone is told.")
            % {"moved": settled.moved, "kept": settled.kept},
        )
        return redirect(request.get_full_path())
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "bookings": orphan_bookings(page.object_list),
        "decidable": len(decidable),
        "form": form,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "services/staff/orphans/list.html", context, status=status)
